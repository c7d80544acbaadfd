"""What the composer shows: the clauses of an amendment while it is written, and what it would do."""

from dataclasses import dataclass

from app.domain.parts import Part, ReadAs
from app.domain.pasting import Cleaning
from app.services.pages import AmendmentLine, ChangeLine, ClauseLine, DraftHead, InstitutionMark, VersionHead
from app.services.pages_saying import NOTHING_SAID, Said


@dataclass(frozen=True, slots=True)
class Side:
    """What an amendment that lies beside the composer does to one clause."""

    amendment: AmendmentLine
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class PartLine:
    """One clause that is composed. Without `clause` it is no longer in the text, and its words only wait to be copied.
    `operations` are what can be done with it, `suggested` how a clause behind it would begin (`5. `)."""

    clause: ClauseLine | None
    operations: tuple[str, ...]
    suggested: str = ""
    subtree: str = ""  # the clause and everything below it
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A clause that another one may be moved to stand by: what is typed for it, and how it begins."""

    typed: str
    words: str


@dataclass(frozen=True, slots=True)
class ComposerPage:
    """`parts` are the clauses composed and `start` what each begins with (`target` as somebody would type it); `about`
    the amendments that are reworded, amended or bridged. `lost` are changes of the reworded one to clauses that the
    text no longer has; `targets` the clauses around the first one, for a move."""

    draft: DraftHead
    version: VersionHead
    parts: tuple[PartLine, ...]
    start: tuple[Part, ...]
    about: tuple[AmendmentLine, ...] = ()
    revision: int = 0
    is_draft: bool = True  # not submitted yet, so that it may stay a draft
    invitable: tuple[InstitutionMark, ...] = ()
    invited: tuple[str, ...] = ()  # codes
    lost: tuple[ChangeLine, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Inserted:
    """What the new clauses of one part would be read as; `cleaned`: what was done to text from a word processor."""

    human: str  # the clause they stand by
    clauses: tuple[ReadAs, ...]
    cleaned: tuple[Cleaning, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a proposal would do, before it is submitted: the redline and who else contests these words."""

    changes: tuple[ChangeLine, ...]
    contested_by: tuple[AmendmentLine, ...]
    said: Said = NOTHING_SAID
    inserted: tuple[Inserted, ...] = ()
