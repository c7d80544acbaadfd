"""Texts that an enemy would send, read, compared and merged: the time for each byte where they are four times as long."""

from collections.abc import Callable, Iterator

from tests.bench.adversarial import KINDS, STAGES
from tests.bench.measuring import Row, together

TIMES, RUNS = 4, 5
SIZES = {
    "deep nesting": 75_000,
    "a million brackets": 300_000,
    "one line": 150_000,
    "unmatched quotes": 75_000,
    "alternating labels": 25_000,
}
"""Bytes, so many that the shorter text takes some hundredths of a second."""


def rows() -> Iterator[Row]:
    for kind, size in SIZES.items():
        longer, shorter = together(_work(kind, TIMES * size), _work(kind, size), runs=RUNS)
        work = f"{kind}, {TIMES * size // 1000} KB: read, compared, merged, for each quarter"
        yield Row(work, longer / TIMES, f"the same, {size // 1000} KB", shorter, 1.3)


def _work(kind: str, size: int) -> Callable[[], object]:
    """Reading, comparing and merging a text of a kind, one after the other."""
    text = KINDS[kind](size)
    works = [STAGES[stage](text) for stage in ("parse", "compare", "merge")]
    return lambda: [work() for work in works]
