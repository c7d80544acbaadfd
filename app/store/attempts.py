"""How often something was tried in a stretch of time: shared by all processes, forgotten afterwards.

A key is a keyed hash of what was tried and by whom, so that the table tells nobody's name or address.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.db import Base, UTCDateTime


class Attempt(Base):
    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    count: Mapped[int]

    __table_args__ = (CheckConstraint("count >= 1", name="count_from_one"),)
