"""Moving articles with all that hangs on them from one archive to another.

tables.py       every table, and which columns point where
other.py        the other archive: opened to be read, at one moment
known.py        which of our articles is one of theirs
same.py         which revision of ours is one of theirs, and which is current
rows.py         rows with their numbers given anew
copying.py      groups of articles copied, their rows as they stand
sketches.py     their fingerprints
joining.py      an article that both have: one history, one reading
stories.py      copies and stories, found anew across the two
amending.py     corrections by hand
rest.py         what hangs on no article: failures, fetches, spellings, texts without an article
taking.py       the steps above in their order, a group of articles in a transaction
proving.py      everything found again
notes.py        the notebook
merging.py      archives, or the shards of a folder, into an archive
sharding.py     an archive into a folder of shards
"""
