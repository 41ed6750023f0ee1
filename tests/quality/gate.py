"""The quality gate's floors: which files, which figures, and how to pin them anew.

    python -m tests.quality.gate            print the figures beside their floors
    python -m tests.quality.gate --pin      raise the floors to the figures; never lower one
    python -m tests.quality.gate --pin --lower "REASON"   lower where needed, the reason kept

Run it in the project's root. A floor that goes down leaves its reason in floors.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
from pathlib import Path
from typing import Any

from tests.quality.scoring import figures

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SHARED = Path(os.environ.get("ONRECORD_SHARED", HERE.parents[2] / "shared"))
DIGITS = 3

INPUTS = {
    "articles-a": HERE / "articles-a.jsonl",
    "articles-b": HERE / "articles-b.jsonl",
    "articles-c": HERE / "articles-c.jsonl",
    "articles-d": HERE / "articles-d.jsonl",
    "articles-e": HERE / "articles-e.jsonl",
    "articles-f": HERE / "articles-f.jsonl",
    "articles-g": HERE / "articles-g.jsonl",
    "articles-h": HERE / "articles-h.jsonl",
    "articles-i": HERE / "articles-i.jsonl",
    "cases": SHARED / "quotes" / "cases.jsonl",
    "gum-news-dev": SHARED / "quotes" / "gum-news-dev.jsonl",
}


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pinned() -> dict[str, Any]:
    """What floors.json holds."""
    found: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return found


def floored(value: float) -> float:
    """A figure cut, never rounded up, so that a run can always reach its own floor."""
    return math.floor(value * 10**DIGITS + 1e-9) / 10**DIGITS


def pin(lower: str | None) -> list[str]:
    """Write the floors anew; the lines tell what changed. A lower figure needs a reason."""
    floors = pinned() if FLOORS.exists() else {"inputs": {}, "floors": {}, "lowered": []}
    lines = []
    for name, path in INPUTS.items():
        if not path.exists():
            continue
        known = floors["floors"].setdefault(name, {})
        for figure, value in figures(path).items():
            now, before = floored(value), known.get(figure, 0.0)
            if now < before:
                if lower is None:
                    raise SystemExit(f"{name}: {figure} would fall from {before} to {now}; say why")
                floors["lowered"].append(f"{name}: {figure} {before} -> {now}: {lower}")
            if now != before:
                lines.append(f"{name}: {figure} {before} -> {now}")
            known[figure] = now
        floors["inputs"][name] = digest(path)
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    return lines


def main() -> None:
    """Print or pin."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--pin", action="store_true", help="raise the floors to the figures")
    args.add_argument("--lower", metavar="REASON", help="let floors fall, and say why")
    given = args.parse_args()
    if given.pin:
        print("\n".join(pin(given.lower)) or "nothing changed")
        return
    floors = pinned()["floors"]
    for name, path in INPUTS.items():
        for figure, value in figures(path).items() if path.exists() else ():
            print(f"{name:14}{figure:18}{value:.3f}   floor {floors[name][figure]:.3f}")


if __name__ == "__main__":
    main()
