"""The collector of garbage, set for what this program makes."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Pass over all that is loaded by now, and come less often.

    Articles are trees of small objects without cycles: the collector would walk through all of
    them again and again, which costs up to a third of the time and frees nothing.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
