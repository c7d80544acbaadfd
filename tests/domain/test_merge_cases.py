"""Merging as a lawyer expects it: the cases in tests/cases/merge, each in every order of its amendments."""

import re
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

import pytest

from app.domain.clauses import Clause, write
from app.domain.collisions import Settlement
from app.domain.edits import (
    Amendment,
    DeleteClause,
    Edit,
    InsertClauses,
    MoveClause,
    Relabel,
    ReplaceWords,
    RestateClause,
)
from app.domain.indexed import Index, indexed
from app.domain.merge import Merged, merge
from app.domain.reading import parse
from app.domain.tree import Tree

FOLDER = Path(__file__).parents[1] / "cases/merge"
Law = dict[str, Clause]


@dataclass
class Case:
    """A title, amendments as lines, a settlement, and what is expected."""

    title: str
    law: Law
    index: Index
    amendments: dict[str, list[Edit]] = field(default_factory=dict)
    settlement: Settlement | None = None
    expected: list[str] = field(default_factory=list)


def cases() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.md")) for case in read(path.read_text())]


def read(text: str) -> list[Case]:
    base = re.search(r"~~~~ law\n(.*?)~~~~", text, re.DOTALL)
    assert base is not None
    law = {clause.address: clause for clause in parse(base[1]).clauses}
    index = indexed(law)  # shared by all cases of a file: no merge may change it
    found = []
    for part in text[base.end() :].split("\n## ")[1:]:
        title, *lines = [line for line in part.splitlines() if line.strip()]
        case = Case(title, law, index)
        for line in lines:
            take(case, line)
        found.append(case)
    return found


def take(case: Case, line: str) -> None:
    word, _, rest = line.partition(" ")
    if re.fullmatch(r"A\d", word):
        place = ""
        for deed in rest.split("; "):
            address = re.match(r"(\w[\w-]*) (?=replace|insert “|delete “|restate)", deed)
            place = address[1] if address else place
            case.amendments.setdefault(word, []).append(
                edit(case.law, place, deed.removeprefix(address[0] if address else ""))
            )
    elif word == "settle":
        case.settlement = settlement(rest)
    else:
        case.expected.append(line)


def quoted(deed: str) -> list[str]:
    return re.findall(r"“(.*?)”", deed)


def edit(law: Law, place: str, deed: str) -> Edit:
    words = quoted(deed)
    if deed.startswith("replace"):
        return ReplaceWords(place, law[place].body.index(words[0]), words[0], words[1])
    if deed.startswith("delete “"):
        return ReplaceWords(place, law[place].body.index(words[0]), words[0], "")
    if deed.startswith("insert “"):
        at = law[place].body.index(words[1])
        return ReplaceWords(place, at if "” before “" in deed else at + len(words[1]), "", words[0])
    if deed.startswith("restate"):
        return RestateClause(place, law[place].body, words[0])
    verb, *others = deed.split(" “", maxsplit=1)[0].split()
    if verb == "insert":
        return InsertClauses(others[1], words[0] + "\n\n", "inside" if others[0] == "inside" else "after")
    if verb == "move":
        return MoveClause(others[0], others[2], "inside" if others[1] == "inside" else "after")
    if verb == "number":
        lead = law[others[0]].lead
        return Relabel(others[0], lead, lead.replace(law[others[0]].label, words[0]))
    assert verb == "delete"
    return DeleteClause(others[0], write(law[below] for below in Tree(law).below(others[0])))


def settlement(rest: str) -> Settlement:
    if rest.startswith("own"):
        return Settlement(words=quoted(rest)[0])
    if rest == "bracket":
        return Settlement(bracket=True)
    if rest == "base":
        return Settlement()
    first, *others = rest.split()
    return Settlement(first, also=tuple(others))


def merged(case: Case, order: tuple[str, ...]) -> Merged:
    amendments = [Amendment(key, tuple(case.amendments[key])) for key in order]
    met = merge(case.law, amendments)
    same(merge(case.law, amendments, index=case.index), met)
    if case.settlement is None:
        return met
    assert len(met.collisions) == 1
    settled = {met.collisions[0].key: case.settlement}
    result = merge(case.law, amendments, settled)
    same(merge(case.law, amendments, settled, index=case.index), result)
    return result


def same(one: Merged, other: Merged) -> None:
    """With and without an index: the same clauses in the same order, and the same law."""
    assert one == other
    assert one.clauses == other.clauses
    assert list(one.amended.items()) == list(other.amended.items())
    assert one.amended.keys() == other.amended.keys()
    assert len(one.amended) == len(list(one.amended))


def collision_lines(result: Merged, case: Case) -> list[str]:
    """In full for words, with the names of the sides for whole clauses."""
    lines = []
    for met in result.collisions:
        sides = [(" ".join(side.amendments), side.text.strip("\n")) for side in met.sides]
        where = case.law[met.clause_id].address
        if met.reason == "words" or (met.reason == "insertion" and not any("move" in str(e) for e in met.sides)):
            lines.append(
                f"collision {met.reason} {where} “{met.base}”: "
                + " | ".join(f"{keys} “{text}”" for keys, text in sides)
            )
        lines.append(f"collision {met.reason} {where}: " + " | ".join(keys for keys, _ in sides))
    return lines


def holds(result: Merged, case: Case, line: str) -> bool:
    word, _, rest = line.partition(" ")
    found = {merged.id: merged for merged in result.clauses}
    if word == "=":
        address, _, body = rest.partition(": ")
        return found[address].clause.body == body
    if word == "by":
        address, _, keys = rest.partition(": ")
        return found[address].amendments == tuple(keys.split())
    if word == "gone":
        return rest not in found and rest in result.removed
    if word == "fate":
        key, fate = rest.split()
        return result.fates[key].value == fate
    if word == "labels:":
        return rest == " | ".join(c.clause.label for c in result.clauses if c.clause.label)
    if word == "bodies:":
        return rest == " | ".join(c.clause.body for c in result.clauses)
    if line.startswith("bodies end: "):
        return " | ".join(c.clause.body for c in result.clauses).endswith(line.removeprefix("bodies end: "))
    if line == "no collision":
        return result.collisions == ()
    assert word == "collision", line
    return line in collision_lines(result, case)


CASES = cases()


def test_there_are_at_least_eighty_cases() -> None:
    assert len(CASES) >= 80
    assert len({case.title for case in CASES}) == len(CASES)
    assert all(case.expected for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_amendments_merge_as_a_lawyer_expects(case: Case) -> None:
    for order in permutations(case.amendments):
        result = merged(case, order)
        assert [line for line in case.expected if not holds(result, case, line)] == [], (order, collision_lines(result, case), [
            (c.clause.label, c.clause.body) for c in result.clauses], result.fates)  # fmt: skip
        said = [line for line in case.expected if line.startswith("collision")]
        assert case.settlement is not None or len(said) == len(result.collisions)
        assert sum(length for c in result.clauses for length, _ in c.origins) == sum(
            len(c.clause.body) for c in result.clauses
        )
