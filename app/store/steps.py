"""What happened to one amendment, from the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.store.amendments import key_of
from app.store.events import Event
from app.store.users import User

OF_ONE = (
    "amendment_submitted", "amendment_reworded", "amendment_withdrawn", "amendment_accepted", "amendment_declined",
)  # fmt: skip
OF_VERSIONS = ("version_imported", "version_issued", "version_revoked")


@dataclass(frozen=True, slots=True)
class Step:
    number: int  # of the event
    kind: str
    happened_at: datetime
    user: str
    institution_id: int | None
    facts: dict[str, Any]


def steps(session: Session, draft_id: int, number: int) -> list[Step]:
    """The events about an amendment itself, and those of versions that decided or carried it, in their order; one
    statement."""
    key = key_of(number)
    decided, carried = Event.facts[("fates", key)].as_string(), Event.facts[("carried", key)].as_string()
    query = (
        select(
            Event.number, Event.kind, Event.happened_at, func.coalesce(User.full_name, ""), Event.institution_id,
            Event.facts,
        )
        .outerjoin(User, User.id == Event.user_id)
        .where(
            Event.draft_id == draft_id,
            or_(
                and_(Event.kind.in_(OF_ONE), Event.facts["amendment"].as_integer() == number),
                and_(Event.kind.in_(OF_VERSIONS), or_(decided.is_not(None), carried.is_not(None))),
            ),
        )
        .order_by(Event.number)
    )  # fmt: skip
    return [Step(*row) for row in session.execute(query)]
