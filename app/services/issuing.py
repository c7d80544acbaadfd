"""Issuing: chosen amendments become the next version, their fates derived from the text, open ones carried onto it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated, Unstorable
from app.domain.keeping import Rest, rest_of
from app.domain.largest import check_grown
from app.domain.lifecycle import OPEN, State, becomes, check_step
from app.domain.merge import Merged, MergedClause
from app.domain.permissions import Action, check_can
from app.domain.provenance import issued
from app.services import showing, texts
from app.services.amending import Table, text_as_issued
from app.services.carrying import carry_open_amendments, wordings
from app.services.choosing import Choice, chosen_of, completed, merge_chosen, settlements_of
from app.services.colliding import mergeable
from app.services.holding import my_bench
from app.services.renumbered import Made, made_of, with_new_ids
from app.store import amendments, benches, events, fates, versions
from app.store.amendments import AmendmentRow, key_of, number_of
from app.store.memberships import Entry, enter_to_write
from app.store.versions import NewText, StoredClause

LONGEST_MESSAGE = 500
LONGEST_OWN_WORDS = 1_000_000


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
    from_bench: bool = False,
) -> int:
    """Issue the next version; its number. Fates are derived from the text, open amendments are carried. `from_bench`:
    what is issued stood on the bench, which must still be theirs.

    Raises NothingChosen, Unsettled, IssuedMeanwhile, NoLongerOnTable, UnusableSettlement, NoBench, WorkedOnByAnother,
    GrowsTooLong, GrowsTooLarge; then nothing is stored.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    latest = versions.latest_number(session, entry.draft.id)
    if expected_version != latest:
        raise IssuedMeanwhile(expected_version, latest)
    if from_bench:
        my_bench(session, entry)
    if not choice.amendments:
        raise NothingChosen
    _check_typed(message, choice)
    on_table = _on_table(session, entry)
    gone = sorted(choice.amendments - set(on_table.mergeable))
    if gone:
        raise NoLongerOnTable(gone)
    choice = completed(on_table, choice)
    merged = merge_chosen(on_table, chosen_of(on_table, choice), choice)
    open_keys = [c.key for c in merged.collisions if c.key not in choice.settlements]
    if open_keys:
        raise Unsettled(len(open_keys))
    return _store(session, entry, on_table, merged, choice, message, now)


def _on_table(session: Session, entry: Entry) -> Table:
    """The latest text and what is open on it; no lines, which cost as much as the law is long."""
    head = showing.draft_head(session, entry)
    text = texts.issued(session, entry.draft, head.latest)
    rows = amendments.all_of(session, entry.draft.id)
    fitting = mergeable(rows, amendments.edits_of(session, entry.draft.id), head.latest.number)
    return Table(text_as_issued(text), text.stored, (), fitting, {}, {}, text, {})


def _check_typed(message: str, choice: Choice) -> None:
    """Own words and the message as the database can hold them."""
    if len(message) > LONGEST_MESSAGE or "\0" in message:
        raise Unstorable(LONGEST_MESSAGE)
    if any(len(s.own_words) > LONGEST_OWN_WORDS or "\0" in s.own_words for s in choice.settlements.values()):
        raise Unstorable(LONGEST_OWN_WORDS)


def _store(
    session: Session, entry: Entry, on_table: Table, merged: Merged, choice: Choice, message: str, now: datetime
) -> int:
    """Write the version, what became of every amendment, what stays in brackets, and the event; commits."""
    number = versions.latest_number(session, entry.draft.id) + 1
    made = made_of(merged, entry.draft.language, renumber=choice.renumber)
    made = with_new_ids(made, on_table.text.law, entry.draft.id, number)
    check_grown(made.law.values(), on_table.text.law.values())
    _, text = versions.add_version(
        session, entry.draft, message=message.strip(), author_id=entry.user_id, now=now,
        order=_order(made, on_table, number), standing=on_table.stored,
    )  # fmt: skip
    decided = _decide(session, entry, on_table, merged, choice, number)
    carried = carry_open_amendments(
        session,
        entry.draft,
        number,
        old=on_table.text.law,
        new=made.law,
        kept=decided.rests,
        standing=merged.standing,
        renumbered=made.renumbered,
    )
    brackets = _keep(session, entry, on_table, merged, choice, number)
    _close_bench(session, entry, number, now)
    events.record(
        session, entry.draft, "version_issued", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        version=number, sha256=text.sha256, message=message.strip(), fates=decided.fates, carried=carried,
        wordings=wordings(session, entry.draft, number), brackets=brackets,
        settlements={key: settled.facts() for key, settled in choice.settlements.items()},
        renumbered=[asdict(label) for label in made.labels],
    )  # fmt: skip
    session.commit()
    return number


def _close_bench(session: Session, entry: Entry, number: int, now: datetime) -> None:
    """The bench of whoever issues has become the version."""
    bench = benches.open_one(session, entry.draft.id)
    if bench is not None and bench.owner_id == entry.user_id:
        bench.closed_at, bench.issued_version = now, number


def _order(made: Made, on_table: Table, number: int) -> list[NewText | StoredClause]:
    """The clauses of the new version; those that nothing reached are as they are stored."""
    stored = {one.id: one for one in on_table.stored}
    return [
        _new_text(made.touched[clause_id], number) if clause_id in made.touched else stored[clause_id]
        for clause_id in made.order
    ]


def _new_text(clause: MergedClause, number: int) -> NewText:
    return NewText(clause.id, clause.clause, issued(clause.origins, number))


@dataclass(frozen=True, slots=True)
class _Decided:
    """`fates` by key; `rests` what is still open of those kept in brackets, by key."""

    fates: dict[str, str]
    rests: dict[str, Rest]


def _decide(session: Session, entry: Entry, on_table: Table, merged: Merged, choice: Choice, number: int) -> _Decided:
    """Write what became of each chosen amendment, and how it stood before."""
    rows = {key_of(row.number): row for row in amendments.all_of(session, entry.draft.id)}
    gave_up = _gave_up_before(session, entry, [rows[key] for key in merged.fates])
    decided, made = _Decided({}, {}), list[fates.FateRow]()
    for key, fate in merged.fates.items():
        row = rows[key]
        state = becomes(fate, partly=row.partly_since is not None, gave_up=row.id in gave_up)
        outcome = state.value
        if state is State.TAKEN_UP:
            amendment, settled = on_table.mergeable[row.number], settlements_of(choice)
            rest = rest_of(on_table.text.law, amendment, merged.collisions, settled, merged.index)
            decided.rests[key], outcome = rest, fates.BRACKETED_IN_PART if rest.gave_up else fates.BRACKETED
        made.append(fates.as_it_stands(row, number, outcome))
        _step(row, state, number)
        decided.fates[key] = fates.BRACKETED if key in decided.rests else outcome
    fates.add_all(session, made)
    return decided


def _step(row: AmendmentRow, state: State, number: int) -> None:
    if State(row.state) is not state:
        check_step(row.number, State(row.state), state)
    row.state, row.settled_version, row.carried = state.value, None if state in OPEN else number, None


def _gave_up_before(session: Session, entry: Entry, rows: Iterable[AmendmentRow]) -> set[int]:
    """The ids of amendments of which a version that holds decided against a part, while the rest stayed in brackets."""
    if not any(row.state == State.TAKEN_UP for row in rows):
        return set()
    void = versions.void_numbers(session, entry.draft.id)
    found = fates.versions_with(session, entry.draft.id, [fates.BRACKETED_IN_PART])
    return {amendment_id for amendment_id, numbers in found.items() if numbers - void}


def _keep(
    session: Session, entry: Entry, on_table: Table, merged: Merged, choice: Choice, number: int
) -> list[dict[str, Any]]:
    """Write the collisions that stay in brackets, in the order of the text; the same as facts for the record."""
    settlements = settlements_of(choice)
    rows = [
        fates.KeptBracket(
            draft_id=entry.draft.id, version=number, ordinal=ordinal, reason=met.reason, base=met.base,
            clause_id=met.clause_id if met.clause_id in on_table.text.law else None,
            sides=[{"text": side.text, "amendments": sorted(map(number_of, side.amendments))} for side in met.sides],
        )
        for ordinal, met in enumerate(met for met in merged.collisions if settlements[met.key].bracket)
    ]  # fmt: skip
    fates.add_all(session, rows)
    return [{"clause": row.clause_id, "reason": row.reason, "base": row.base, "sides": row.sides} for row in rows]
