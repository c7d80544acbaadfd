"""Live updates: what a draft's record has gained since somebody last heard of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.telling import ENDING, Notice, notice
from app.services import showing
from app.store import events

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class News:
    """A notice, and whose deed it tells of: whoever did it is told that it is their own, nobody else is told."""

    notice: Notice
    by: int | None


@dataclass(frozen=True, slots=True)
class Gain:
    """`reached`: the last event that was looked at, told or not; `ends`: who may listen must be asked again."""

    draft_id: int
    reached: int
    news: tuple[News, ...] = ()
    ends: bool = False


def listen(session: Session, *, slug: str, user_id: int | None, after: int | None) -> Gain:
    """What a reader missed since event `after`; nothing, and where the record stands, for one who comes new.

    Raises NoSuchDraft, RoleMayNot.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    if after is None or after >= entry.recorded:
        return Gain(entry.draft.id, entry.recorded)
    return news_of(session, {entry.draft.id: after}).get(entry.draft.id, Gain(entry.draft.id, after))


def news_of(session: Session, seen: Mapping[int, int]) -> dict[int, Gain]:
    """What drafts gained since the event that was last seen of each; only those that gained anything."""
    found: dict[int, Gain] = {}
    while rows := events.after(session, seen, MOST_AT_ONCE):
        for row in rows:
            said = notice(row.number, row.kind, row.facts)
            before = found.get(row.draft_id, Gain(row.draft_id, 0))
            found[row.draft_id] = Gain(
                row.draft_id,
                row.number,
                before.news if said is None else (*before.news, News(said, row.user_id)),
                before.ends or row.kind in ENDING,
            )
        seen = {**seen, **{draft_id: gain.reached for draft_id, gain in found.items()}}
    return found
