"""What an administrator sets for the whole installation, by name."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.db import Base


class Setting(Base):
    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


def every(session: Session) -> dict[str, Any]:
    """What was set, by name."""
    return {row.name: row.value for row in session.scalars(select(Setting))}


def value(session: Session, name: str) -> Any:
    """What was set under a name; None where nothing was."""
    return session.scalar(select(Setting.value).where(Setting.name == name))


def put(session: Session, values: Mapping[str, Any]) -> None:
    """Set these, in the caller's transaction."""
    for name, given in values.items():
        session.merge(Setting(name=name, value=given))
    session.flush()
