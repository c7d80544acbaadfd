"""Issuing: chosen amendments become the next version, their fates derived from the text, open ones carried onto it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated, Unstorable
from app.domain.lifecycle import State, check_step
from app.domain.merge import Fate, Merged
from app.domain.permissions import Action, check_can
from app.domain.provenance import issued
from app.services.amending import table
from app.services.carrying import carry_open_amendments
from app.services.choosing import Choice, merge_chosen
from app.store import amendments, events, versions
from app.store.amendments import key_of
from app.store.memberships import Entry, enter_to_write
from app.store.versions import NewText

LONGEST_MESSAGE = 500
LONGEST_OWN_WORDS = 1_000_000
FATES = {
    Fate.ADOPTED: State.ADOPTED,
    Fate.ADOPTED_IN_PART: State.ADOPTED_IN_PART,
    Fate.NOT_ADOPTED: State.NOT_ADOPTED,
    Fate.SUPERSEDED: State.SUPERSEDED,
}


class NothingChosen(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose at least one amendment to consolidate.")


class Unsettled(Invalid):
    def __init__(self, count: int) -> None:
        super().__init__(f"{count} collision(s) are not settled yet: choose a side, your own words, or the base text.")
        self.count = count


class IssuedMeanwhile(Outdated):
    def __init__(self, expected: int, latest: int) -> None:
        super().__init__(
            f"Version {latest} was issued while you worked on version {expected}. Nothing of yours was stored over it; "
            "your choices are kept below: look at the new text and issue again."
        )


class NoLongerOnTable(Outdated):
    def __init__(self, numbers: Sequence[int]) -> None:
        names = ", ".join(f"A{number}" for number in numbers)
        super().__init__(f"{names} can no longer be chosen: withdrawn, decided, or in need of its author meanwhile.")


def issue(
    session: Session,
    *,
    slug: str,
    choice: Choice,
    expected_version: int,
    message: str,
    user_id: int | None,
    now: datetime,
) -> int:
    """Issue the next version; its number. Fates are derived from the text, open amendments are carried.

    Raises NothingChosen, Unsettled, IssuedMeanwhile, NoLongerOnTable, UnusableSettlement; then nothing is stored.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    latest = versions.latest_number(session, entry.draft.id)
    if expected_version != latest:
        raise IssuedMeanwhile(expected_version, latest)
    if not choice.amendments:
        raise NothingChosen
    _check_typed(message, choice)
    on_table = table(session, entry, {})
    gone = sorted(choice.amendments - set(on_table.mergeable))
    if gone:
        raise NoLongerOnTable(gone)
    merged = merge_chosen(on_table, [on_table.mergeable[number] for number in sorted(choice.amendments)], choice)
    open_keys = [c.key for c in merged.collisions if c.key not in choice.settlements]
    if open_keys:
        raise Unsettled(len(open_keys))
    return _store(session, entry, merged, choice, latest + 1, message, now)


def _check_typed(message: str, choice: Choice) -> None:
    """Own words and the message as the database can hold them."""
    if len(message) > LONGEST_MESSAGE or "\0" in message:
        raise Unstorable(LONGEST_MESSAGE)
    if any(len(s.own_words) > LONGEST_OWN_WORDS or "\0" in s.own_words for s in choice.settlements.values()):
        raise Unstorable(LONGEST_OWN_WORDS)


def _store(
    session: Session, entry: Entry, merged: Merged, choice: Choice, number: int, message: str, now: datetime
) -> int:
    draft = entry.draft
    order = [NewText(clause.id, clause.clause, issued(clause.origins, number)) for clause in merged.clauses]
    _, text = versions.add_version(
        session, draft, message=message.strip(), author_id=entry.user_id, now=now, order=order
    )
    fates = _decide(session, entry, merged, number)
    carried = carry_open_amendments(session, draft, number)
    settlements = {key: [settled.choice, settled.own_words] for key, settled in choice.settlements.items()}
    events.record(
        session, draft, "version_issued", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        version=number, sha256=text.sha256, message=message.strip(), fates=fates, carried=carried,
        settlements=settlements,
    )  # fmt: skip
    session.commit()
    return number


def _decide(session: Session, entry: Entry, merged: Merged, number: int) -> dict[str, str]:
    """Write what became of each chosen amendment; the fates by key."""
    rows = {key_of(row.number): row for row in amendments.all_of(session, entry.draft.id)}
    for key, fate in merged.fates.items():
        row, wanted = rows[key], FATES[fate]
        check_step(row.number, State(row.state), wanted)
        row.state, row.settled_version, row.carried = wanted.value, number, None
    session.flush()
    return {key: fate.value for key, fate in merged.fates.items()}
