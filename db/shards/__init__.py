"""An archive that is a folder of shards, each an ordinary archive file.

folder.py   the manifest: which shards there are, and which of them can be read
ids.py      one number for a row of any shard
"""
