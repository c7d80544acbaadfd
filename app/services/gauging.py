"""What a monitoring system is told of the database: how large it is and what waits in it. Nothing of anybody."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.store import condition, letters


@dataclass(frozen=True, slots=True)
class Gauges:
    """`kind` is empty where the database cannot be read: then nothing else is known."""

    kind: str = ""
    bytes: int = 0
    events: int = 0
    letters: dict[str, int] = field(default_factory=dict)
    jobs: dict[str, int] = field(default_factory=dict)


def gauges(session: Session) -> Gauges:
    """Everything in a handful of statements."""
    try:
        return Gauges(
            condition.system(session).kind, condition.size(session), condition.events_told(session),
            letters.counts(session), condition.jobs_by_state(session),
        )  # fmt: skip
    except condition.UNREADABLE:
        session.rollback()
        return Gauges()


def is_alive(session: Session) -> bool:
    """Whether pages can be made: the database answers, and is ours."""
    return condition.can_be_read(session)
