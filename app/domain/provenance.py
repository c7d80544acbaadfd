"""Where every word comes from: the version in which it first appeared and the amendment that brought it.

Origins of a body are runs over its characters: ((length, origin), …) summing to len(body), neighbours different.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """`version` is the first version the words stood in (0: not issued yet), `amendments` the keys of the amendments
    that brought them, sorted; empty for words of an imported text. Settled in a facilitator's own words: `settled`."""

    version: int
    amendments: tuple[str, ...] = ()
    settled: bool = False


Origins = tuple[tuple[int, Origin], ...]
