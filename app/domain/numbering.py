"""Numbers that jump: gaps in the numbering of articles, and of paragraphs and items below one parent. Reported only."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.domain.addresses import Addresses, owns_numbering
from app.domain.clauses import Clause, Kind, Problem
from app.domain.labels import canonical, order_of, reach, roman_value

_NAMES = {Kind.ARTICLE: "article", Kind.PARAGRAPH: "paragraph", Kind.POINT: "point", Kind.SUBPOINT: "sub-point"}
_LEAVES = (Kind.INDENT, Kind.QUOTE, Kind.TABLE, Kind.CODE)
_SKIPPED_LETTERS = set("jkqvwxy")  # alphabets of law without them: Italian, Polish, Finnish


@dataclass(slots=True)
class _Parent:
    """A clause that is still open, and the last label of each series right below it."""

    depth: int
    owner: "_Parent | None"  # what numbers the articles below; None for the clause itself
    last: dict[tuple[Kind, str], str] = field(default_factory=dict)


def gaps(clauses: Iterable[Clause]) -> list[Problem]:
    """Numbers that jump by more than one, in document order."""
    found = (_gap(clause, before, runs_on) for clause, before, runs_on in _in_series(clauses))
    return [problem for problem in found if problem is not None]


def backwards(clauses: Iterable[Clause]) -> list[Problem]:
    """Numbers that are smaller than the one before them in their series, in document order."""
    return [
        Problem(
            "numbering_backwards",
            clause.address,
            f"After {_NAMES[clause.kind]} “{_short(before)}” comes the smaller “{_short(clause.label)}”.",
        )
        for clause, before, _ in _in_series(clauses)
        if before and _falls(before, clause.label)
    ]


def duplicates(clauses: Iterable[Clause]) -> list[Problem]:
    """Numbers that stand more than once, in document order."""
    addresses = Addresses()
    for clause in clauses:
        addresses.of(clause.kind, clause.depth, clause.label)
    return addresses.problems


def follows_in_alphabet(labels: Sequence[str]) -> bool:
    """Whether these letters run on from a, as some alphabets of law do without j, k, w, x, y."""
    letters = [canonical(label) for label in labels]
    return letters[0] == "a" and all(one < other and _next_letters(one, other) for one, other in pairwise(letters))


def _in_series(clauses: Iterable[Clause]) -> Iterator[tuple[Clause, str, str]]:
    """Every numbered clause with the label before it in its series, and the last one of its kind anywhere."""
    opened = [_Parent(-1, None)]  # the law itself
    running: dict[tuple[Kind, str], str] = {}
    for clause in clauses:
        if clause.kind in _LEAVES:
            continue
        while opened[-1].depth >= clause.depth:
            opened.pop()
        if clause.label and clause.kind in _NAMES:
            yield clause, *_before(clause, opened[-1], running)
        above = opened[-1]
        opened.append(_Parent(clause.depth, None if owns_numbering(clause) else above.owner or above))


def _before(clause: Clause, parent: _Parent, running: dict[tuple[Kind, str], str]) -> tuple[str, str]:
    key = (clause.kind, clause.label[:1] + clause.label[-1:] if clause.label[:1] == "(" else clause.label[-1:])
    if clause.kind is Kind.ARTICLE:
        parent = parent.owner or parent
        key = (Kind.ARTICLE, "")
    before = parent.last.get(key, "")
    parent.last[key] = clause.label
    runs_on, running[key] = running.get(key, ""), clause.label
    return before, runs_on


def _gap(clause: Clause, before: str, runs_on: str) -> Problem | None:
    name = _NAMES[clause.kind]
    if before:
        if _jumps(before, clause.label):
            sentence = f"After {name} “{_short(before)}” comes “{_short(clause.label)}”."
            return Problem("numbering_gap", clause.address, sentence)
    elif clause.kind is not Kind.ARTICLE and _begins_late(clause.label) and _jumps(runs_on or "0", clause.label):
        sentence = f"The numbering begins with {name} “{_short(clause.label)}”."
        return Problem("numbering_gap", clause.address, sentence)
    return None


def _falls(before: str, label: str) -> bool:
    one, other = canonical(before), canonical(label)
    if reach(before) is not None and reach(label) is not None:
        return order_of(other) < order_of(one)
    letters = len(one) == len(other) == 1 and one.islower() and other.islower()
    return letters and other < one and not {one, other} <= set("ivxlc")


def _short(label: str) -> str:
    return label if len(label) <= 60 else label[:59] + "…"


def _begins_late(label: str) -> bool:
    here = reach(label)
    return here is not None and here[0] > 1


def _jumps(before: str, label: str) -> bool:
    last, here = reach(before), reach(label)
    if last is not None and here is not None:
        if last[0] == here[0] and "." in label:
            return False
        return here[0] > last[1] + 1 and here[0] > _dotted_reach(before) + 1
    if last is None and here is None:
        return _letters_jump(canonical(before), canonical(label))
    return False


def _dotted_reach(label: str) -> int:
    """`5-7.` may be the seventh article inserted behind 5, or 5 to 7 repealed together: then 8 is no gap."""
    span = re.search(r"(\d{1,9})[-–](\d{1,9})", label)
    return int(span[2]) if span and int(span[2]) > int(span[1]) else 0


def _letters_jump(before: str, label: str) -> bool:
    """Whether one letter, read as a letter and as a Roman numeral, is not the next one."""
    if re.fullmatch(r"[IVXLC]+|[ivxlc]{2,}", before + label) or {before, label} <= set("ivx"):
        return roman_value(label.upper()) > roman_value(before.upper()) + 1 and not _next_letters(before, label)
    if len(before) == 1 and len(label) == 1 and before.isalpha() and label.isalpha():
        return not _next_letters(before, label)
    return False


def _next_letters(before: str, label: str) -> bool:
    if len(before) != 1 or len(label) != 1:
        return False
    between = {chr(code) for code in range(ord(before.lower()) + 1, ord(label.lower()))}
    return between <= _SKIPPED_LETTERS
