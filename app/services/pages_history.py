"""A clause through the versions, as its page shows it."""

from dataclasses import dataclass

from app.domain.diff import Span
from app.services.pages import InstitutionMark, VersionHead


@dataclass(frozen=True, slots=True)
class Bringer:
    """An amendment that brought words or took them away."""

    number: int
    institution: InstitutionMark | None
    title: str
    rationale: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What one version did to the clause. `deeds` in words of `what happened`: came, edited, renumbered, readdressed,
    moved, deleted, returned. `was_label` and `was_address` are filled where they became others; `settled`: words of it
    are the facilitator's own; `imported`: the version came from a file and not from amendments."""

    version: VersionHead
    deeds: tuple[str, ...]
    spans: tuple[Span, ...]
    brought_by: tuple[Bringer, ...]
    settled: bool
    imported: bool
    was_label: str
    was_address: str


@dataclass(frozen=True, slots=True)
class WordsFrom:
    """A run of the present words and where it comes from."""

    text: str
    version: VersionHead | None
    brought_by: tuple[Bringer, ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class ClauseHistory:
    """Newest first; and the present words by where they come from."""

    entries: tuple[HistoryEntry, ...]
    words: tuple[WordsFrom, ...]
