"""What every process that reads will need, loaded where this is imported: once, before they fork.

That is modules, tables made from files, and dateparser with the languages that it looks through for
a date in words. Each process would take half a second for it.
"""

from __future__ import annotations

import trafilatura  # noqa: F401

import ingest.read.body
import ingest.read.metadata
import ingest.read.text
import ingest.worker  # noqa: F401
from ingest.clock import read_day
from ingest.furniture import rule_for
from ingest.read.forest import shipped

shipped()
rule_for("share")
read_day("söndag 2 augusti 2026", None)  # plain English would not be given to dateparser
