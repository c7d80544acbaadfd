"""Versions whose clauses are known by their ids: the same answers as a search, without searching."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clauses import Clause
from app.domain.compare import Change, ChangeKind, compare
from app.domain.edits import Law
from app.domain.known import compare_known
from app.domain.reading import parse
from tests.shared import LAWS, needs_laws, text_of

LAW = """### Article 1. Aim

1. The Office shall register every allegation within 24 hours of its receipt and shall inform the prosecutor thereof.

2. Refusal to register an allegation is not permitted in any case.

### Article 2. Fee

1. No fee shall be charged and no form shall be compulsory.
"""


def known_as(old: tuple[Clause, ...], new: tuple[Clause, ...]) -> tuple[Law, Law]:
    """Both texts by ids, the same id where a search finds the same clause."""
    ids = {change.new: f"c{change.old}" for change in compare(old, new).changes if change.old is not None}
    return (
        {f"c{at}": clause for at, clause in enumerate(old)},
        {ids.get(at, f"n{at}"): clause for at, clause in enumerate(new)},
    )


def sure(change: Change) -> Change:
    """A change without what a search says about its own certainty."""
    return change._replace(certainty=1.0, possible=())


def both(old: str, new: str) -> tuple[list[Change], list[Change]]:
    one, other = parse(old).clauses, parse(new).clauses
    known = compare_known(*known_as(one, other))
    return [sure(change) for change in compare(one, other).changes], list(known.changes)


LINES = st.lists(
    st.sampled_from(
        ["### Article 1", "### Article 2. Fee", "1. The same words as always stand here.", "2. Other words than before.",
         "1. The same words as always stand here. Other words than before.", "3. Other words than before and after.",
         "1) item;", "а) пункт;", "Text without a number.", "# Law"]
    ),
    max_size=12,
).map("\n\n".join)  # fmt: skip


@given(LINES, LINES)
def test_known_clauses_are_compared_as_a_search_compares_those_it_has_linked(old: str, new: str) -> None:
    searched, known = both(old, new)
    assert known == searched


@given(LINES, LINES)
def test_every_clause_of_both_texts_stands_once_and_differences_rebuild_them(old: str, new: str) -> None:
    one, other = known_as(parse(old).clauses, parse(new).clauses)
    changes = compare_known(one, other).changes
    assert sorted(c.old for c in changes if c.old is not None) == list(range(len(one)))
    assert [c.new for c in changes if c.new is not None] == list(range(len(other)))
    for change in changes:
        if change.spans and change.old is not None and change.new is not None:
            assert "".join(s.text for s in change.spans if s.op != "+") == list(one.values())[change.old].body
            assert "".join(s.text for s in change.spans if s.op != "-") == list(other.values())[change.new].body


@needs_laws
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_versions_of_real_laws_are_compared_as_a_search_compares_them(law: Path) -> None:
    """Only that a clause was split or joined is seen oftener: all of its neighbours are known."""
    files = sorted(law.glob("v*.md"))
    searched, known = both(text_of(files[-2]), text_of(files[-1]))
    otherwise = [(one, other) for one, other in zip(searched, known, strict=True) if one != other]
    assert len(otherwise) <= 1
    for one, other in otherwise:
        assert other.kind in (ChangeKind.SPLIT, ChangeKind.JOINED)
        assert one == other._replace(kind=one.kind, parts=())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": "1. One.", "b": "2. Two."}, {"b": "2. Two.", "a": "1. One."}, [("moved", "b")]),
        ({"a": "1. One."}, {"a": "2. One."}, [("renumbered", "a")]),
        ({"a": "1. One."}, {"b": "1. One."}, [("deleted", "a"), ("inserted", "b")]),
        ({"a": "1. One."}, {"a": "1. Something else entirely."}, [("edited", "a")]),
    ],
    ids=["moved", "renumbered", "another clause with the same words", "the same clause with no word in common"],
)
def test_the_ids_decide_and_not_the_words(
    old: dict[str, str], new: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    one, other = ({key: parse(text).clauses[0] for key, text in law.items()} for law in (old, new))
    ids = list(one), list(other)
    changes = [c for c in compare_known(one, other).changes if c.kind is not ChangeKind.KEPT]
    assert [(c.kind.value, ids[1][c.new] if c.new is not None else ids[0][c.old or 0]) for c in changes] == expected


def test_a_clause_whose_words_went_to_several_is_said_to_be_split_into_them() -> None:
    split = LAW.replace(
        "receipt and shall inform the prosecutor thereof.",
        "receipt.\n\n2. The Office shall inform the prosecutor thereof.",
    )
    split = split.replace("2. Refusal", "3. Refusal")
    one, other = parse(LAW).clauses, parse(split).clauses
    old = {f"c{at}": clause for at, clause in enumerate(one)}
    new = dict(zip(["c0", "c1", "new", "c2", "c3", "c4"], other, strict=True))
    found = [c for c in compare_known(old, new).changes if c.kind is not ChangeKind.KEPT]
    assert [(c.kind.value, c.old, c.new, c.parts) for c in found] == [
        ("split", 1, 1, (2,)), ("inserted", None, 2, ()), ("renumbered", 2, 3, ())
    ]  # fmt: skip
    back = [c for c in compare_known(new, old).changes if c.kind is not ChangeKind.KEPT]
    assert [(c.kind.value, c.old, c.new, c.parts) for c in back] == [
        ("joined", 1, 1, (2,)), ("deleted", 2, None, ()), ("renumbered", 3, 2, ())
    ]  # fmt: skip
