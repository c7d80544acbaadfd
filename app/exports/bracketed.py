"""A text with what is open about it in brackets: `[24 hours] [A1 CSO: 12 hours] [A2 MVD: 48 hours]`. It is derived from
the open amendments and limited to what the draft's attribution allows."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.exports.document import Document, Party


@dataclass(frozen=True, slots=True)
class By:
    """An amendment and the institutions that propose it; none where they may not be named."""

    number: int
    parties: tuple[Party, ...] = ()

    def __str__(self) -> str:
        return " ".join((f"A{self.number}", *(party.code for party in self.parties)))


@dataclass(frozen=True, slots=True)
class Side:
    """What stands in one bracket; empty: the words are to go."""

    text: str
    by: tuple[By, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The characters `start` to `end` of a clause's words (none where words are only to be added), and what is proposed
    in their place. `before`, `after`: white space that parts what is only added from what stands there."""

    start: int
    end: int
    sides: tuple[Side, ...]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What is proposed for a clause as a whole: insert, delete, move, arrive or relabel. `text` is the source of what
    is new; `human` the clause behind which it is to stand, or the one that is to come here."""

    kind: str
    text: str
    human: str
    by: tuple[By, ...]


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A document that stands alone, and by clause id its groups of brackets, the notes at a clause, and those behind it
    (empty id: before the first clause)."""

    document: Document
    groups: Mapping[str, tuple[Group, ...]]
    at: Mapping[str, tuple[Note, ...]]
    behind: Mapping[str, tuple[Note, ...]]

    def numbers(self) -> frozenset[int]:
        """The amendments that stand in brackets."""
        sides = (side.by for groups in self.groups.values() for group in groups for side in group.sides)
        notes = (note.by for those in (*self.at.values(), *self.behind.values()) for note in those)
        return frozenset(by.number for those in (*sides, *notes) for by in those)
