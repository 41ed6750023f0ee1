"""Shards that lie on several machines, which dask.distributed connects.

connect.py   the only module that imports dask: a client, its workers, what goes wrong there
keys.py      what an article is known by, in eight bytes
here.py      what a worker does with the files that lie with it
compact.py   small shards put together
sessions.py  shards opened on a worker, and asked
far.py       such a shard, asked from elsewhere; remote.py   all of a folder's
ledger.py    which files and articles are in which shard, as the machine that gives out work knows
"""
