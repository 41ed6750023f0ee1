"""`python -m ingest FILE`: the same command line as `onrecord`."""

from ingest.cli import cli

if __name__ == "__main__":
    cli(prog_name="onrecord")
