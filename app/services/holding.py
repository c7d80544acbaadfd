"""Whose the bench of a draft is, looked at while the draft is held: so it is still theirs when the deed is done."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.attribution import Mode
from app.domain.errors import Outdated
from app.store import benches, events, users
from app.store.benches import Bench
from app.store.memberships import Entry

OF_OWNERS = ("bench_opened", "bench_handed_over")


class WorkedOnByAnother(Outdated):
    def __init__(self, name: str, since: datetime) -> None:
        who = name or "Another facilitator"
        super().__init__(
            f"{who} works on the bench since {moment(since)}. Nothing of yours was stored, and nothing of it is "
            "lost: it stands below. Take the bench over, or agree who goes on."
        )
        self.name, self.since = name, since


class NoBench(Outdated):
    def __init__(self) -> None:
        super().__init__("No bench stands open in this draft any more: it was issued or put away.")


def my_bench(session: Session, entry: Entry) -> Bench:
    """The bench that stands open in a draft, of whoever entered it. Raises NoBench, WorkedOnByAnother."""
    bench = any_bench(session, entry)
    check_mine(session, entry, bench)
    return bench


def any_bench(session: Session, entry: Entry) -> Bench:
    """The bench that stands open in a draft. Raises NoBench."""
    bench = benches.open_one(session, entry.draft.id)
    if bench is None:
        raise NoBench
    return bench


def check_mine(session: Session, entry: Entry, bench: Bench) -> None:
    """Raises WorkedOnByAnother."""
    if bench.owner_id != entry.user_id:
        raise WorkedOnByAnother(owner_of(session, entry, bench), since(session, bench))


def owner_of(session: Session, entry: Entry, bench: Bench) -> str:
    """Their full name; empty where people may not be named."""
    if entry.draft.attribution != Mode.NAMED:
        return ""
    return users.full_names(session, [bench.owner_id])[bench.owner_id]


def since(session: Session, bench: Bench) -> datetime:
    """Since when its owner has had it."""
    event = events.last_of(session, bench.draft_id, OF_OWNERS)
    return max(event.happened_at, bench.opened_at) if event else bench.opened_at


def moment(at: datetime) -> str:
    """A moment in a sentence; whoever reads it is told it in their own time."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
