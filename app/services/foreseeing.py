"""What issuing a chosen text would bring, told before it is done."""

from collections.abc import Iterable, Iterator

from app.domain.consequences import Dangling, Misnumbered, consequences
from app.domain.lifecycle import State
from app.domain.merge import Merged
from app.domain.rebase import Carried, carry_all
from app.domain.references import Unresolved
from app.services.amended_text import AmendedText
from app.services.amending import Table
from app.services.choosing import BRACKET, Choice, chosen_of
from app.services.kept import Kept
from app.services.merged_lines import Lines
from app.services.pages_bench import Bond, Foreseen, InText, KeptBracket, LabelLine, NumberLine, ReferenceLine
from app.services.renumbered import Made, made_of
from app.store.amendments import number_of

SHORT = 2000
"""Clauses of a law whose references and numbers are looked through without being asked."""
_KEPT: Kept[InText] = Kept(16)


def foresee(on_table: Table, merged: Merged, choice: Choice, lines: Lines, language: str, *, asked: bool) -> Foreseen:
    """Nothing where nothing was chosen. What it brings in the text is looked for where it was `asked`, or is quick."""
    if not choice.amendments:
        return Foreseen()
    quick = len(on_table.text.law) < SHORT
    return Foreseen(
        tuple(_bonds(choice, lines)),
        tuple(_carried(on_table, merged, choice)),
        tuple(_brackets(on_table, merged, choice)),
        _in_text(on_table, merged, choice, language) if asked or quick else None,
    )


def _bonds(choice: Choice, lines: Lines) -> Iterator[Bond]:
    """What chosen amendments need that was not chosen, and what people say goes against each other."""
    decided = {State.ADOPTED.value, State.ADOPTED_IN_PART.value, State.SUPERSEDED.value}
    for number in sorted(choice.amendments & lines.keys()):
        for other in lines[number].depends_on:
            if other not in choice.amendments and lines[other].state not in decided:
                yield Bond(number, "depends_on", other, lines[other].state)
        for other in lines[number].conflicts_with:
            if other in choice.amendments and other > number:
                yield Bond(number, "conflicts_with", other, lines[other].state)


def _carried(on_table: Table, merged: Merged, choice: Choice) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Open amendments that were not chosen, by what becomes of them; those that need somebody first."""
    rest = [on_table.mergeable[number] for number in sorted(set(on_table.mergeable) - choice.amendments)]
    became: dict[Carried, list[int]] = {}
    for one in carry_all(rest, on_table.text.law, merged.amended, merged.standing):
        became.setdefault(one.outcome, []).append(number_of(one.amendment.key))
    for outcome in (Carried.NEEDS_AUTHOR, Carried.INCORPORATED, Carried.SHIFTED, Carried.UNCHANGED):
        if outcome in became:
            yield outcome.value, tuple(became[outcome])


def _brackets(on_table: Table, merged: Merged, choice: Choice) -> Iterator[KeptBracket]:
    for met in merged.collisions:
        settled = choice.settlements.get(met.key)
        if settled is not None and settled.choice == BRACKET:
            numbers = sorted({number_of(key) for side in met.sides for key in side.amendments})
            yield KeptBracket(met.key, on_table.text.cited.get(met.clause_id, ""), tuple(numbers))


def _in_text(on_table: Table, merged: Merged, choice: Choice, language: str) -> InText:
    """References and numbers, kept for the text, what was chosen of it and how that was settled."""
    settled = tuple(sorted((key, one.choice, one.own_words, one.also) for key, one in choice.settlements.items()))
    key = (on_table.issued.key, tuple(chosen_of(on_table, choice)), settled, choice.renumber, language)
    return _KEPT.get(key, lambda: _looked_through(on_table, merged, choice, language))


def _looked_through(on_table: Table, merged: Merged, choice: Choice, language: str) -> InText:
    made = made_of(merged, language, renumber=choice.renumber)
    text = AmendedText(merged, on_table)
    found = consequences(on_table.text.law, made.law, merged.removed, language)
    dangling = tuple(_dangling(found.dangling, text))
    told = {(line.clause_id, line.words) for line in dangling}
    left = (line for line in _unfollowed(made.unfollowed, text) if (line.clause_id, line.words) not in told)
    return InText(
        dangling,
        tuple(_numbers(found.numbering, text)),
        tuple(LabelLine(label.clause_id, label.old, label.new) for label in made.labels),
        tuple(left),
        _rewritten(made, text) if choice.renumber else 0,
    )


def _dangling(found: Iterable[Dangling], text: AmendedText) -> Iterator[ReferenceLine]:
    for one in found:
        led_to = text.base.cited.get(one.led_to or "", "")
        yield ReferenceLine(
            one.clause_id, text.cited(one.clause_id), one.words, led_to, "dangling", one.clause_id in text.base.law
        )


def _unfollowed(found: Iterable[Unresolved], text: AmendedText) -> Iterator[ReferenceLine]:
    for one in found:
        linked = one.clause_id in text.base.law
        yield ReferenceLine(one.clause_id, text.cited(one.clause_id), one.text, "", one.reason.value, linked)


def _numbers(found: Iterable[Misnumbered], text: AmendedText) -> Iterator[NumberLine]:
    for one in found:
        yield NumberLine(one.clause_id, text.cited(one.clause_id), one.problem.code, one.clause_id in text.base.law)


def _rewritten(made: Made, text: AmendedText) -> int:
    """The clauses whose references renumbering rewrites."""
    return sum(clause.clause.body != text.clause(clause_id).body for clause_id, clause in made.touched.items())
