"""Cross-references inside a law: found, resolved, reported when their unit is gone, and followed when it is renumbered.

Only references to the law's own units are claimed; `Article 5 of the Constitution` is left alone. A list makes one
reference for each unit it names (`Articles 5`, `7 and …`), so that spans never overlap. *This Article* alone is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.citations.cited import Cited, by_clause, cited_in
from app.domain.citations.consequential import Reason, Unresolved, consequential, partners, unresolved
from app.domain.citations.languages import grammar_of
from app.domain.citations.targets import Unclear, Units
from app.domain.citations.words import ARTICLE
from app.domain.clauses import Clause
from app.domain.compare import ChangeKind, Comparison

__all__ = [
    "NumberAt",
    "Reason",
    "Reference",
    "Unresolved",
    "consequential",
    "dangling",
    "find",
    "newly_dangling",
    "unresolved",
]


@dataclass(frozen=True, slots=True)
class NumberAt:
    """A number of a citation: its characters in the body, and the address of the unit it names (None: no such unit)."""

    start: int
    end: int
    address: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """One unit of the law named in the body of the clause at position `clause`.

    `start` and `end` are characters of that body; `text` is what stands there: the whole citation, of a list its part.
    `target` is the address of the innermost unit named, None when the law has no such unit. `numbers` are the numbers
    inside the span; those a list shares stand in its first or last reference.
    """

    clause: int
    start: int
    end: int
    text: str
    target: str | None
    numbers: tuple[NumberAt, ...]


def find(clauses: Sequence[Clause], language: str | None = None) -> tuple[Reference, ...]:
    """Every reference of a law to its own units, in reading order. Without a language it is told from the text."""
    units = _units(clauses, language)
    return tuple(_reference(clauses, cited) for cited in cited_in(units)) if units else ()


def dangling(clauses: Sequence[Clause], language: str | None = None) -> tuple[Reference, ...]:
    """The references to units that this law does not have."""
    return tuple(reference for reference in find(clauses, language) if reference.target is None)


def newly_dangling(
    old: Sequence[Clause], new: Sequence[Clause], comparison: Comparison, language: str | None = None
) -> tuple[Reference, ...]:
    """The references of the new text whose unit the change deleted, `target` None also where another unit has taken
    its number since."""
    before, after = _units(old, language), _units(new, language)
    if before is None or after is None:
        return ()
    deleted = {change.old for change in comparison.changes if change.kind is ChangeKind.DELETED}
    stood = {change.new: change.old for change in comparison.changes if change.old is not None}
    cited_before = by_clause(cited_in(before))
    found: list[Reference] = []
    for at, cited in by_clause(cited_in(after)).items():
        was = stood.get(at)
        pairs = partners(before, cited_before.get(was, []) if was is not None else [], after, cited)
        found += [
            replace(_reference(new, one), target=None)
            for one, partner in pairs
            if _meant(before, one, partner) in deleted
        ]
    return tuple(found)


def _meant(before: Units, cited: Cited, partner: Cited | None) -> int | None:
    """The clause of the old text that a citation means: that of the same words there; for new words that lead nowhere
    now, the one they would have led to."""
    if partner is not None:
        return partner.target
    step = cited.item.steps[0]
    if cited.target is not None or step.number is None or step.unit.level > ARTICLE.level:
        return None
    try:
        return before.places(cited.item.steps, 0)[-1].clause
    except Unclear:
        return None


def _units(clauses: Sequence[Clause], language: str | None) -> Units | None:
    grammar = grammar_of(clauses, language)
    return Units(clauses, grammar) if grammar else None


def _reference(clauses: Sequence[Clause], cited: Cited) -> Reference:
    start, end = cited.item.start, cited.item.end
    target = None if cited.target is None else clauses[cited.target].address
    return Reference(cited.clause, start, end, clauses[cited.clause].body[start:end], target, _numbers(clauses, cited))


def _numbers(clauses: Sequence[Clause], cited: Cited) -> tuple[NumberAt, ...]:
    leads: Mapping[int, int | None] = {id(place.step): place.clause for place in cited.places}
    numbers = [
        NumberAt(step.number.start, step.number.end, None if at is None else clauses[at].address)
        for step in cited.item.steps
        if step.number is not None and cited.item.start <= step.number.start and step.number.end <= cited.item.end
        for at in (leads.get(id(step)),)
    ]
    return tuple(sorted(numbers, key=lambda number: number.start))
