"""What the operator of an installation sets for a draft, on the command line: its scale and its days off."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Outdated
from app.domain.scale import Scale, scale_of
from app.services.agreeing import scale_for
from app.store import events, positions
from app.store.db import begin_writing
from app.store.memberships import draft_to_write, find_draft


class ScaleInUse(Outdated):
    """Positions are kept as numbers of steps: on another scale they would say something else."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"Positions were stated in “{slug}” on its scale already; another one would change what they say."
        )


def scale(session: Session, *, slug: str) -> Scale:
    """The scale of a draft, the usual one where it has none of its own. Raises NoSuchDraft."""
    return scale_for(find_draft(session, slug))


def set_scale(session: Session, *, slug: str, steps: Sequence[tuple[str, str]], now: datetime) -> Scale:
    """Give a draft its own scale, before anybody stated a position: (name, meaning) by step, most in favour first.

    Raises NoSuchDraft, UnusableScale, ScaleInUse.
    """
    made = scale_of(steps)
    begin_writing(session)
    draft = draft_to_write(session, slug)
    if positions.of_draft(session, draft.id):
        raise ScaleInUse(slug)
    draft.scale = [[step.name, step.meaning.value] for step in made]
    events.record(session, draft, "scale_set", now=now, user_id=None, steps=draft.scale)
    session.commit()
    return made


def days_off(session: Session, *, slug: str) -> list[str]:
    """The holidays of a draft, beside Saturdays and Sundays, as ISO dates. Raises NoSuchDraft."""
    return list(find_draft(session, slug).days_off or ())


def set_days_off(session: Session, *, slug: str, days: Iterable[date], now: datetime) -> list[str]:
    """Replace the holidays of a draft. Deadlines of calls that are open stay as they were told. Raises NoSuchDraft."""
    begin_writing(session)
    draft = draft_to_write(session, slug)
    draft.days_off = sorted({day.isoformat() for day in days})
    events.record(session, draft, "days_off_set", now=now, user_id=None, days=draft.days_off)
    made = list(draft.days_off)
    session.commit()
    return made
