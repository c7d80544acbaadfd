"""A law ten times as long as the Code civil, every number in it its own, and what the next version changes in the first
of the ten."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from app.domain.clauses import Clause
from app.domain.deriving import amendment_from
from app.domain.edits import Amendment, Edit, InsertClauses, MoveClause, ReplaceWords
from app.domain.labels import roman_value
from app.domain.merge import merge
from app.domain.reading import parse
from tests.bench.law_core import CODE_CIVIL
from tests.shared import text_of

LONGER, COUNT = 10, 500
OLD, NEW = CODE_CIVIL / "v0004.md", CODE_CIVIL / "v0005.md"
"""A reform with everything in it: words, new and deleted clauses, moves, other numbers."""
_ARTICLE = re.compile(r"^(#+ Article )(\d+)", re.MULTILINE)
_BOOK = re.compile(r"^(## Livre )(Ier|[IVX]+)(?= )", re.MULTILINE)
_TENS, _ONES = ("", "X", "XX", "XXX", "XL", "L"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def ten_times(text: str) -> str:
    """The law and nine more behind it, whose articles and books go on to count."""
    head, body = text.split("\n", 1)
    return "\n".join([head, *(_counted_on(body, copy) for copy in range(LONGER))])


def _counted_on(body: str, copy: int) -> str:
    if not copy:
        return body
    body = _ARTICLE.sub(lambda found: f"{found[1]}{int(found[2]) + 10_000 * copy}", body)
    return _BOOK.sub(lambda found: found[1] + _roman(roman_value(found[2].removesuffix("er")) + 5 * copy), body)


def _roman(number: int) -> str:
    return _TENS[number // 10] + _ONES[number % 10]


@cache
def reform() -> tuple[tuple[Clause, ...], tuple[tuple[Edit, ...], ...], tuple[Clause, ...]]:
    """The old version, 500 amendments by the places of its clauses, and the next version, which they make together."""
    old, new = parse(text_of(OLD)).clauses, parse(text_of(NEW)).clauses
    law = {str(at): clause for at, clause in enumerate(old)}
    found = _taken_apart(law, amendment_from("A", law, new).edits)
    twice = [edits for edits in found if len(edits) == 1 and isinstance(edits[0], ReplaceWords)]
    return old, (*found, *twice[: COUNT - len(found)]), new  # some are proposed by two


def _taken_apart(law: dict[str, Clause], edits: Sequence[Edit]) -> tuple[tuple[Edit, ...], ...]:
    """A reform as many amendments: an edit each, but those that would collide alone go together."""
    of = list(range(len(edits)))  # the amendment of each edit
    while True:
        groups = {
            number: tuple(e for e, mine in zip(edits, of, strict=True) if mine == number) for number in sorted(of)
        }
        met = merge(law, [Amendment(str(number), group) for number, group in groups.items()]).collisions
        if not met:
            return tuple(groups.values())
        for collision in met:
            together = {of[int(key)] for side in collision.sides for key in side.amendments}
            of = [min(together) if number in together else number for number in of]


def numbered(groups: Sequence[tuple[Edit, ...]]) -> list[Amendment]:
    return [Amendment(f"A{number}", edits) for number, edits in enumerate(groups, 1)]


def named(edits: Iterable[Edit], ids: Sequence[str]) -> tuple[Edit, ...]:
    """The same edits to clauses that have other ids than their places."""
    return tuple(_named(edit, ids) for edit in edits)


def _named(edit: Edit, ids: Sequence[str]) -> Edit:
    if isinstance(edit, InsertClauses | MoveClause) and edit.after is not None:
        edit = replace(edit, after=ids[int(edit.after)])
    return edit if isinstance(edit, InsertClauses) else replace(edit, clause_id=ids[int(edit.clause_id)])
