"""One version marked up against another: what came, what went, and what moved, where it stood."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.clauses import Clause
from app.domain.diff import Span
from app.domain.edits import Law
from app.domain.reading import parse
from app.domain.redline import redline

CLAUSE = next(c for c in parse("1. The Office shall act.\n").clauses if c.body)


def law(*clauses: tuple[str, str, str]) -> dict[str, Clause]:
    """Clauses as id, label, words."""
    return {name: CLAUSE._replace(label=label, body=body) for name, label, body in clauses}


def kinds(old: Law, new: Law) -> list[tuple[str, str]]:
    return [(line.kind, line.clause_id) for line in redline(old, new)]


def test_every_change_is_named_and_what_went_stands_where_it_stood() -> None:
    old = law(("a", "1.", "one"), ("b", "2.", "two"), ("c", "3.", "three"), ("d", "4.", "four"), ("e", "5.", "five"))
    new = law(("a", "1.", "one"), ("e", "5.", "five"), ("c", "2.", "three"), ("x", "3.", "new"), ("d", "4.", "4"))
    assert kinds(old, new) == [
        ("kept", "a"), ("moved", "e"), ("deleted", "b"), ("renumbered", "c"), ("inserted", "x"), ("edited", "d"),
        ("moved_away", "e"),
    ]  # fmt: skip
    lines = redline(old, new)
    assert lines[5].spans == (Span("-", "four"), Span("+", "4"))
    assert (lines[2].spans, lines[4].spans) == ((Span("-", "two"),), (Span("+", "new"),))


def test_a_version_does_not_differ_from_itself() -> None:
    one = law(("a", "1.", "one"), ("b", "2.", ""))
    assert kinds(one, one) == [("kept", "a"), ("kept", "b")]


def test_a_clause_may_change_its_words_with_its_number_or_its_place() -> None:
    old = law(("a", "1.", "one"), ("b", "2.", "two"), ("c", "3.", "three"))
    new = law(("c", "3.", "thirty"), ("a", "1.", "one"), ("b", "5.", "twenty"))
    assert kinds(old, new) == [
        ("moved_and_edited", "c"), ("kept", "a"), ("edited_and_renumbered", "b"), ("moved_away", "c"),
    ]  # fmt: skip


TEXTS = st.lists(st.sampled_from("abcdefgh"), unique=True).flatmap(
    lambda ids: st.tuples(*(st.tuples(st.just(id), st.just("1."), st.sampled_from(["one", "two"])) for id in ids))
)


@given(TEXTS, TEXTS)
def test_a_redline_holds_both_texts_in_their_order(
    before: tuple[tuple[str, str, str], ...], after: tuple[tuple[str, str, str], ...]
) -> None:
    old, new = law(*before), law(*after)
    lines = redline(old, new)
    arrived = ("inserted", "moved", "moved_and_edited")
    gone = ("deleted", "moved_away")
    assert [line.clause_id for line in lines if line.kind not in gone] == list(new)
    assert [line.clause_id for line in lines if line.kind not in arrived] == list(old)
    for line in lines:
        if line.kind not in gone and line.spans:
            assert "".join(span.text for span in line.spans if span.op != "-") == new[line.clause_id].body
