"""Collisions side by side: each party's words and reasons, counter-texts with what was answered, how it is settled."""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.diff import diff
from app.domain.merge import Collision, Side
from app.services.amending import Table
from app.services.choosing import Choice, Settled
from app.services.merged_lines import Lines, proposers
from app.services.pages_amendment import AnswerLine, OtherLine
from app.services.pages_bench import CollisionLine, SideLine
from app.store.amendments import number_of
from app.store.counter_texts import Answer

Answers = Mapping[int, Sequence[Answer]]
"""What was answered to every counter-text, by its number."""
UNSETTLED = Settled("")


def collision_line(met: Collision, choice: Choice, on_table: Table, lines: Lines, answers: Answers) -> CollisionLine:
    """One collision as the facilitator's choice leaves it."""
    clause = on_table.text.law.get(met.clause_id)
    body = clause.body if clause is not None and met.reason == "words" else ""
    settled = choice.settlements.get(met.key, UNSETTLED)
    sides = [_side(side, met.base, lines, answers) for side in met.sides]
    return CollisionLine(
        met.key,
        met.clause_id if clause is not None else "",
        on_table.text.cited.get(met.clause_id, ""),
        met.base,
        body[: met.start],
        body[met.end :],
        met.reason,
        (*sides, *_offered(met, sides, choice, on_table, lines, answers)),
        settled.choice,
        settled.own_words,
        settled.also,
        clause.label if clause is not None else "",
    )


def _side(side: Side, base: str, lines: Lines, answers: Answers) -> SideLine:
    numbers = tuple(sorted(number_of(key) for key in side.amendments))
    reasons = tuple((number, lines[number].rationale) for number in numbers)
    bridges = [number for number in numbers if lines[number].kind == "counter_text"]
    given = tuple(answer for number in bridges for answer in _answers(number, lines, answers))
    spans = diff(base.rstrip("\n"), side.text.rstrip("\n"))
    return SideLine(side.text, numbers, proposers(numbers, lines), spans, reasons, bool(bridges), given)


def _offered(
    met: Collision, sides: Sequence[SideLine], choice: Choice, on_table: Table, lines: Lines, answers: Answers
) -> Iterator[SideLine]:
    """Counter-texts that would bridge one of the sides, change the same clauses, and were not chosen."""
    numbers = {number for side in sides for number in side.amendments}
    about = {change.clause_id for number in numbers for change in lines[number].changes} | {met.clause_id}
    for number in sorted({one for other in numbers for one in lines[other].bridged_by}):
        line = lines.get(number)
        if line is None or number in choice.amendments or number not in on_table.mergeable:
            continue
        changes = [change for change in line.changes if change.clause_id in about]
        if changes:
            here = next((change for change in changes if change.clause_id == met.clause_id), changes[0])
            yield SideLine(
                here.after, (number,), proposers((number,), lines), here.spans, ((number, line.rationale),), True,
                tuple(_answers(number, lines, answers)), offered=True,
            )  # fmt: skip


def _answers(number: int, lines: Lines, answers: Answers) -> Iterator[AnswerLine]:
    for one in answers.get(number, ()):
        line = lines.get(one.number)
        if line is not None and (one.answer is not None or line.state != "withdrawn"):
            other = OtherLine(line.number, line.institution, line.title, line.state)
            yield AnswerLine(other, one.answer, one.reason, one.at)
