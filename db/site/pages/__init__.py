"""The reader's pages, one module each; `routes.py` says at which address."""
