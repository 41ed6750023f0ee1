"""An archive that is a folder of shards, each an ordinary archive file.

folder.py     the manifest: which shards there are, and which of them can be read
ids.py        one number for a row of any shard; routing.py from it to the shard's file
opening.py    an archive to write to; writer.py takes in; known.py what was read before
held.py       all that a question is put to; reading.py a folder open for reading
search.py     one search over all; looks.py one shard's side of it; ranks.py one ranking
persons.py    who is who across shards; links.py copies across shards
articles.py, overviews.py, speakers.py, things.py   what the pages and the notebook ask
keeping.py    check, backup, restore
"""
