"""Merging any number of amendments in one pass, exact to the word, independent of their order, nothing guessed.

`merge(law, [])` is the law; a merge of one amendment is that amendment's text; edits to different words never collide;
identical edits count once and credit all their authors; edits that overlap and differ are a collision.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.clauses import Clause
from app.domain.edits import Amendment, ClauseId, Law
from app.domain.provenance import Origins


@dataclass(frozen=True, slots=True)
class Side:
    """One of the proposals in a collision: what the contested stretch would read, and whose it is (keys, sorted)."""

    text: str
    amendments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collision:
    """Edits that overlap and differ. `key` is stable: it depends on the law and the edits, not on their order.

    For words: `base == body[start:end]` of the clause. For whole clauses (a deletion against an edit, two places for
    one clause, two insertions at one point): `base` is the source of what is contested and start/end span the body.
    """

    key: str
    clause_id: ClauseId
    start: int
    end: int
    base: str
    sides: tuple[Side, ...]
    reason: str  # words, insertion, deletion, move, label: what kind of collision, for the sentence about it


class Fate(StrEnum):
    """What became of an amendment, derived from the text."""

    ADOPTED = "adopted"
    ADOPTED_IN_PART = "adopted_in_part"
    SUPERSEDED = "superseded"  # its words stand, but only because another, different settlement contains them
    NOT_ADOPTED = "not_adopted"
    UNSETTLED = "unsettled"  # part of a collision without a settlement


@dataclass(frozen=True, slots=True)
class MergedClause:
    """A clause of the result, where its words come from, and the id it keeps. An inserted clause's id is derived from
    the amendment's key and the place in it, so it does not depend on the order of merging."""

    id: ClauseId
    clause: Clause
    origins: Origins
    changed: bool
    amendments: tuple[str, ...] = ()  # keys of the amendments whose edits stand in it


@dataclass(frozen=True, slots=True)
class Merged:
    clauses: tuple[MergedClause, ...]  # the whole law in order; unsettled stretches keep their base words
    collisions: tuple[Collision, ...]  # all of them, settled or not, in the order of the text
    fates: Mapping[str, Fate]

    @property
    def text(self) -> str:
        return "".join(merged.clause.source for merged in self.clauses)


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a person settled a collision: by one side's amendment key, by own words, or (both None) by the base."""

    amendment: str | None = None
    words: str | None = None


def merge(
    law: Law,
    amendments: Iterable[Amendment],
    settlements: Mapping[str, Settlement] | None = None,
    origins: Mapping[ClauseId, Origins] | None = None,
) -> Merged:
    """Merge amendments into the law. `settlements` by collision key; `origins` of the base words by clause id.

    Raises UnusableEdit when an amendment does not fit the law.
    """
    raise NotImplementedError
