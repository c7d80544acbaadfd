"""How a draft's text came about, amendment by amendment, as a history is written from it: limited to what may leave.

Only amendments that were merged into a version are told: nothing that is open, withdrawn or not submitted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.edits import Amendment
from app.exports.document import Issued
from app.exports.history import Brought, Closed, History, Publication
from app.services import showing
from app.services.attributing import Attribution
from app.services.exported_steps import Record, Retelling
from app.services.exporting import NotInLanguage, Wanted, attribution_of
from app.services.marks import Marks
from app.services.pages import DraftHead
from app.store import amendments, histories, relations, users, versions
from app.store.amendments import AmendmentRow, key_of
from app.store.memberships import Entry


@dataclass(frozen=True, slots=True)
class _Telling:
    """In which language a history is told, and who may be named."""

    wanted: Wanted
    language: str
    attribution: Attribution
    institutions: Marks


def history(session: Session, wanted: Wanted, entry: Entry) -> History:
    """The history up to a version. A fixed number of statements; going through the steps needs the database no more.

    Raises NoSuchVersion, NotInLanguage.
    """
    draft = entry.draft
    head = showing.draft_head(session, entry)
    number = head.latest.number if wanted.version is None else wanted.version
    if all(one.number != number for one in head.versions):
        raise versions.NoSuchVersion(draft.slug, number)
    fingerprints = histories.fingerprints(session, draft.id)
    language = wanted.language or draft.language
    if language not in fingerprints[number]:
        raise NotInLanguage(number, language, tuple(sorted(fingerprints[number])))
    institutions = showing.institution_marks(session, language)
    telling = _Telling(wanted, language, attribution_of(session, draft), institutions)
    closing = _closing(session, draft.id, head, fingerprints, telling)
    rows = amendments.all_of(session, draft.id)
    record = Record(
        draft.language, language, histories.texts(session, draft.id, number), closing,
        histories.makings(session, draft.id),
        {id: telling.attribution.party(mark) for id, mark in institutions.items()},
        _told(session, draft.id, rows, telling), _merged(session, draft.id, rows),
    )  # fmt: skip
    return History(draft.slug, draft.title, language, closing[number].issued, Retelling(record, number))


def _closing(
    session: Session, draft_id: int, head: DraftHead, fingerprints: Mapping[int, Mapping[str, str]], telling: _Telling
) -> dict[int, Closed]:
    """By number, each version as it was issued and published."""
    zone, published = telling.wanted.zone, histories.published(session, draft_id)
    found = {}
    for one in head.versions:
        sha256 = fingerprints[one.number].get(telling.language, "")
        message = telling.attribution.words(one.message)
        issued = Issued(one.number, one.created_at.astimezone(zone), sha256, message)
        own = tuple(Publication(p.number, p.at.astimezone(zone)) for p in published if p.version == one.number)
        found[one.number] = Closed(issued, fingerprints[one.number], own)
    return found


def _told(session: Session, draft_id: int, rows: list[AmendmentRow], telling: _Telling) -> dict[int, Brought]:
    """Every amendment as it may be told, by number."""
    sponsors = relations.accepted(session, draft_id)
    names = users.full_names(session, {row.author_id for row in rows if row.author_id})
    attribution, institutions = telling.attribution, telling.institutions

    def told(row: AmendmentRow) -> Brought:
        return Brought(
            row.number, attribution.words(row.title), attribution.words(row.rationale),
            attribution.party(institutions.get(row.institution_id or 0)),
            attribution.parties(institutions.get(id) for id in sponsors.get(row.id, ())),
            attribution.person(names.get(row.author_id or 0, "")),
        )  # fmt: skip

    return {row.number: told(row) for row in rows}


def _merged(session: Session, draft_id: int, rows: list[AmendmentRow]) -> dict[int, list[tuple[Amendment, str]]]:
    """By version the amendments merged into it, by their numbers, with what became of each."""
    numbers = {row.id: row.number for row in rows}
    edits = histories.merged_edits(session, draft_id)
    found: dict[int, list[tuple[Amendment, str]]] = {}
    for version, became in histories.outcomes(session, draft_id).items():
        for row_id, outcome in sorted(became.items(), key=lambda one: numbers[one[0]]):
            amendment = Amendment(key_of(numbers[row_id]), edits.get((version, row_id), ()))
            found.setdefault(version, []).append((amendment, outcome))
    return found
