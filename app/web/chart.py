"""A chart of shares over time as shapes of an SVG: bands upon one another, level from day to day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.services.pages_board import ProgressDay

BANDS = ("agreed", "ad_referendum", "contested", "open")


@dataclass(frozen=True, slots=True)
class Chart:
    """`bands` are names with the points of a polygon; `days` where a day stands that is named below; `issued` where
    versions came."""

    width: int
    height: int
    bands: tuple[tuple[str, str], ...]
    days: tuple[tuple[float, date], ...]
    issued: tuple[tuple[float, int], ...]


def chart(
    days: Sequence[ProgressDay], width: int, height: int, issued: Sequence[tuple[date, int]] = ()
) -> Chart:  # fmt: skip
    """A chart of so many units; a single day fills it."""
    first, last = days[0].day, days[-1].day
    span = max((last - first).days, 1)

    def at(day: date) -> float:
        return round(max(min((day - first).days / span, 1.0), 0.0) * width, 1)

    edges = [at(one.day) for one in days]
    edges = [*edges[:1], *edges[1:], float(width)] if len(days) > 1 else [0.0, float(width)]
    bands = []
    lower = [0.0] * len(days)
    for band, name in enumerate(BANDS):
        upper = [low + (day.counts[band] / day.total if day.total else 0) for low, day in zip(lower, days, strict=True)]
        bands.append((name, _outline(edges, lower, upper, height)))
        lower = upper
    named = [(at(day), day) for day in dict.fromkeys((first, last))]
    return Chart(width, height, tuple(bands), tuple(named), tuple((at(day), number) for day, number in issued))


def _outline(edges: Sequence[float], lower: Sequence[float], upper: Sequence[float], height: int) -> str:
    """Along the upper edge forward, and back along the lower one: each value holds until the next day."""
    there = [(edges[at + side], upper[at]) for at in range(len(upper)) for side in (0, 1)]
    back = [(edges[at + side], lower[at]) for at in reversed(range(len(lower))) for side in (1, 0)]
    return " ".join(f"{x:g},{(1 - min(y, 1.0)) * height:.1f}" for x, y in (*there, *back))
