"""Many machines read, each into shards of its own; one gives out the work and keeps the books.

plan.py      what is to be read: files, stretches of web archives, parts of one task each
intake.py    files held against the ledger, and gathered in parts
work.py      the tasks: what runs on a worker
books.py     manifest, ledger and files made to agree before anything is given out
jobs.py      what is given out, and the tasks that it is on a worker
crew.py      which workers are there, and which shards lie with each
drive.py     gives the parts out, and takes what was made of them into the folder, exactly once
routes.py    which shard an article belongs to, and what waits for one
"""
