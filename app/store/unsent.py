"""What somebody typed and has not sent, kept on the server so that another device or a restart loses nothing.

It is nobody's business but theirs: no event records it, and it goes when the form is sent.
"""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base, UTCDateTime


class UnsentText(Base):
    """The fields of one form of one person, by the place it stands at (for instance `amendments/everywhere`). A field
    may have several values."""

    __tablename__ = "unsent_texts"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(120), primary_key=True)
    fields: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)


def find(session: Session, user_id: int, draft_id: int, place: str) -> UnsentText | None:
    return session.get(UnsentText, (user_id, draft_id, place))


def keep(
    session: Session, user_id: int, draft_id: int, place: str, fields: dict[str, list[str]], now: datetime
) -> None:
    """Keep the fields as they are now; the caller holds the draft's row."""
    row = session.get(UnsentText, (user_id, draft_id, place))
    if row is None:
        session.add(UnsentText(user_id=user_id, draft_id=draft_id, place=place, fields=fields, saved_at=now))
    else:
        row.fields, row.saved_at = fields, now
    session.flush()


def forget(session: Session, user_id: int, draft_id: int, place: str) -> None:
    session.execute(
        delete(UnsentText).where(
            UnsentText.user_id == user_id, UnsentText.draft_id == draft_id, UnsentText.place == place
        )
    )


def forget_all(session: Session, draft_id: int) -> None:
    """Forget what anybody typed in a draft."""
    session.execute(delete(UnsentText).where(UnsentText.draft_id == draft_id))
