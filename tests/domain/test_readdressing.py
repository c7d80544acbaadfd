"""A merge with the law's index gives what the walk through the whole law gives: text, ids, addresses, origins."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clauses import Clause, write
from app.domain.edits import Amendment, DeleteClause, Edit, InsertClauses, MoveClause, Relabel, ReplaceWords
from app.domain.indexed import indexed
from app.domain.merge import MergedClause, merge
from app.domain.reading import parse
from app.domain.tree import Place, Tree
from tests.domain.test_merge_cases import same

LAW = """# Law

Preamble.

## Chapter 1. General

### Article 1. Aim

First.

Second.

1. One.

   1) a;

   2) b.

2. Two.

### Article 2. Terms

Text.

- an indent
- another

## Chapter

### Article 3. Fees

1. Fee.

1. Fee again.

### Article 2. Twin

Text.

# Annex 1

### Article 1. In the annex

Text.
"""
NEW = [
    "### Article 1-1. New\n\nText.\n\n1. Part.\n\n2. Part.\n\n",
    "### Article 2. New\n\nText.\n\n",
    "Only text.\n\n",
    "1. Part.\n\n   1) point;\n\n",
    "## Chapter 3. New\n\n### Article 9. New\n\nText.",
    "## Chapter\n\n",
    "# Annex 1\n\n### Article 1. Other\n\n",
    "   1) point without a line end",
]


def law(text: str) -> dict[str, Clause]:
    return {f"c{at}": clause for at, clause in enumerate(parse(text).clauses)}


def edit(draw: st.DrawFn, base: dict[str, Clause]) -> Edit:
    ids = list(base)
    one, other = draw(st.sampled_from(ids)), draw(st.sampled_from([None, *ids]))
    place: Place = draw(st.sampled_from(("after", "inside")))
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return InsertClauses(other, draw(st.sampled_from(NEW)), place)
    if kind == 1:
        return DeleteClause(one, write(base[below] for below in Tree(base).below(one)))
    if kind == 2 and (other is None or one not in Tree(base).path(other)):
        return MoveClause(one, other, place)
    lead = base[one].lead
    if kind == 3 and not base[one].label:
        return Relabel(one, lead, draw(st.sampled_from(["1. ", "2) ", "- 1. "])) + lead)
    if kind == 3:
        number = draw(st.sampled_from(["Article 1.", "Article 2.", "Article 7.", "2.", "Chapter 1.", "Annex 1", "1)"]))
        return Relabel(one, lead, lead.replace(base[one].label, number))
    return ReplaceWords(one, 0, "", "Word ")


@st.composite
def amended(draw: st.DrawFn) -> tuple[dict[str, Clause], list[Amendment]]:
    base = law(LAW)
    counts = draw(st.lists(st.integers(1, 3), max_size=4))
    return base, [
        Amendment(f"A{number}", tuple(edit(draw, base) for _ in range(count))) for number, count in enumerate(counts)
    ]


@settings(deadline=None, max_examples=100)
@given(amended())
def test_an_index_changes_nothing_in_the_result(case: tuple[dict[str, Clause], list[Amendment]]) -> None:
    base, amendments = case
    same(merge(base, amendments, index=indexed(base)), merge(base, amendments))


@settings(deadline=None, max_examples=100)
@given(amended())
def test_where_a_clause_stands_is_told_as_going_through_the_whole_result_would_tell_it(
    case: tuple[dict[str, Clause], list[Amendment]],
) -> None:
    base, amendments = case
    merged = merge(base, amendments)
    below: list[MergedClause] = []
    for clause in merged.clauses:
        while below and below[-1].clause.depth >= clause.clause.depth:
            below.pop()
        assert merged.whereabouts.above(clause.id) == (below[-1].id if below else None)
        below.append(clause)
    grown = Tree(dict(merged.amended))
    assert {id: merged.amended.tree.children[id] for id in grown.children} == grown.children
    assert {id: merged.amended.tree.parent[id] for id in grown.parent} == grown.parent
    spots = [merged.whereabouts.spot(clause.id) for clause in merged.clauses]
    assert spots == sorted(set(spots))


def test_the_index_of_a_read_law_tells_its_addresses() -> None:
    base = law(LAW)
    numbered = indexed(base).numbered
    assert numbered is not None
    assert {clause_id: name for clause_id, (name, _) in numbered.named.items()} == {
        clause_id: clause.address for clause_id, clause in base.items()
    }
