"""Many machines read, each into shards of its own; one gives out the work and keeps the books.

plan.py      what is to be read, in parts of one task each
work.py      the tasks: what runs on a worker
drive.py     gives the parts out, and takes what was made of them into the folder, exactly once
routes.py    which shard an article belongs to, and what waits for one
"""
