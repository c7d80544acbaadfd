"""What is stored of all versions of a draft at once: their texts in every language, what made them, what was published.
Each question is one statement, whatever the number of versions and amendments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.clauses import Clause
from app.domain.edits import Edit
from app.domain.lifecycle import DECIDED
from app.store.amendments import AmendmentRow, EditRow, as_edit
from app.store.drafts import ClauseText, Publication, Version, VersionText
from app.store.events import Event
from app.store.fates import BRACKETED, BRACKETED_IN_PART, FateRow
from app.store.versions import KINDS

CHOSEN = (*(state.value for state in DECIDED), BRACKETED, BRACKETED_IN_PART)
"""What versions make of amendments that were merged into them."""
MAKING = ("version_imported", "version_issued", "version_revoked")


@dataclass(frozen=True, slots=True)
class Texts:
    """The clauses of all versions in one language, in reading order."""

    rows: tuple[tuple[str, int, int | None, Clause], ...]

    def law(self, number: int) -> dict[str, Clause]:
        """A version's clauses by id."""
        return dict(self._standing(number))

    def source(self, number: int) -> str:
        """A version's Markdown."""
        return "".join([clause.source for _, clause in self._standing(number)])

    def _standing(self, number: int) -> Iterator[tuple[str, Clause]]:
        for clause_id, first, last, clause in self.rows:
            if first <= number and (last is None or number <= last):
                yield clause_id, clause


def texts(session: Session, draft_id: int, until: int) -> dict[str, Texts]:
    """By language, what stands in a version up to `until`."""
    one = ClauseText
    rows = session.execute(
        select(
            one.language, one.clause_id, one.first_version, one.last_version, one.kind, one.depth, one.label,
            one.address, one.lead, one.body, one.tail,
        )
        .where(one.draft_id == draft_id, one.first_version <= until)
        .order_by(one.language, one.position)
    )  # fmt: skip
    found: dict[str, list[tuple[str, int, int | None, Clause]]] = {}
    for language, clause_id, first, last, kind, *rest in rows:
        found.setdefault(language, []).append((clause_id, first, last, Clause(KINDS[kind], *rest)))
    return {language: Texts(tuple(clauses)) for language, clauses in found.items()}


def fingerprints(session: Session, draft_id: int) -> dict[int, dict[str, str]]:
    """By version, the languages it is written in, each with the SHA-256 of its Markdown."""
    rows = session.execute(
        select(Version.number, VersionText.language, VersionText.sha256)
        .join(Version, Version.id == VersionText.version_id)
        .where(Version.draft_id == draft_id)
        .order_by(Version.number, VersionText.language)
    )
    found: dict[int, dict[str, str]] = {}
    for number, language, sha256 in rows:
        found.setdefault(number, {})[language] = sha256
    return found


@dataclass(frozen=True, slots=True)
class Making:
    """The event that made a version."""

    kind: str
    institution_id: int | None
    facts: Mapping[str, Any]


def makings(session: Session, draft_id: int) -> dict[int, Making]:
    """By version."""
    rows = session.execute(
        select(Event.kind, Event.institution_id, Event.facts).where(Event.draft_id == draft_id, Event.kind.in_(MAKING))
    )
    return {row.facts["version"]: Making(*row) for row in rows}


def outcomes(session: Session, draft_id: int) -> dict[int, dict[int, str]]:
    """By version, what it made of the amendments that were merged into it, by row id."""
    rows = session.execute(
        select(FateRow.version, FateRow.amendment_id, FateRow.outcome)
        .where(FateRow.draft_id == draft_id, FateRow.outcome.in_(CHOSEN))
        .order_by(FateRow.version, FateRow.amendment_id)
    )
    found: dict[int, dict[int, str]] = {}
    for version, amendment_id, outcome in rows:
        found.setdefault(version, {})[amendment_id] = outcome
    return found


def merged_edits(session: Session, draft_id: int) -> dict[tuple[int, int], tuple[Edit, ...]]:
    """The edits with which amendments were merged, by version and row id: those made for the version before."""
    rows = session.execute(
        select(FateRow.version, EditRow)
        .join(FateRow, FateRow.amendment_id == EditRow.amendment_id)
        .join(AmendmentRow, AmendmentRow.id == EditRow.amendment_id)
        .where(
            AmendmentRow.draft_id == draft_id, FateRow.draft_id == draft_id, FateRow.outcome.in_(CHOSEN),
            EditRow.base_version == FateRow.version - 1,
        )
        .order_by(FateRow.version, EditRow.amendment_id, EditRow.ordinal)
    )  # fmt: skip
    found: dict[tuple[int, int], list[Edit]] = {}
    for version, row in rows:
        found.setdefault((version, row.amendment_id), []).append(as_edit(row))
    return {key: tuple(edits) for key, edits in found.items()}


@dataclass(frozen=True, slots=True)
class Published:
    """A publication: its number, its version's, and when it was issued."""

    number: int
    version: int
    at: datetime


def published(session: Session, draft_id: int) -> list[Published]:
    rows = session.execute(
        select(Publication.number, Version.number, Publication.published_at)
        .join(Version, Version.id == Publication.version_id)
        .where(Publication.draft_id == draft_id)
        .order_by(Publication.number)
    )
    return [Published(*row) for row in rows]
