"""Consolidating: chosen amendments merged into the next version, collisions settled by a person, nothing guessed."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.domain.diff import diff
from app.domain.merge import Collision, Merged, MergedClause
from app.domain.permissions import Action, check_can
from app.domain.provenance import part
from app.domain.rebase import Carried, carry_all
from app.services import showing
from app.services.amending import Table, table
from app.services.choosing import Choice, merge_chosen
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
from app.store.amendments import key_of, number_of


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
    merged = merge_chosen(on_table, chosen, choice)
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
