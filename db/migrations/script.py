"""A script of SQL within a transaction."""

from __future__ import annotations

from sqlite_utils import Database


def run(db: Database, script: str) -> None:
    """Run the statements of a script, within the transaction that is open."""
    # executescript() would commit the transaction that the migration runs in.
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)
