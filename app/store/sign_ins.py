"""Where people are signed in: a row for each browser, so that each can be seen and ended.

The browser keeps a token, the row only its hash. `seen_on` is a day and no moment: nothing here may tell when somebody
did something (design: people at risk).
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.db import Base, UTCDateTime


class SignIn(Base):
    """`device` is what the browser says it is, in a few words; `method` how the person proved who they are."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    method: Mapped[str] = mapped_column(String(12))
    device: Mapped[str] = mapped_column(String(120), default="")
    made_on: Mapped[date]
    seen_on: Mapped[date]
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint(
            "method IN ('password', 'totp', 'passkey', 'recovery', 'provider', 'invitation', 'guest')",
            name="method_known",
        ),
    )
