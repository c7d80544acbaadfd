"""Insertions, moves and deletions carried onto a version in which clauses came, went and moved around their place."""

import pytest

from app.domain.clauses import Clause, Kind
from app.domain.edits import Amendment, DeleteClause, Edit, InsertClauses, MoveClause, Respace
from app.domain.rebase import Carried, carry

LEVELS = {"#": (Kind.ARTICLE, 0), "=": (Kind.PARAGRAPH, 1), "-": (Kind.POINT, 2)}
OLD = "#1 =a1 =b2 =c3 #2 =d1 -e1 -f2"
AFTER_B = InsertClauses("b", "2-1. New.\n\n")
PLAIN = InsertClauses("b", "New without a number.\n\n")
FIRST = InsertClauses("#1", "1. New.\n\n", "inside")
MOVE_A = MoveClause("a", "c")
AWAY = MoveClause("b", "d")


def law(outline: str) -> dict[str, Clause]:
    """`#1` is article 1; `=b2` is paragraph 2, known as b, `-f2` a point in it."""
    found = {}
    for word in outline.split():
        kind, depth = LEVELS[word[0]]
        name, number = (word, word[1:]) if word[0] == "#" else (word[1], word[2:])
        lead = {"#": f"### Article {number}. ", "=": f"{number}. ", "-": f"{number}) "}[word[0]]
        words = "New" if name == "n" else f"Words of {name}"
        found[name] = Clause(kind, depth, lead.strip("# ").strip(), name, lead, f"{words}.", "\n\n")
    return found


@pytest.mark.parametrize(
    ("edit", "new", "outcome", "after"),
    [
        (AFTER_B, OLD, Carried.UNCHANGED, "b"),
        (AFTER_B, "#1 =b2 =c3 #2 =d1 -e1 -f2", Carried.UNCHANGED, "b"),  # others went
        (AFTER_B, "#1 =a1 =x1-1 =b2 =c3 =y4 #2 =d1", Carried.UNCHANGED, "b"),  # others came, elsewhere
        (AFTER_B, "#1 =a1 =b2 =n2-1 =c3 #2 =d1", Carried.INCORPORATED, "b"),
        (AFTER_B, "#1 =a1 =b2 =c3 #2 =d1 =n2-1", Carried.UNCHANGED, "b"),  # the same words elsewhere
        (AFTER_B, "#1 =a1 =b2 =x2-2 =c3", Carried.UNCHANGED, "b"),
        (AFTER_B, "#1 =a1 =b2 =x2-0 =y2-2 =c3", Carried.SHIFTED, "x"),
        (AFTER_B, "#1 =a1 =b2 =x2-1 =c3", Carried.NEEDS_AUTHOR, "the same number"),
        (AFTER_B, "#1 =a1 =b2 =x2-9 =y2-0 =c3", Carried.NEEDS_AUTHOR, "no order"),
        (AFTER_B, "#1 =a1 =c3 #2 =d1", Carried.SHIFTED, "a"),
        (AFTER_B, "#1 =a1 =c3 =b2 #2 =d1", Carried.UNCHANGED, "b"),  # b or c moved: b is what was named
        (AFTER_B, "#1 =a1 =c3 #2 =b2 =d1", Carried.SHIFTED, "a"),
        (PLAIN, "#1 =a1 =b2 =x2-2 =c3", Carried.NEEDS_AUTHOR, "nothing says which comes first"),
        (AFTER_B, "#1 =b2 =a3 =c4", Carried.UNCHANGED, "b"),
        (PLAIN, "#1 =b2 =a3 =c4", Carried.NEEDS_AUTHOR, "a was moved to this place"),
        (FIRST, "#2 =d1 #1 =a1 =b2", Carried.UNCHANGED, "#1"),  # inside an article it goes along
        (FIRST, "#1 =x2 =a3 =b4", Carried.UNCHANGED, "#1"),
        (FIRST, "#1 =x1 =a2 =b3", Carried.NEEDS_AUTHOR, "the same number"),
        (FIRST, "#2 =d1", Carried.NEEDS_AUTHOR, "the article is gone"),
        (MOVE_A, OLD, Carried.UNCHANGED, "c"),
        (MOVE_A, "#1 =b2 =c3 =a1 #2 =d1", Carried.INCORPORATED, "c"),
        (MOVE_A, "#1 =b2 =c3 #2 =d1 =a1", Carried.NEEDS_AUTHOR, "a moved elsewhere"),
        (MOVE_A, "#1 =a1 =b2 #2 =d1 =c3", Carried.SHIFTED, "b"),
        (MOVE_A, "#1 =a1 =b2 =c3 =x0 #2", Carried.SHIFTED, "x"),
        (AWAY, "#1 =a1 =c3 #2 =d1 -e1 -f2 =b2", Carried.INCORPORATED, "d"),
        (AWAY, "#1 =a1 =b2 -e1 =c3 #2 =d1 -f2", Carried.UNCHANGED, "d"),
        (MoveClause("#1", "#2"), "#1 =a1 #2 =d1", Carried.UNCHANGED, "#2"),
        (MoveClause("b", "d", "inside"), "#1 =a1 =b2 -d1 =c3 #2", Carried.NEEDS_AUTHOR, "d is in b now"),
    ],
)
def test_a_clause_comes_to_the_same_place_or_its_author_is_asked(
    edit: InsertClauses | MoveClause, new: str, outcome: Carried, after: str
) -> None:
    carried = carry(Amendment("A1", (edit,)), law(OLD), law(new))
    assert carried.outcome is outcome
    (now,) = carried.amendment.edits
    if outcome in (Carried.UNCHANGED, Carried.SHIFTED):
        assert isinstance(now, InsertClauses | MoveClause)
        assert now.after == after
    else:
        assert now == edit


def test_a_deletion_is_not_done_while_something_below_the_clause_stands_elsewhere() -> None:
    deletion = Amendment("A1", (DeleteClause("d", "1. Words of d.\n\n1) Words of e.\n\n2) Words of f.\n\n"),))
    carried = carry(deletion, law(OLD), law("#1 =a1 -f2 #2"))
    assert carried.outcome is Carried.NEEDS_AUTHOR
    assert carried.colliding == (("d", "2) Words of f.\n\n"),)
    assert carry(deletion, law(OLD), law("#1 =a1 #2")).outcome is Carried.INCORPORATED


def test_what_stands_in_the_place_of_a_clause_needs_its_author_when_others_took_that_clause_out() -> None:
    deletion = DeleteClause("b", "2. Words of b.\n\n")
    replaced = Amendment("A1", (AFTER_B, deletion))
    assert carry(replaced, law(OLD), law("#1 =a1 =c3 #2")).outcome is Carried.NEEDS_AUTHOR
    assert carry(replaced, law(OLD), law("#1 =a1 =n2-1 =c3 #2")).outcome is Carried.INCORPORATED
    beside = carry(Amendment("A1", (InsertClauses("d", "2. New.\n\n"), deletion)), law(OLD), law("#1 =a1 =c3 #2 =d1"))
    assert (beside.outcome, len(beside.amendment.edits)) == (Carried.SHIFTED, 1)


def test_what_one_amendment_brings_to_a_place_keeps_its_order_though_part_of_it_stands_there() -> None:
    order = (MoveClause("c", "#1", "inside"), MoveClause("a", "#1", "inside"))
    carried = carry(Amendment("A1", order), law(OLD), law("#1 =a1 =c3 #2 =d1"))
    assert [edit.clause_id for edit in carried.amendment.edits if isinstance(edit, MoveClause)] == ["c", "a"]


def test_an_article_behind_the_last_paragraph_of_another_stands_behind_that_article() -> None:
    article = InsertClauses("c", "### Article 1-1. New\n\n1. Words.\n\n")
    carried = carry(Amendment("A1", (article,)), law(OLD), law("#1 =a1 =b2 =c3 =x4 #1-0 #2 =d1"))
    assert carried.amendment.edits == (InsertClauses("#1-0", article.source),)


def test_white_space_alone_keeps_no_amendment_on_the_table_and_holds_none_back() -> None:
    space = Respace("c", "\n\n", "\n")
    done = carry(Amendment("A1", (space, AFTER_B)), law(OLD), law("#1 =a1 =b2 =n2-1 =c3"))
    assert done.outcome is Carried.INCORPORATED
    left: tuple[Edit, ...] = (AFTER_B,)
    assert carry(Amendment("A1", (space, AFTER_B)), law(OLD), law("#1 =a1 =b2")).amendment.edits == left
