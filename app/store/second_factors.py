"""What proves who somebody is beside a password: passkeys, codes for the day the telephone is lost, other providers."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint, delete, exists, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime, begin_writing
from app.store.users import User


class Passkey(Base):
    """A credential of WebAuthn: the public key, never a secret. `credential_id` is base64url."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    transports: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class RecoveryCode(Base):
    """One of the codes printed when a second factor was set up; each works once."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class OutsideIdentity(Base):
    """Who a person is at an OpenID Connect provider: `subject` of `issuer`."""

    __tablename__ = "outside_identities"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    issuer: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (UniqueConstraint("issuer", "subject"),)


def day_of(now: datetime) -> datetime:
    """Its beginning: no moment is kept of how and when somebody proved who they are."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def account_to_change(session: Session, user_id: int) -> User:
    """The account, held until the end of the transaction, so that nothing of it is used twice."""
    begin_writing(session)
    return session.scalars(select(User).where(User.id == user_id).with_for_update()).one()


def asks(session: Session, user_id: int) -> bool:
    """Whether the account has codes from an app, confirmed, or a passkey."""
    app = exists().where(User.id == user_id, User.totp_confirmed_at.is_not(None))
    passkey = exists().where(Passkey.user_id == user_id, Passkey.removed_at.is_(None))
    return bool(session.scalar(select(or_(app, passkey))))


def passkeys(session: Session, user_id: int) -> list[Passkey]:
    """Those that sign in, oldest first."""
    chosen = select(Passkey).where(Passkey.user_id == user_id, Passkey.removed_at.is_(None)).order_by(Passkey.id)
    return list(session.scalars(chosen))


def passkey(session: Session, credential_id: str) -> Passkey | None:
    """The passkey that calls itself so and was not removed."""
    chosen = select(Passkey).where(Passkey.credential_id == credential_id, Passkey.removed_at.is_(None))
    return session.scalars(chosen).first()


def remove_passkeys(session: Session, user_id: int, now: datetime) -> None:
    for one in passkeys(session, user_id):
        one.removed_at = now


def recovery_codes_left(session: Session, user_id: int) -> int:
    chosen = select(func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return session.scalar(chosen) or 0


def recovery_code(session: Session, user_id: int, code_hash: str) -> RecoveryCode | None:
    """The account's code with this hash that was not used."""
    chosen = select(RecoveryCode).where(
        RecoveryCode.user_id == user_id, RecoveryCode.code_hash == code_hash, RecoveryCode.used_at.is_(None)
    )
    return session.scalars(chosen).first()


def remove_recovery_codes(session: Session, user_id: int) -> None:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))


def identities(session: Session, user_id: int) -> list[OutsideIdentity]:
    chosen = select(OutsideIdentity).where(OutsideIdentity.user_id == user_id).order_by(OutsideIdentity.id)
    return list(session.scalars(chosen))


def identity(session: Session, issuer: str, subject: str) -> OutsideIdentity | None:
    """Whose account this is."""
    chosen = select(OutsideIdentity).where(OutsideIdentity.issuer == issuer, OutsideIdentity.subject == subject)
    return session.scalars(chosen).first()


def is_taken(session: Session, credential_id: str) -> bool:
    """Whether there is or was a passkey that calls itself so."""
    return bool(session.scalar(select(exists().where(Passkey.credential_id == credential_id))))
