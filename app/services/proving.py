"""Saying once more that it is oneself, before what one signs in with is changed."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotAllowed
from app.services import app_codes, attempting, passwords, recovery_codes
from app.services.recovery_codes import MOST, WITHIN, tries
from app.store import second_factors
from app.store.db import begin_writing
from app.store.users import User


class NotProved(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Say first that it is you, on the page “Second factor”: ten minutes later it is asked again.")


class NotYou(Invalid):
    def __init__(self) -> None:
        super().__init__("This is neither your password nor a code of yours.")


def is_possible(session: Session, user_id: int) -> bool:
    """Whether there is anything to prove it by: whoever signs in by a provider alone has nothing."""
    user = session.get(User, user_id)
    return bool(user and user.password_hash) or second_factors.asks(session, user_id)


def prove(
    session: Session, *, user_id: int, typed: str, hashing: passwords.Hashing, secret: str, now: datetime
) -> None:  # fmt: skip
    """By the password, a code of the app or a recovery code, which is used up by it.

    Raises NotYou, ClockOff, UsedCode, TooManyAttempts.
    """
    attempting.count(session, key_parts=tries(user_id), secret=secret, most=MOST, within=WITHIN, now=now)
    user = session.get(User, user_id)
    if user is not None and passwords.matches(user.password_hash, typed, hashing):
        begin_writing(session)
        attempting.clear(session, key_parts=tries(user_id), secret=secret)
        session.commit()
        return
    try:
        if app_codes.is_written_like_one(typed):
            app_codes.check(session, user_id=user_id, code=typed, secret=secret, now=now)
        else:
            recovery_codes.use(session, user_id=user_id, code=typed, secret=secret, now=now)
    except (app_codes.WrongCode, recovery_codes.WrongRecoveryCode):
        raise NotYou from None
