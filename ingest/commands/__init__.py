"""The commands that read articles, one module for what belongs together; `db/cli.py` asks."""
