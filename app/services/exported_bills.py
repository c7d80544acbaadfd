"""A version as an Akoma Ntoso bill is made of it: with what changed since the one before, and where its clauses came
from."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.exports.akn_bill import Bill
from app.exports.akn_ids import First
from app.exports.document import Document
from app.services import exporting, showing
from app.services.exporting import NothingBefore, Wanted
from app.store.drafts import Draft
from app.store.first_addresses import first_addresses
from app.store.memberships import Entry


def bill(session: Session, wanted: Wanted, entry: Entry) -> Bill:
    """Raises NoSuchVersion, NotInLanguage."""
    document = _with_what_changed(session, wanted, entry)
    draft, number = entry.draft, document.version.number
    head = showing.draft_head(session, entry)
    issued = {one.number: one.created_at.astimezone(wanted.zone) for one in head.versions if one.number <= number}
    return Bill(document, draft.language, issued, _firsts(session, draft, document.language, number))


def _firsts(session: Session, draft: Draft, language: str, number: int) -> dict[str, First]:
    """In the authentic language; in the other one of clauses that do not stand there."""
    found = first_addresses(session, draft.id, {draft.language, language}, number)
    by_authenticity = sorted(found, key=lambda one: one.language == draft.language)
    return {one.clause_id: First(one.version, one.address) for one in by_authenticity}


def _with_what_changed(session: Session, wanted: Wanted, entry: Entry) -> Document:
    """Against the version before; the first one alone."""
    try:
        return exporting.document(session, replace(wanted, marked=True), entry)
    except NothingBefore:
        return exporting.document(session, replace(wanted, marked=False), entry)
