"""What issuing a merged text would bring: citations that lead nowhere, and numbers that jump or stand twice.

Only what the change brings is told: a citation that led nowhere before, and a gap that was there before, are nobody's
doing now.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from app.domain.addresses import readdress
from app.domain.citations.cited import Cited, by_clause, cited_in
from app.domain.citations.consequential import partners
from app.domain.citations.languages import grammar_of
from app.domain.citations.targets import Units
from app.domain.clauses import Problem
from app.domain.edits import ClauseId, Law
from app.domain.numbering import backwards, duplicates, gaps


@dataclass(frozen=True, slots=True)
class Dangling:
    """Cited words of a clause of the result that lead nowhere, or to another clause than they did because that one is
    gone. `led_to` is the clause they led to in the base; None: they are new words."""

    clause_id: ClauseId
    start: int
    words: str
    led_to: ClauseId | None


@dataclass(frozen=True, slots=True)
class Misnumbered:
    """A number of the result that jumps, stands twice or stands behind a higher one, and did not in the base."""

    clause_id: ClauseId
    problem: Problem


@dataclass(frozen=True, slots=True)
class Consequences:
    dangling: tuple[Dangling, ...]
    numbering: tuple[Misnumbered, ...]


def consequences(law: Law, after: Law, removed: Collection[ClauseId] = (), language: str | None = None) -> Consequences:
    """What comes of a change. `removed`: the clauses it takes out; those of the law missing in `after` count anyway.

    Where no clause has another number, place or words, nothing is looked at.
    """
    gone = {*removed, *(clause_id for clause_id in law if clause_id not in after)}
    if not gone and len(law) == len(after) and all(law.get(one) == clause for one, clause in after.items()):
        return Consequences((), ())
    return Consequences(tuple(_dangling(law, after, gone, language)), tuple(_misnumbered(law, after)))


def _dangling(law: Law, after: Law, gone: Collection[ClauseId], language: str | None) -> Iterator[Dangling]:
    grammar = grammar_of(tuple(after.values()), language)
    if grammar is None:
        return
    old, new = Units(tuple(law.values()), grammar), Units(tuple(after.values()), grammar)
    old_ids, new_ids = list(law), list(after)
    places = {clause_id: at for at, clause_id in enumerate(old_ids)}
    before = by_clause(cited_in(old))
    for at, cited in by_clause(cited_in(new)).items():
        was = before.get(places.get(new_ids[at], -1), [])
        for one, partner in partners(old, was, new, cited):
            led = None if partner is None or partner.target is None else old_ids[partner.target]
            if _leads_nowhere(one, partner, led, gone):
                words = new.clauses[at].body[one.item.start : one.item.end]
                yield Dangling(new_ids[at], one.item.start, words, led)


def _leads_nowhere(one: Cited, partner: Cited | None, led: ClauseId | None, gone: Collection[ClauseId]) -> bool:
    """New words without a target; old ones that lost theirs, or whose unit is gone and its number another's now."""
    if partner is None:
        return one.target is None
    return led is not None and (one.target is None or led in gone)


def _misnumbered(law: Law, after: Law) -> Iterator[Misnumbered]:
    before = Counter((one.problem.code, one.clause_id) for one in _problems(law))
    for one in _problems(after):
        fact = (one.problem.code, one.clause_id)
        if before[fact]:
            before[fact] -= 1
        else:
            yield one


def _problems(law: Law) -> list[Misnumbered]:
    """Gaps, doubles and numbers that fall, in reading order."""
    clauses = readdress(law.values())
    ids = {clause.address: clause_id for clause_id, clause in zip(law, clauses, strict=True)}
    places = {clause_id: at for at, clause_id in enumerate(law)}
    found = [*duplicates(clauses), *gaps(clauses), *backwards(clauses)]
    problems = [Misnumbered(ids[problem.address], problem) for problem in found]
    return sorted(problems, key=lambda one: places[one.clause_id])
