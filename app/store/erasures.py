"""What a legal erasure takes out of the tables. The rows that the record counts on stay, emptied."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.domain.erasing import NOBODY
from app.store.comments import CommentWording
from app.store.db import Base
from app.store.events import Event
from app.store.exported_files import ExportedFile
from app.store.invitations import Invitation
from app.store.letters import LetterRow
from app.store.sittings import Attendance
from app.store.users import Membership, User

OWN = (
    "sign_ins", "passkeys", "recovery_codes", "outside_identities", "notice_wishes", "notified", "feeds", "follows",
    "visits", "unsent_texts", "presences", "ways_back",
)  # fmt: skip
"""The tables whose rows of a person (`user_id`) are about them alone."""


def wordings_of(session: Session, comment_id: int) -> list[CommentWording]:
    """The former wordings of a comment."""
    return list(session.scalars(select(CommentWording).where(CommentWording.comment_id == comment_id)))


def set_facts(session: Session, draft_id: int, number: int, facts: Mapping[str, Any]) -> None:
    """Other facts for an event; its hash stays what it was."""
    session.execute(update(Event).where(Event.draft_id == draft_id, Event.number == number).values(facts=facts))


def forget_salts(session: Session, draft_id: int, keys: Collection[str]) -> set[int]:
    """Take the salt of every event that has a digest of one of these rows; their numbers."""
    rows = session.execute(select(Event.number, Event.digests).where(Event.draft_id == draft_id))
    numbers = {number for number, said in rows if said and not said.keys().isdisjoint(keys)}
    session.execute(update(Event).where(Event.draft_id == draft_id, Event.number.in_(numbers)).values(salt=None))
    return numbers


def forget_files(session: Session, draft_id: int) -> None:
    """Files made of a draft are made anew, without what was erased. (Their bytes go with the next tidying.)"""
    session.execute(delete(ExportedFile).where(ExportedFile.draft_id == draft_id))


def drafts_of(session: Session, user_id: int) -> list[Membership]:
    """Where somebody is a member."""
    return list(session.scalars(select(Membership).where(Membership.user_id == user_id).order_by(Membership.draft_id)))


def erase_person(session: Session, user: User, now: datetime) -> None:
    """Everything that says who somebody is: the account stays as a number that nobody can sign in to."""
    session.execute(delete(LetterRow).where(LetterRow.address == user.email))
    emptied = update(Invitation).where(or_(Invitation.used_by == user.id, Invitation.email == user.email))
    session.execute(emptied.values(full_name=NOBODY, email=""))
    session.execute(update(Attendance).where(Attendance.user_id == user.id).values(name=NOBODY, user_id=None))
    for name in OWN:
        table = Base.metadata.tables[name]
        session.execute(delete(table).where(table.c.user_id == user.id))
    user.name, user.full_name = f"erased-{user.id}", NOBODY
    user.is_administrator, user.language, user.password_hash = False, None, ""
    user.email = user.email_key = user.email_confirmed_at = None
    user.totp_secret = user.totp_confirmed_at = user.handle = None
    user.closed_at = user.closed_at or now
    session.flush()
