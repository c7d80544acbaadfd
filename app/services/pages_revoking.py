"""What revoking a version would do, as its page lists it."""

from dataclasses import dataclass

from app.services.pages import DraftHead, InstitutionMark, VersionHead


@dataclass(frozen=True, slots=True)
class Returning:
    """An amendment whose standing changes: its state now, and what it becomes (a state, or how it is carried)."""

    number: int
    title: str
    institution: InstitutionMark | None
    state: str
    becomes: str


@dataclass(frozen=True, slots=True)
class RevokingPage:
    """`restored` is the version whose text comes back; `decided` return to an open state (or, when a revocation is
    revoked, are decided again); `as_before` counts those whose state stays, and which only go back to their former
    words; `onwards` were made or reworded since and are carried."""

    draft: DraftHead
    version: VersionHead
    restored: VersionHead
    decided: tuple[Returning, ...]
    as_before: int
    onwards: tuple[Returning, ...]
