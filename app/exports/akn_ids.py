"""Identifiers after the Akoma Ntoso Naming Convention 1.0, chapter 5: `eId` follows from the address a clause has now,
`wId` from the one it had first, `GUID` is its permanent id.

An identifier is that of the context, two underscores, what the element is, an underscore, its number. Articles have no
chapter before them, since their numbers run through a law. A number that stands twice gets `-dup2` behind it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

INTRO, WRAP_UP, PREAMBLE = "intro", "wrapup", "preamble"
"""Where unnumbered text can stand, if it is no alinea of its own."""
_NAMES = {"sec": "title", "subpoint": "point"}
_FOREIGN = re.compile(r"[^A-Za-z0-9_-]")
_TWICE = re.compile(r"\.(\d+)$")


@dataclass(frozen=True, slots=True)
class First:
    """Where a clause stood first: the version, and its address in it."""

    version: int
    address: str


def identifier(address: str, place: str = "") -> str:
    """The identifier of a clause with this address; unnumbered text in a `place` is a paragraph (`p`) of it."""
    names = [_segment(one) for one in address.split("__")]
    if names[0] == PREAMBLE and len(names) > 1:
        names = names[1:]
    if place:
        number = "1" if place == WRAP_UP else names[-1].rpartition("_")[2]
        names[-1:] = [place, f"p_{number}"]
    return "__".join(names)


def _segment(segment: str) -> str:
    name, _, number = _TWICE.sub(r"-dup\1", segment).partition("_")
    said = "_".join(one for one in (_NAMES.get(name, name), number) if one)
    return plain(said)


def plain(name: str) -> str:
    """A name in ASCII, without signs."""
    return _FOREIGN.sub(lambda sign: f"u{ord(sign[0]):x}", name)


def first_addresses(firsts: Mapping[str, First]) -> dict[str, str]:
    """The address by which each clause was known first, no two the same: what came later to a number that another
    clause had been known by is told apart by its version (`art_2-v3`)."""
    found: dict[str, str] = {}
    known: set[str] = set()
    for clause_id, first in sorted(firsts.items(), key=lambda one: (one[1].version, one[1].address, one[0])):
        address = first.address if first.address not in known else f"{first.address}-v{first.version}"
        known.add(address)
        found[clause_id] = address
    return found


class Taken:
    """Gives out identifiers, each once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._counts = dict.fromkeys(taken, 1)

    def once(self, wanted: str) -> str:
        count = self._counts[wanted] = self._counts.get(wanted, 0) + 1
        return wanted if count == 1 else self.once(f"{wanted}-dup{count}")
