"""Medians in one run: each figure beside its reference, measured in turn so that a busy machine is busy for both."""

import gc
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

RUNS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: seconds, the reference's seconds, and the ratio that is to be reached."""

    work: str
    seconds: float
    reference: str
    reference_seconds: float
    to_reach: float
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.seconds / self.reference_seconds

    def line(self) -> str:
        reached = "yes" if self.ratio <= self.to_reach else "no"
        return (
            f"| {self.work} | {_ms(self.seconds)} | {self.reference} | {_ms(self.reference_seconds)} "
            f"| {self.ratio:.4g}× | ≤ {self.to_reach:g}× | {reached} | {self.note} |"
        )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.2f} ms" if seconds < 10 else f"{seconds:,.1f} s"


def together(*works: Callable[[], object], runs: int = RUNS) -> list[float]:
    """The median seconds of each work, taken in turn. What was set up before is kept from the garbage collector's
    rounds, which would grow with it and not with the work."""
    gc.collect()
    gc.freeze()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, taken in zip(works, times, strict=True):
            gc.collect()
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def command(*arguments: str | Path, cwd: Path | None = None) -> Callable[[], object]:
    """A whole process; its output goes nowhere."""
    return lambda: subprocess.run(
        list(map(str, arguments)), cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )


def table(rows: list[Row]) -> str:
    head = "| work | here | reference | there | ratio | to reach | reached | |\n|---|---|---|---|---|---|---|---|"
    return "\n".join([head, *(row.line() for row in rows)])
