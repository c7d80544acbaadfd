"""Codes on paper for the day the telephone is lost: ten, each good once, kept only as hashes."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.services import attempting
from app.services.tokens import hash_of_code, new_code
from app.store import second_factors
from app.store.second_factors import RecoveryCode

COUNT = 10
MOST, WITHIN = 10, timedelta(minutes=15)
"""Tries of any second factor of one account."""


class WrongRecoveryCode(Invalid):
    """The same whether it never was or was used."""

    def __init__(self) -> None:
        super().__init__("This is none of your recovery codes, or it was used already.")


class NothingToRecover(Invalid):
    def __init__(self) -> None:
        super().__init__("Recovery codes are for a lost second factor. Set up an app or a passkey first.")


def make(session: Session, *, user_id: int) -> tuple[str, ...]:
    """New codes; those of before end. Raises NothingToRecover."""
    second_factors.account_to_change(session, user_id)
    if not second_factors.asks(session, user_id):
        raise NothingToRecover
    codes = replaced(session, user_id)
    session.commit()
    return codes


def replaced(session: Session, user_id: int) -> tuple[str, ...]:
    """A part of a use case: whoever calls holds the account and commits."""
    second_factors.remove_recovery_codes(session, user_id)
    codes = tuple(new_code() for _ in range(COUNT))
    session.add_all(RecoveryCode(user_id=user_id, code_hash=hash_of_code(code)) for code in codes)
    return codes


def use(session: Session, *, user_id: int, code: str, secret: str, now: datetime) -> int:
    """Use one; how many are left. Raises WrongRecoveryCode, TooManyAttempts."""
    attempting.count(session, key_parts=tries(user_id), secret=secret, most=MOST, within=WITHIN, now=now)
    second_factors.account_to_change(session, user_id)
    found = second_factors.recovery_code(session, user_id, hash_of_code(code))
    if found is None:
        raise WrongRecoveryCode
    found.used_at = second_factors.day_of(now)
    attempting.clear(session, key_parts=tries(user_id), secret=secret)
    session.commit()
    return second_factors.recovery_codes_left(session, user_id)


def tries(user_id: int) -> tuple[str, str]:
    """The key under which tries are counted."""
    return ("second factor", str(user_id))
