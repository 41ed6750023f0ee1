"""The steps that bring an archive up to date, in order; a new one begins with the first.

They are never edited once released: add a module, name its step last here, raise SCHEMA_VERSION.
"""

from __future__ import annotations

from sqlite_utils import Migrations

from db.migrations.corrections_by_hand import corrections_by_hand
from db.migrations.digests_apart import digests_apart
from db.migrations.first_tables import first_tables
from db.migrations.for_large_archives import for_large_archives
from db.migrations.formats_and_copies import formats_and_copies
from db.migrations.papers_of_stories import papers_of_stories
from db.migrations.smaller_and_quicker import smaller_and_quicker
from db.migrations.spellings_and_cues import spellings_and_cues
from db.migrations.wider_sketches import wider_sketches
from db.migrations.worked_out_ahead import worked_out_ahead

migrations = Migrations("onrecord")
for step in (
    first_tables,
    formats_and_copies,
    spellings_and_cues,
    corrections_by_hand,
    smaller_and_quicker,
    worked_out_ahead,
    papers_of_stories,
    for_large_archives,
    digests_apart,
    wider_sketches,
):
    migrations()(step)
