"""Shards that lie on several machines, which dask.distributed connects.

connect.py   the only module that imports dask: a client, its workers, what goes wrong there
keys.py      what an article is known by, in eight bytes
ledger.py    which files and articles are in which shard, as the machine that gives out work knows
"""
