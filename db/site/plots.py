"""Plots as SVG, drawn on the server: they need no script, and a table stands beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

# In units of the drawing, which the page stretches to its width.
_WIDTH, _HEIGHT = 600, 90
_GAP = 0.2  # of a bar's place, left free
_LABELS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: where it stands and how tall it is, in units of the drawing."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars over time. `ticks` are the labels below, each with its place; `most` the tallest bar."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    most: int
    width: int = _WIDTH
    height: int = _HEIGHT

    @property
    def drawn(self) -> Markup:
        """The bars as elements of an SVG. Numbers hold nothing that must be escaped."""
        return Markup(
            "\n    ".join(
                f'<rect x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}">'
                f"<title>{escape(bar.label)}: {bar.count:,}</title></rect>"
                for bar in self.bars
            )
        )


def over_time(counts: Sequence[tuple[str, int]]) -> Plot | None:
    """Bars for counts by year or month, the empty ones between filled in; None for fewer than two.

    `counts` has ("2023", 5) or ("2023-03", 5), in order.
    """
    filled = _filled(counts)
    if len(filled) < 2:
        return None
    most = max(count for _, count in filled)
    step = _WIDTH / len(filled)
    bars = tuple(
        Bar(
            label, count, round(at * step + step * _GAP / 2, 2),
            round(_HEIGHT - _HEIGHT * count / most, 2), round(step * (1 - _GAP), 2),
            round(_HEIGHT * count / most, 2),
        )
        for at, (label, count) in enumerate(filled)
    )  # fmt: skip
    every = -(-len(filled) // _LABELS)
    ticks = tuple(
        (round((at + 0.5) * step, 2), label)
        for at, (label, _) in enumerate(filled)
        if at % every == 0
    )
    return Plot(bars, ticks, most)


def _filled(counts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    known = {label: count for label, count in counts if _number(label) is not None}
    if not known:
        return []
    numbers = sorted(number for label in known if (number := _number(label)) is not None)
    monthly = len(next(iter(known))) > 4
    # A wrong date far off would leave a plot of nothing but gaps.
    if numbers[-1] - numbers[0] > 600:
        return sorted(known.items())
    labels = (_label(number, monthly) for number in range(numbers[0], numbers[-1] + 1))
    return [(label, known.get(label, 0)) for label in labels]


def _number(label: str) -> int | None:
    """A year, or a month counted from the year 0."""
    year, _, month = label.partition("-")
    if not year.isdigit():
        return None
    return int(year) * 12 + int(month) - 1 if month.isdigit() else int(year)


def _label(number: int, monthly: bool) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}" if monthly else f"{number:04}"
