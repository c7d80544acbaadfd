"""Legal erasure of a person: what says who they are leaves; what was done in their institution's name stays."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.services import membering
from app.services.administering import LastAdministrator, NoSuchPerson, check_administrator
from app.store import erasures, people
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.memberships import draft_to_write


class NotTheirName(Invalid):
    def __init__(self) -> None:
        super().__init__("Write the sign-in name of the person whose data is to be erased: it cannot be undone.")


class NotYourself(Invalid):
    def __init__(self) -> None:
        super().__init__("Another administrator must erase your data.")


def erase(session: Session, *, person_id: int, typed: str, user_id: int | None, now: datetime) -> None:
    """By an administrator of the installation, who writes the sign-in name once more.

    Raises NoSuchPage, NoSuchPerson, NotTheirName, NotYourself, LastAdministrator, LastManager.
    """
    by = check_administrator(session, user_id)
    begin_writing(session)
    found = people.find(session, person_id)
    if found is None:
        raise NoSuchPerson
    if found.id == by:
        raise NotYourself
    if typed.strip() != found.name:
        raise NotTheirName
    if found.is_administrator and people.administrators(session) == [found.id]:
        raise LastAdministrator
    for membership in erasures.drafts_of(session, found.id):
        draft = draft_to_write(session, session.get_one(Draft, membership.draft_id).slug)
        membering.take_away(session, draft, membership, by, now)
        erasures.forget_files(session, draft.id)
    erasures.erase_person(session, found, now)
    session.commit()
