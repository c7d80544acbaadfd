"""What is set for a draft: its title, its scale and its days off, by whoever manages it or by the operator."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated, Unstorable
from app.domain.permissions import Action, check_can
from app.domain.scale import Scale, scale_of
from app.services.agreeing import scale_for
from app.store import events, positions
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.memberships import draft_to_write, enter_to_write, find_draft

LONGEST_TITLE = 500
LONGEST_STEP = 60
MOST_DAYS_OFF = 400


class ScaleInUse(Outdated):
    """Positions are kept as numbers of steps: on another scale they would say something else."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"Positions were stated in “{slug}” on its scale already; another one would change what they say."
        )


class NoTitle(Invalid):
    def __init__(self) -> None:
        super().__init__("A draft needs a title: it stands at the head of every page.")


class TooManyDaysOff(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A draft has at most {MOST_DAYS_OFF} days off.")


def set_title(session: Session, *, slug: str, title: str, user_id: int | None, now: datetime) -> None:
    """Call a draft something else; its text is not touched. Raises NoSuchDraft, RoleMayNot, NoTitle, Unstorable."""
    draft = _managed(session, slug, user_id)
    said = " ".join(title.split())
    if not said:
        raise NoTitle
    if len(said) > LONGEST_TITLE or "\0" in said:
        raise Unstorable(LONGEST_TITLE)
    if said != draft.title:
        former, draft.title = draft.title, said
        events.record(session, draft, "title_set", now=now, user_id=user_id, title=said, former=former)
    session.commit()


def change_scale(
    session: Session, *, slug: str, steps: Sequence[tuple[str, str]], user_id: int | None, now: datetime
) -> None:
    """The same as `set_scale`, by whoever manages the draft. Raises RoleMayNot too."""
    made = scale_of(steps)
    if any(len(name) > LONGEST_STEP or "\0" in name for name, _ in steps):
        raise Unstorable(LONGEST_STEP)
    _store_scale(session, _managed(session, slug, user_id), made, user_id, now)
    session.commit()


def change_days_off(session: Session, *, slug: str, days: Iterable[date], user_id: int | None, now: datetime) -> None:
    """The same as `set_days_off`, by whoever manages the draft. Raises NoSuchDraft, RoleMayNot, TooManyDaysOff."""
    _store_days_off(session, _managed(session, slug, user_id), days, user_id, now)
    session.commit()


def scale(session: Session, *, slug: str) -> Scale:
    """The scale of a draft, the usual one where it has none of its own. Raises NoSuchDraft."""
    return scale_for(find_draft(session, slug))


def set_scale(session: Session, *, slug: str, steps: Sequence[tuple[str, str]], now: datetime) -> Scale:
    """Give a draft its own scale, before anybody stated a position: (name, meaning) by step, most in favour first.

    Raises NoSuchDraft, UnusableScale, ScaleInUse.
    """
    made = scale_of(steps)
    begin_writing(session)
    _store_scale(session, draft_to_write(session, slug), made, None, now)
    session.commit()
    return made


def days_off(session: Session, *, slug: str) -> list[str]:
    """The holidays of a draft, beside Saturdays and Sundays, as ISO dates. Raises NoSuchDraft."""
    return list(find_draft(session, slug).days_off or ())


def set_days_off(session: Session, *, slug: str, days: Iterable[date], now: datetime) -> list[str]:
    """Replace the holidays of a draft. Deadlines of calls that are open stay as they were told.

    Raises NoSuchDraft, TooManyDaysOff.
    """
    begin_writing(session)
    made = _store_days_off(session, draft_to_write(session, slug), days, None, now)
    session.commit()
    return made


def _managed(session: Session, slug: str, user_id: int | None) -> Draft:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    return entry.draft


def _store_scale(session: Session, draft: Draft, made: Scale, user_id: int | None, now: datetime) -> None:
    if positions.of_draft(session, draft.id):
        raise ScaleInUse(draft.slug)
    draft.scale = [[step.name, step.meaning.value] for step in made]
    events.record(session, draft, "scale_set", now=now, user_id=user_id, steps=draft.scale)


def _store_days_off(
    session: Session, draft: Draft, days: Iterable[date], user_id: int | None, now: datetime
) -> list[str]:  # fmt: skip
    made = sorted({day.isoformat() for day in days})
    if len(made) > MOST_DAYS_OFF:
        raise TooManyDaysOff
    draft.days_off = made
    events.record(session, draft, "days_off_set", now=now, user_id=user_id, days=made)
    return made
