"""The consultation on a publication as a reader finds it: where it stands today, or that there is none."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.domain.consulting import Period, Published, Standing, standing
from app.domain.errors import NotFound
from app.services.published_access import Address, Reader, find
from app.services.publishing import enter_to_change
from app.store import consultations, publications
from app.store.consultations import Consultation
from app.store.drafts import Draft
from app.store.memberships import Entry
from app.store.publications import Publication, PublicationText

KEPT = timedelta(days=90)
"""How long after the end of a consultation the addresses are kept of readers who were not answered yet."""


class NoSuchConsultation(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no public consultation on this publication.")


@dataclass(frozen=True, slots=True)
class Consulted:
    """A consultation before one of its readers."""

    reader: Reader
    publication: Publication
    row: Consultation
    standing: Standing


def find_consulted(session: Session, at: Address, user_id: int | None, today: date) -> Consulted:
    """The consultation on a publication for whoever may read that. Raises NoSuchPublication, NoSuchConsultation."""
    reader, publication = find(session, at, user_id)
    row = consultations.of_publication(session, publication.id)
    if row is None:
        raise NoSuchConsultation
    return Consulted(reader, publication, row, standing_on(session, publication, row, today))


def standing_on(session: Session, publication: Publication, row: Consultation, today: date) -> Standing:
    superseded = row.ends_when_superseded and consultations.is_superseded(session, publication)
    published = Published(publication.visibility, publication.withdrawn_at is not None, superseded)
    return standing(period_of(row), published, today)


def period_of(row: Consultation) -> Period:
    return Period(row.first_day, row.last_day, row.closed_on is not None, row.ends_when_superseded)


def to_manage(session: Session, slug: str, number: int, user_id: int | None) -> tuple[Entry, Publication, Consultation]:
    """The same with the consultation on it. Raises NoSuchConsultation too."""
    entry, publication = enter_to_change(session, slug, number, user_id)
    row = consultations.of_publication(session, publication.id)
    if row is None:
        raise NoSuchConsultation
    return entry, publication, row


def account_key(secret: str, user_id: int) -> str:
    """By which the waiting contributions of an account are counted, and its owner is not found."""
    return _keyed(secret, f"account {user_id}")


def address_key(secret: str, email_key: str) -> str:
    """The same for an e-mail address."""
    return _keyed(secret, f"address {email_key}")


def title_in(texts: Mapping[str, PublicationText], language: str, draft: Draft) -> tuple[str, str]:
    """What the publication is called in a language, or in its first; and the language."""
    text = texts.get(language) or next(iter(texts.values()), None)
    return (text.title, text.language) if text else (draft.title, draft.language)


def title_pages(session: Session, publication: Publication) -> dict[str, PublicationText]:
    return {text.language: text for text in publications.texts_of(session, [publication.id]).get(publication.id, [])}


def _keyed(secret: str, who: str) -> str:
    return hmac.new(secret.encode(), f"consultation {who}".encode(), "sha256").hexdigest()
