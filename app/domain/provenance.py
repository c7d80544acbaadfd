"""Where every word comes from: the version in which it first appeared and the amendment that brought it.

Origins of a body are runs over its characters: ((length, origin), …) summing to len(body), neighbours different.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import overload

from app.domain.diff import WORDS, diff


@dataclass(frozen=True, slots=True)
class Origin:
    """`version` is the first version the words stood in (0: not issued yet), `amendments` the keys of the amendments
    that brought them, sorted; empty for words of an imported text. Settled in a facilitator's own words: `settled`."""

    version: int
    amendments: tuple[str, ...] = ()
    settled: bool = False


Origins = Sequence[tuple[int, Origin]]


class Later(Sequence[tuple[int, Origin]]):
    """Origins that are worked out when somebody first asks for them: most of a merge is looked at for its words."""

    __slots__ = ("_runs", "_work")

    def __init__(self, work: Callable[[], Origins]) -> None:
        self._work: Callable[[], Origins] | None = work
        self._runs: Origins = ()

    @property
    def runs(self) -> tuple[tuple[int, Origin], ...]:
        if self._work is not None:
            self._runs, self._work = tuple(self._work()), None
        return tuple(self._runs)

    @overload
    def __getitem__(self, at: int) -> tuple[int, Origin]: ...
    @overload
    def __getitem__(self, at: slice) -> Origins: ...
    def __getitem__(self, at: int | slice) -> tuple[int, Origin] | Origins:
        return self.runs[at]

    def __len__(self) -> int:
        return len(self.runs)

    def __eq__(self, other: object) -> bool:
        return self.runs == (other.runs if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self.runs)

    def __repr__(self) -> str:
        return repr(self.runs)


def whole(body: str, origin: Origin) -> Origins:
    """The origins of a body that came in one piece."""
    return ((len(body), origin),) if body else ()


def join(runs: Iterable[tuple[int, Origin]]) -> Origins:
    """Runs in a row, neighbours of one origin as one, empty ones left out."""
    joined: list[tuple[int, Origin]] = []
    for length, origin in runs:
        if joined and joined[-1][1] == origin:
            joined[-1] = (joined[-1][0] + length, origin)
        elif length:
            joined.append((length, origin))
    return tuple(joined)


def part(origins: Origins, start: int, end: int) -> Origins:
    """The origins of the characters from `start` to `end`."""
    found: list[tuple[int, Origin]] = []
    at = 0
    for length, origin in origins:
        shared = min(end, at + length) - max(start, at)
        if shared > 0:
            found.append((shared, origin))
        at += length
    return tuple(found)


def after_change(old_body: str, origins: Origins, new_body: str, origin: Origin) -> Origins:
    """The origins of a changed body: words that stayed keep theirs, new words get `origin`."""
    if set(WORDS.findall(old_body)).isdisjoint(WORDS.findall(new_body)):
        return whole(new_body, origin)
    runs: list[tuple[int, Origin]] = []
    at = 0
    for span in diff(old_body, new_body, readable=False):
        if span.op == "=":
            runs += part(origins, at, at + len(span.text))
        elif span.op == "+":
            runs.append((len(span.text), origin))
        at += len(span.text) if span.op != "+" else 0
    return join(runs)


def issued(origins: Origins, version: int) -> Origins:
    """Name the version in which words not issued before first stand."""
    return join((length, replace(o, version=version) if o.version == 0 else o) for length, o in origins)


def encode(origins: Origins) -> list[list[object]]:
    """For JSON: [[length, version, [keys], settled], …]."""
    return [[length, o.version, list(o.amendments), o.settled] for length, o in origins]


def decode(runs: Sequence[Sequence[object]]) -> Origins:
    """The reverse of `encode`."""
    return tuple((int(n), Origin(int(v), tuple(keys), bool(s))) for n, v, keys, s in runs)  # type: ignore[call-overload,arg-type]
