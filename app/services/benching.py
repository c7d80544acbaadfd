"""The bench of a draft: opened by whoever works first, saved with every step, handed over, taken over, put away.

One stands open per draft and has one owner; whoever else works is told so, and nothing they sent is lost.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.attribution import Mode
from app.domain.errors import Invalid, Outdated, Unstorable
from app.domain.permissions import Action, check_can
from app.services import showing
from app.services.choosing import Choice, Settled
from app.services.holding import any_bench, check_mine, moment, my_bench, owner_of, since
from app.services.issuing import LONGEST_MESSAGE, LONGEST_OWN_WORDS
from app.services.owning import may_know
from app.services.pages_held import FallenLine, Held, Person, Work
from app.store import amendments, benches, events, versions
from app.store.benches import Bench
from app.store.memberships import Entry, enter_to_write


class SavedMeanwhile(Outdated):
    def __init__(self, saved: datetime) -> None:
        super().__init__(
            f"This page is older than the bench, which was saved from another window at {moment(saved)}. Nothing was "
            "stored over it; what you sent stands below: send it again to put it in its place."
        )
        self.saved = saved


class NoSuchFacilitator(Invalid):
    def __init__(self) -> None:
        super().__init__("Say who takes the bench: another facilitator of this draft.")


def held(session: Session, *, slug: str, user_id: int | None) -> Held:
    """Whose the bench is and what it holds. Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    bench = benches.open_one(session, entry.draft.id)
    people = benches.facilitators(session, entry.draft.id)
    others = tuple(Person(id, name) for id, name in people.items() if bench is None or id != bench.owner_id)
    if entry.draft.attribution != Mode.NAMED:  # whoever is to go on takes it over
        others = ()
    if bench is None:
        return Held(False, False, "", None, None, 0, False, Work(), others)
    return Held(
        True, bench.owner_id == entry.user_id, owner_of(session, entry, bench), since(session, bench), bench.saved_at,
        bench.revision, bench.shared, work_of(bench), others,
    )  # fmt: skip


def fallen(session: Session, *, slug: str, numbers: Collection[int], user_id: int | None) -> tuple[FallenLine, ...]:
    """What became of amendments that were chosen and can be chosen no more. Raises NoSuchDraft, RoleMayNot."""
    if not numbers:
        return ()
    entry = showing.enter_to_read(session, slug, user_id)
    rows = [row for row in amendments.all_of(session, entry.draft.id) if row.number in numbers and may_know(entry, row)]
    return tuple(FallenLine(row.number, row.state, row.settled_version, row.carried) for row in rows)


def save(session: Session, *, slug: str, work: Work, revision: int | None, user_id: int | None, now: datetime) -> Work:
    """Put work on the bench, which is opened where none stands; what stands on it then. What an earlier page had
    settled in collisions that are not on this one stays. `revision` is the one that the page showed.

    Raises WorkedOnByAnother, SavedMeanwhile, Unstorable; then nothing is stored.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    bench = benches.open_one(session, entry.draft.id)
    if bench is not None:
        check_mine(session, entry, bench)
        if revision is not None and revision != bench.revision:
            raise SavedMeanwhile(bench.saved_at)
    _check_typed(work)
    bench = bench or _opened(session, entry, now)
    _put(session, bench, work, now)
    session.commit()
    return replace(work_of(bench), base_version=work.base_version)


def take_over(session: Session, *, slug: str, work: Work | None, user_id: int | None, now: datetime) -> None:
    """Become the owner of the bench as it stands, or with what one chose oneself (`work`); what that puts aside stays
    in the record. Who owns it already goes on. Raises NoBench, Unstorable."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    bench = any_bench(session, entry)
    if bench.owner_id == entry.user_id:
        return
    aside = {"chosen": bench.chosen, "settlements": bench.settlements, "message": bench.message} if work else None
    _give(session, entry, bench, entry.user_id, now, put_aside=aside)
    if work is not None:
        _check_typed(work)
        _put(session, bench, replace(work, seen=frozenset(bench.settlements)), now)
    session.commit()


def hand_over(session: Session, *, slug: str, to: int | None, user_id: int | None, now: datetime) -> str:
    """Give the bench to another facilitator; their name. Raises NoBench, WorkedOnByAnother, NoSuchFacilitator."""
    entry, bench = _enter_mine(session, slug, user_id)
    people = benches.facilitators(session, entry.draft.id)
    if to is None or to not in people or to == bench.owner_id:
        raise NoSuchFacilitator
    _give(session, entry, bench, to, now, put_aside=None)
    session.commit()
    return people[to]


def put_away(session: Session, *, slug: str, user_id: int | None, now: datetime) -> None:
    """Close the bench without issuing; what stood on it stays in the record. Raises NoBench, WorkedOnByAnother."""
    entry, bench = _enter_mine(session, slug, user_id)
    bench.closed_at = now
    events.record(
        session, entry.draft, "bench_closed", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        bench=bench.id, chosen=bench.chosen, settlements=bench.settlements, message=bench.message,
    )  # fmt: skip
    session.commit()


def share(session: Session, *, slug: str, shared: bool, user_id: int | None, now: datetime) -> None:
    """Show the bench to every member on the big screen, or no longer. Raises NoBench, WorkedOnByAnother."""
    entry, bench = _enter_mine(session, slug, user_id)
    if bench.shared != shared:
        bench.shared = shared
        events.record(
            session, entry.draft, "bench_shared" if shared else "bench_unshared", now=now, user_id=entry.user_id,
            institution_id=entry.institution_id, bench=bench.id,
        )  # fmt: skip
    session.commit()


def work_of(bench: Bench) -> Work:
    """What stands on a bench."""
    settled = {
        key: Settled(one["choice"], one["own_words"], tuple(one.get("also", ())))
        for key, one in bench.settlements.items()
        if one["choice"]
    }
    own = {key: one["own_words"] for key, one in bench.settlements.items() if one["own_words"]}
    choice = Choice(frozenset(bench.chosen), settled, renumber=bench.renumber)
    return Work(choice, bench.message, own, frozenset(bench.settlements), bench.base_version)


def _enter_mine(session: Session, slug: str, user_id: int | None) -> tuple[Entry, Bench]:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    return entry, my_bench(session, entry)


def _check_typed(work: Work) -> None:
    """The message and own words as the database can hold them."""
    if len(work.message) > LONGEST_MESSAGE or "\0" in work.message:
        raise Unstorable(LONGEST_MESSAGE)
    settled = [one.own_words for one in work.choice.settlements.values()]
    if any(len(text) > LONGEST_OWN_WORDS or "\0" in text for text in (*work.own.values(), *settled, *work.seen)):
        raise Unstorable(LONGEST_OWN_WORDS)


def _opened(session: Session, entry: Entry, now: datetime) -> Bench:
    """A new bench, whose revisions follow those of the last one, so that no page of that one is taken for its own."""
    latest = versions.latest_number(session, entry.draft.id)
    bench = Bench(
        draft_id=entry.draft.id, owner_id=entry.user_id, base_version=latest, chosen=[], settlements={}, opened_at=now,
        saved_at=now, revision=benches.last_revision(session, entry.draft.id) + 1, message="", renumber=False,
        shared=False,
    )  # fmt: skip
    session.add(bench)
    session.flush()
    events.record(
        session, entry.draft, "bench_opened", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        bench=bench.id, version=latest,
    )  # fmt: skip
    return bench


def _put(session: Session, bench: Bench, work: Work, now: datetime) -> None:
    latest = versions.latest_number(session, bench.draft_id)
    unseen = {key: one for key, one in bench.settlements.items() if key not in work.seen and _holds(one, work.choice)}
    bench.chosen = sorted(work.choice.amendments)
    bench.settlements = {**unseen, **_stored(work)}
    bench.message, bench.renumber = work.message, work.choice.renumber
    bench.base_version = work.base_version if 1 <= work.base_version <= latest else latest
    bench.revision, bench.saved_at = bench.revision + 1, now


def _holds(one: Mapping[str, Any], choice: Choice) -> bool:
    """Whether a settlement has anything in it to keep: own words, or a choice that does not choose an amendment which
    was left out since."""
    number = one["choice"]
    return bool(one["own_words"]) or not number.isdecimal() or int(number) in choice.amendments


def _stored(work: Work) -> dict[str, dict[str, Any]]:
    settlements: Mapping[str, Settled] = work.choice.settlements
    none = Settled("")
    return {
        key: {
            "choice": settlements.get(key, none).choice,
            "own_words": work.own.get(key, "") or settlements.get(key, none).own_words,
            "also": list(settlements.get(key, none).also),
        }
        for key in sorted({*settlements, *work.own})
    }


def _give(
    session: Session, entry: Entry, bench: Bench, to: int, now: datetime, put_aside: dict[str, Any] | None
) -> None:
    """Another owner; `put_aside` is what theirs takes the place of."""
    events.record(
        session, entry.draft, "bench_handed_over", now=now, user_id=entry.user_id,
        institution_id=entry.institution_id, bench=bench.id, handed_from=bench.owner_id, handed_to=to,
        put_aside=put_aside,
    )  # fmt: skip
    bench.owner_id = to
    bench.revision += 1
