"""Sends drawn inputs to targets and keeps what failed: one failure for each place in the code, with its first input."""

import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

Take = Callable[[Any], str]
"""Takes an input and says what came of it in a word: a status, `value`, or the name of the refusal. Anything that it
raises is a failure."""
BATCH = 100
"""Inputs that are drawn with one seed; a failure says with which."""


class Broken(AssertionError):
    """A property that does not hold."""


@dataclass(frozen=True, slots=True)
class Target:
    """`inputs` are drawn, `opened` lends what takes them, `share` says how many of all inputs it gets; `housed`: what
    takes them is the product with its demonstration."""

    name: str
    inputs: st.SearchStrategy[Any]
    opened: Callable[[], AbstractContextManager[Take]]
    share: float = 1.0
    housed: bool = False
    longest_seconds: float = 5.0
    """Of computing time for one input: what takes longer would keep others waiting."""


@dataclass(frozen=True, slots=True)
class Failure:
    target: str
    place: str
    seed: int
    input: str
    trace: str

    def written(self) -> str:
        return f"target: {self.target}\nplace: {self.place}\nseed: {self.seed}\n\ninput:\n{self.input}\n\n{self.trace}"


@dataclass(slots=True)
class Outcome:
    """What came of a target's inputs."""

    target: str
    inputs: int = 0
    seconds: float = 0.0
    said: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    failures: dict[str, Failure] = field(default_factory=dict)


def pure(take: Take) -> Callable[[], AbstractContextManager[Take]]:
    """Of a function that needs nothing opened."""

    @contextmanager
    def opened() -> Iterator[Take]:
        yield take

    return opened


def run(target: Target, count: int, first_seed: int, *, seconds: float = float("inf")) -> Outcome:
    """Send so many inputs to a target, in batches with seeds of their own, unless time is over before."""
    outcome = Outcome(target.name)
    with target.opened() as take:
        begun = monotonic()
        for number in range(-(-count // BATCH)):
            if monotonic() - begun > seconds:
                break
            _batch(target, take, outcome, min(BATCH, count - outcome.inputs), first_seed + number)
    outcome.seconds = monotonic() - begun
    return outcome


def _batch(target: Target, take: Take, outcome: Outcome, count: int, chosen: int) -> None:
    sent = 0

    @seed(chosen)
    @settings(
        max_examples=count, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(target.inputs)
    def sending(value: Any) -> None:
        nonlocal sent
        if sent < count:
            sent += 1
            _send(target, take, outcome, value, chosen)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", category=ResourceWarning)
        sending()


def _send(target: Target, take: Take, outcome: Outcome, value: Any, chosen: int) -> None:
    outcome.inputs += 1
    try:
        begun = process_time()
        said = take(value)
        if process_time() - begun > target.longest_seconds:
            raise Broken(f"an input took {target.name} longer than {target.longest_seconds} s")
        outcome.said[said] += 1
    except Exception as error:
        place = place_of(error)
        outcome.said["FAILED"] += 1
        outcome.failed[place] += 1
        trace = "".join(traceback.format_exception(error))
        outcome.failures.setdefault(place, Failure(target.name, place, chosen, repr(value), trace))


def place_of(error: Exception) -> str:
    """Where in the product something went wrong; a broken property is known by its own sentence."""
    if isinstance(error, Broken):
        return f"{type(error).__name__}: {str(error).split('|')[0][:150]}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/app/" in frame.filename and "/site-packages/" not in frame.filename]
    last = (own or list(frames))[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno} {last.name}"


def table(outcomes: list[Outcome]) -> str:
    """Of each target how many inputs it got, how fast, and what came of them; and all together."""
    rows = [("target", "inputs", "inputs/s", "failures", "what came of them")]
    for one in outcomes:
        said = ", ".join(f"{word} {count}" for word, count in one.said.most_common(9))
        speed = one.inputs / one.seconds if one.seconds else 0
        rows.append((one.target, f"{one.inputs:,}", f"{speed:,.0f}", str(len(one.failures)), said))
    inputs, seconds = sum(one.inputs for one in outcomes), sum(one.seconds for one in outcomes)
    failures = sum(len(one.failures) for one in outcomes)
    rows.append(("all", f"{inputs:,}", f"{inputs / max(seconds, 0.001):,.0f}", str(failures), f"{seconds:,.0f} s"))
    wide = [max(len(row[at]) for row in rows) for at in range(4)]
    return "\n".join(
        "  ".join((row[0].ljust(wide[0]), *(row[at].rjust(wide[at]) for at in (1, 2, 3)), row[4])) for row in rows
    )


def keep(outcomes: list[Outcome], folder: Path) -> list[Path]:
    """Write each failure into a file of its own."""
    kept = []
    for one in outcomes:
        for number, failure in enumerate(one.failures.values(), 1):
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{one.target.replace(' ', '-')}-{number}.txt"
            path.write_text(failure.written(), "utf-8", errors="backslashreplace")
            kept.append(path)
    return kept


def shares(targets: list[Target], inputs: int) -> dict[str, int]:
    """How many inputs each target gets; together exactly as many as were asked for."""
    whole = sum(target.share for target in targets)
    given_out = {target.name: int(inputs * target.share / whole) for target in targets}
    given_out[targets[-1].name] += inputs - sum(given_out.values())
    return given_out
