"""What is known for the explanatory note: a version with all that was said on it, and how it came about.

The draft's attribution is honoured: where nobody may be named no words of a reservation leave the house either.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from app.exports.document import Document, Issued, Party, Remark
from app.exports.note import Attached, Consultation, Held, Note
from app.services import exporting, seating, showing
from app.services.attributing import UNATTRIBUTED, Attribution
from app.services.exported_positions import with_positions
from app.services.exporting import Wanted
from app.services.marks import Marks
from app.services.pages import VersionHead
from app.store import consultations, explanations, sittings
from app.store.memberships import Entry


def note(session: Session, wanted: Wanted, entry: Entry) -> Note:
    """Of a version, measured against the first one. A fixed number of statements, whatever was said.

    Raises NoSuchVersion, NotInLanguage.
    """
    heads = showing.draft_head(session, entry).versions
    document = with_positions(session, replace(wanted, against=heads[-1].number, marked=False), entry)
    institutions = showing.institution_marks(session, document.language)
    attribution = exporting.attribution_of(session, entry.draft)
    today = (wanted.now or datetime.now(UTC)).astimezone(wanted.zone).date()
    until_then = [one for one in reversed(heads) if one.number <= document.version.number]
    return Note(
        document,
        tuple(_issued(one, wanted, attribution) for one in until_then),
        tuple(sorted(set(_speaking(document)), key=lambda one: (one.name, one.code))),
        len(seating.at_table(session, entry.draft.id, today)),
        tuple(_held(session, entry, wanted, attribution)),
        tuple(_attached(session, entry, document, institutions, attribution)),
        _consultation(session, entry, document, wanted, today),
    )


def _issued(one: VersionHead, wanted: Wanted, attribution: Attribution) -> Issued:
    return Issued(
        one.number, one.created_at.astimezone(wanted.zone), one.sha256, attribution.words(one.message)
    )  # fmt: skip


def _speaking(document: Document) -> Iterator[Party]:
    """Who proposed, commented or said where it stands; nobody where nobody may be named."""
    for one in document.amendments:
        yield from one.parties
    yield from _commenting(document.remarks)
    yield from (one.party for one in document.positions if one.party is not None)


def _commenting(remarks: Iterable[Remark]) -> Iterator[Party]:
    for one in remarks:
        if one.party is not None and not one.is_withdrawn:
            yield one.party
        yield from _commenting(one.replies)


def _held(session: Session, entry: Entry, wanted: Wanted, attribution: Attribution) -> Iterator[Held]:
    for row in sittings.of_draft(session, entry.draft.id):
        if row.opened_at is not None:
            title, place = attribution.words(row.title), attribution.words(row.place)
            yield Held(row.number, title, place, row.opened_at.astimezone(wanted.zone))


def _consultation(
    session: Session, entry: Entry, document: Document, wanted: Wanted, today: date
) -> Consultation | None:
    """The last public consultation on the text up to this version that is over: how many spoke, never who or what."""
    row = consultations.last_over(session, entry.draft.id, document.version.number, today)
    if row is None:
        return None
    counts = consultations.counts(session, [row.id]).get(row.id, {})
    since, until = (
        datetime.combine(day, time(), wanted.zone) for day in (row.first_day, row.closed_on or row.last_day)
    )
    accepted, refused = counts.get("accepted", 0), counts.get("refused", 0)
    arrived = accepted + refused + counts.get("waiting", 0)
    return Consultation(since, until, arrived, accepted, refused, counts.get("answered", 0))


def _attached(
    session: Session, entry: Entry, document: Document, institutions: Marks, attribution: Attribution
) -> Iterator[Attached]:
    """What is printed with the clauses of the version, in their order."""
    lines = {line.clause_id: line for line in document.text()}
    places = {clause_id: at for at, clause_id in enumerate(lines)}
    rows = [
        row for row in explanations.of_draft(session, entry.draft.id)
        if row.withdrawn_at is None and row.clause_id in lines and row.version <= document.version.number
    ]  # fmt: skip
    for row in sorted(rows, key=lambda row: places[row.clause_id]):
        told = "" if attribution.mode == UNATTRIBUTED else attribution.words(row.text)
        party = attribution.party(institutions.get(row.institution_id))
        yield Attached(row.kind, lines[row.clause_id].human, party, told)
