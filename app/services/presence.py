"""Who has a draft open just now: kept while they listen to its live updates, shown by institution and never by name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.permissions import Action, can
from app.services import showing
from app.store import presences
from app.store.db import begin_writing

Listener = tuple[int, int]
"""A draft and a person."""
Hearer = tuple[int, int, int]
"""A draft, a person and the sign-in by which they listen."""


@dataclass(frozen=True, slots=True)
class Present:
    """How many people are here, and the codes of the institutions they speak for; people without one only count."""

    count: int
    institutions: tuple[str, ...]


def who_is_here(session: Session, *, slug: str, user_id: int | None, now: datetime) -> Present:
    """Where nothing is attributed to anybody, only how many. Raises NoSuchDraft, RoleMayNot."""
    draft = showing.enter_to_read(session, slug, user_id).draft
    found = presences.present(session, draft.id, now)
    named = sorted(code for code in found if code is not None) if draft.attribution != "unattributed" else ()
    return Present(sum(found.values()), tuple(named))


def keep(
    session: Session, *, here: Collection[Listener], left: Collection[Listener], before: datetime, now: datetime
) -> None:
    """Write down who listens, and take out who left: they were last known to listen at `before`."""
    begin_writing(session)
    presences.see(session, here, now)
    presences.leave(session, left, before)
    presences.forget(session, now)
    session.commit()


def allowed(session: Session, hearers: Collection[Hearer], now: datetime) -> set[Hearer]:
    """Those who may still hear what is new in a draft: members of it, by a sign-in that has not ended."""
    roles = presences.roles(session, hearers, now)
    return {hearer for hearer in hearers if can(roles.get(hearer), Action.READ)}
