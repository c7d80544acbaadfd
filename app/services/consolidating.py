"""Consolidating: chosen amendments merged into the next version, collisions settled by a person, nothing guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.diff import diff
from app.domain.edits import Amendment
from app.domain.errors import Invalid, Outdated, Unstorable
from app.domain.lifecycle import State, check_step
from app.domain.merge import Collision, Fate, Merged, MergedClause, Settlement, merge
from app.domain.permissions import Action, check_can
from app.domain.provenance import issued, part
from app.domain.rebase import Carried, carry_all
from app.services import showing
from app.services.amending import Table, table
from app.services.carrying import carry_open_amendments
from app.services.pages import (
    AmendmentLine,
    BenchLine,
    CollisionLine,
    ConsolidationPage,
    InstitutionMark,
    MergedLine,
    SideLine,
    TracedSpan,
)
from app.services.showing import Marks
from app.store import amendments, events, versions
from app.store.amendments import key_of, number_of
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


@dataclass(frozen=True, slots=True)
class Settled:
    """How a collision is settled: `base`, `own` (with `own_words`), or the number of a side's amendment."""

    choice: str
    own_words: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the facilitator chose: amendments by number, settlements by the collision's key."""

    amendments: frozenset[int]
    settlements: Mapping[str, Settled]


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


def bench(
    session: Session, *, slug: str, choice: Choice | None, user_id: int | None, language: str
) -> ConsolidationPage:
    """What the chosen amendments make of the latest version. Raises NoSuchDraft, RoleMayNot, UnusableSettlement."""
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    institutions = showing.institution_marks(session, language)
    on_table = table(session, entry, institutions)
    choice = choice or Choice(frozenset(), {})
    chosen = [on_table.mergeable[number] for number in sorted(choice.amendments) if number in on_table.mergeable]
    merged = _merge(on_table, chosen, choice)
    draft = showing.draft_head(session, entry, institutions)
    lines = {line.number: line for line in on_table.lines}
    collisions = tuple(_collision_line(collision, choice, on_table, lines) for collision in merged.collisions)
    return ConsolidationPage(
        draft,
        draft.latest,
        tuple(
            BenchLine(line, line.number in choice.amendments, _fate_of(merged, line.number))
            for line in on_table.lines
            if line.number in on_table.mergeable
        ),
        _merged_lines(merged, on_table, lines),
        collisions,
        sum(1 for collision in collisions if not collision.settled),
        _needing_author(on_table, merged, choice),
    )


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
    merged = _merge(on_table, [on_table.mergeable[number] for number in sorted(choice.amendments)], choice)
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


def _merge(on_table: Table, chosen: Sequence[Amendment], choice: Choice) -> Merged:
    settlements = {key: _settlement(settled) for key, settled in choice.settlements.items()}
    return merge(on_table.text.law, chosen, settlements, {one.id: one.origins for one in on_table.stored})


def _settlement(settled: Settled) -> Settlement:
    if settled.choice == "base":
        return Settlement()
    if settled.choice == "own":
        return Settlement(words=settled.own_words.replace("\r\n", "\n"))
    return Settlement(amendment=f"A{settled.choice}")


def _fate_of(merged: Merged, number: int) -> str:
    fate = merged.fates.get(key_of(number))
    return fate.value if fate else ""


def _needing_author(on_table: Table, merged: Merged, choice: Choice) -> tuple[int, ...]:
    """Open amendments that were not chosen and could not be carried onto the merged text."""
    if not choice.amendments:
        return ()
    rest = [on_table.mergeable[number] for number in sorted(set(on_table.mergeable) - choice.amendments)]
    carried = carry_all(rest, on_table.text.law, merged.amended)
    return tuple(number_of(c.amendment.key) for c in carried if c.outcome is Carried.NEEDS_AUTHOR)


def _collision_line(
    collision: Collision, choice: Choice, on_table: Table, lines: Mapping[int, AmendmentLine]
) -> CollisionLine:
    clause = on_table.text.law.get(collision.clause_id)
    body = clause.body if clause is not None and collision.reason == "words" else ""
    settled = choice.settlements.get(collision.key)
    return CollisionLine(
        collision.key,
        collision.clause_id,
        on_table.text.cited.get(collision.clause_id, ""),
        collision.base,
        body[: collision.start],
        body[collision.end :],
        collision.reason,
        tuple(_side_line(side.text, side.amendments, collision.base, lines) for side in collision.sides),
        settled.choice if settled else "",
        settled.own_words if settled else "",
    )


def _side_line(text: str, keys: Sequence[str], base: str, lines: Mapping[int, AmendmentLine]) -> SideLine:
    numbers = tuple(sorted(number_of(key) for key in keys))
    marks = tuple(mark for number in numbers if (mark := lines[number].institution) is not None)
    reasons = tuple((number, lines[number].rationale) for number in numbers)
    return SideLine(text, numbers, marks, diff(base, text), reasons)


def _merged_lines(merged: Merged, on_table: Table, lines: Mapping[int, AmendmentLine]) -> tuple[MergedLine, ...]:
    """The clauses that differ from the base, deleted ones first where they stood, with who brought each word."""
    institutions: Marks = {n: line.institution for n, line in lines.items() if line.institution is not None}
    cited = showing.citations([clause.clause for clause in merged.clauses])
    found = [
        _merged_line(clause, human, on_table, institutions)
        for clause, human in zip(merged.clauses, cited, strict=True)
        if clause.changed
    ]
    for clause_id, keys in merged.removed.items():
        numbers = tuple(number_of(key) for key in keys)
        span = TracedSpan("-", on_table.text.law[clause_id].body, numbers, _marks(numbers, institutions))
        label = on_table.text.law[clause_id].label
        found.append(MergedLine(clause_id, on_table.text.cited[clause_id], "deleted", label, (span,)))
    order = on_table.text.order
    after = {clause.id: at for at, clause in enumerate(merged.clauses)}
    return tuple(sorted(found, key=lambda line: order.get(line.clause_id, after.get(line.clause_id, 0))))


def _merged_line(merged: MergedClause, human: str, on_table: Table, institutions: Marks) -> MergedLine:
    before = on_table.text.law.get(merged.id)
    kind = "inserted" if before is None else "edited"
    spans: list[TracedSpan] = []
    at = 0
    for span in diff(before.body if before else "", merged.clause.body):
        if span.op == "-":
            spans.append(TracedSpan("-", span.text, (), ()))
            continue
        for length, origin in part(merged.origins, at, at + len(span.text)):
            numbers = tuple(number_of(key) for key in origin.amendments) if span.op == "+" else ()
            spans.append(
                TracedSpan(span.op, merged.clause.body[at : at + length], numbers, _marks(numbers, institutions))
            )
            at += length
    return MergedLine(merged.id, human, kind, merged.clause.label, tuple(spans))


def _marks(numbers: Sequence[int], institutions: Marks) -> tuple[InstitutionMark, ...]:
    return tuple(dict.fromkeys(institutions[number] for number in numbers if number in institutions))
