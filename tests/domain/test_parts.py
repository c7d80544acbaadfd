"""An amendment over several clauses as somebody composes it."""

import pytest

from app.domain.clauses import Clause, Kind
from app.domain.edits import (
    Amendment,
    ChangesNothing,
    DeleteClause,
    Edit,
    InsertClauses,
    MoveClause,
    Relabel,
    ReplaceWords,
)
from app.domain.errors import Invalid, Refusal
from app.domain.merge import merge
from app.domain.parted import Parted, parted
from app.domain.parts import Part, SeveralClauses, UnknownClause, UnusablePart, edits_of, read_as, subtree_of
from app.domain.reading import parse

TEXT = """# Law

## Chapter 1. First

### Article 1. Registration

1. The Office shall:

   1) keep a record;

   2) report once a year.

2. Refusal is not permitted.

### Article 2. Fee

1. No fee shall be charged.

## Chapter 2. Second

### Article 3

1. Everybody may complain.

2. Nobody may be punished for it.
"""
CHAPTER = (
    "## Chapter 1-1. Between\n\n### Article 2-1. One\n\n1. Alpha:\n\n   1) beta.\n\n### Article 2-2. Two\n\nGamma."
)


def law(text: str = TEXT) -> dict[str, Clause]:
    return {clause.address: clause for clause in parse(text).clauses}


def labels(edits: tuple[Edit, ...]) -> str:
    merged = merge(law(), [Amendment("A1", edits)])
    assert merged.collisions == ()
    return " | ".join(one.clause.label for one in merged.clauses if one.clause.label)


def test_several_parts_are_one_amendment() -> None:
    edits = edits_of(
        law(),
        [
            Part("art_2__para_1", "words", "No charge shall be made."),
            Part("art_1__para_2", "delete"),
            Part("art_3__para_2", "insert", "3. New."),
        ],
    )
    assert [type(edit) for edit in edits] == [ReplaceWords, ReplaceWords, DeleteClause, InsertClauses]
    assert (
        labels(edits)
        == "Chapter 1. | Article 1. | 1. | 1) | 2) | Article 2. | 1. | Chapter 2. | Article 3 | 1. | 2. | 3."
    )


def test_a_whole_chapter_is_read_with_its_articles() -> None:
    part = Part("chp_1", "insert", CHAPTER)
    assert [(one.kind.value, one.label, one.depth) for one in read_as(law(), part)] == [
        ("chapter", "Chapter 1-1.", 1), ("article", "Article 2-1.", 2), ("paragraph", "1.", 3), ("point", "1)", 4),
        ("article", "Article 2-2.", 2), ("indent", "", 3),
    ]  # fmt: skip
    merged = merge(law(), [Amendment("A1", edits_of(law(), [part]))])
    addresses = [one.clause.address for one in merged.clauses]
    assert addresses[addresses.index("chp_1-1") :][:5] == [
        "chp_1-1", "art_2-1", "art_2-1__para_1", "art_2-1__para_1__point_1", "art_2-2",
    ]  # fmt: skip


def test_an_article_first_in_a_chapter_is_an_article() -> None:
    part = Part("chp_2", "insert", "### Article 2-1. New\n\n1. Text.", place="inside")
    assert [one.kind for one in read_as(law(), part)] == [Kind.ARTICLE, Kind.PARAGRAPH]
    assert labels(edits_of(law(), [part])).endswith("Chapter 2. | Article 2-1. | 1. | Article 3 | 1. | 2.")


def test_an_insertion_takes_the_line_ends_of_the_law() -> None:
    windows = law(TEXT.replace("\n", "\r\n"))
    (edit,) = edits_of(windows, [Part("art_1__para_2", "insert", "3. New.\n\n4. More.")])
    assert edit == InsertClauses("art_1__para_2", "3. New.\r\n\r\n4. More.\r\n\r\n")


def test_a_clause_moves_with_what_is_below_it() -> None:
    edits = edits_of(law(), [Part("art_1", "move", target="art_3")])
    assert (
        labels(edits)
        == "Chapter 1. | Article 2. | 1. | Chapter 2. | Article 3 | 1. | 2. | Article 1. | 1. | 1) | 2) | 2."
    )
    assert edits_of(law(), [Part("art_1", "move", target="chp_2", place="inside")])


BEFORE: tuple[tuple[Part, Edit], ...] = (
    (Part("art_2", "insert", "### Article 1-1. New", place="before"), InsertClauses("art_1", "### Article 1-1. New\n\n")),
    (Part("art_3__para_1", "insert", "0. New.", place="before"), InsertClauses("art_3", "0. New.\n\n", "inside")),
    (Part("title", "insert", "A preamble.", place="before"), InsertClauses(None, "A preamble.\n\n")),
    (Part("art_3__para_2", "move", target="art_3__para_1", place="before"), MoveClause("art_3__para_2", "art_3", "inside")),
    (Part("art_2", "move", target="art_1", place="before"), MoveClause("art_2", "chp_1", "inside")),
    (Part("chp_2", "move", target="title", place="before"), MoveClause("chp_2", None)),
)  # fmt: skip


@pytest.mark.parametrize(("part", "edit"), BEFORE)
def test_what_stands_in_front_of_a_clause_stands_behind_another_or_first_inside_it(part: Part, edit: Edit) -> None:
    assert edits_of(law(), [part]) == (edit,)


def test_in_front_of_the_clause_behind_it_a_clause_stands_already() -> None:
    with pytest.raises(ChangesNothing):
        edits_of(law(), [Part("art_1", "move", target="art_2", place="before")])


def test_what_is_put_before_everything_is_composed_again_in_front_of_the_first_clause() -> None:
    edits = (InsertClauses(None, "A preamble.\n\n"), MoveClause("chp_2", None))
    assert parted(edits, law(), law()) == Parted((
        Part("title", "insert", "A preamble.", place="before"), Part("chp_2", "move", target="title", place="before"),
    ))  # fmt: skip
    assert parted(edits[:1], law(), law("---\nlanguage: en\n---\n\n" + TEXT)).parts[0].clause_id == "title"
    for edit in edits:
        (part,) = parted((edit,), law(), law()).parts
        assert edits_of(law(), [part]) == (edit,)
    assert parted(edits[1:], law(), {"chp_2": law()["chp_2"]}) == Parted((), edits[1:])


def test_a_heading_is_renamed_by_words() -> None:
    assert edits_of(law(), [Part("art_2", "heading", " Fees \n")]) == (ReplaceWords("art_2", 0, "Fee", "Fees"),)
    named = edits_of(law(), [Part("art_3", "heading", "Complaints")])
    assert named == (Relabel("art_3", "### Article 3", "### Article 3 "), ReplaceWords("art_3", 0, "", "Complaints"))
    assert "### Article 3 Complaints\n" in merge(law(), [Amendment("A1", named)]).text


@pytest.mark.parametrize(
    ("clause", "number", "lead"),
    [
        ("art_2", "2-1", "### Article 2-1. "),
        ("art_2", "Article 7.", "### Article 7. "),
        ("art_1__para_2", "4", "4. "),
        ("art_1__para_1__point_2", "5", "   5) "),
        ("chp_2", "II", "## Chapter II. "),
    ],
)
def test_a_number_is_written_as_the_law_writes_it(clause: str, number: str, lead: str) -> None:
    assert edits_of(law(), [Part(clause, "number", number)]) == (Relabel(clause, law()[clause].lead, lead),)


def test_two_parts_may_change_different_words_of_one_clause() -> None:
    edits = edits_of(
        law(),
        [
            Part("art_2__para_1", "words", "No charge shall be charged."),
            Part("art_2__para_1", "words", "No fee will be charged."),
        ],
    )
    assert edits == (
        ReplaceWords("art_2__para_1", 3, "fee", "charge"),
        ReplaceWords("art_2__para_1", 7, "shall", "will"),
    )


def test_a_deleted_clause_may_get_a_successor() -> None:
    edits = edits_of(law(), [Part("art_2", "delete"), Part("art_2", "insert", "### Article 2. Charge\n\n1. None.")])
    assert (
        labels(edits)
        == "Chapter 1. | Article 1. | 1. | 1) | 2) | 2. | Article 2. | 1. | Chapter 2. | Article 3 | 1. | 2."
    )


ONE = [
    (Part("art_9", "words", "x"), UnknownClause, "This clause does not exist in the draft."),
    (Part("art_2__para_1", "words", "No fee shall be charged."), ChangesNothing, "changes nothing"),
    (Part("art_2__para_1", "words", "One.\n\nTwo."), SeveralClauses, "cannot hold a blank line"),
    (Part("art_2__para_1", "restate", " "), Invalid, "No words are left."),
    (Part("art_2__para_1", "shout", "x"), Invalid, "“shout” is no way to amend a clause."),
    (Part("art_2__para_1", "insert", " \n"), Invalid, "Nothing is to be inserted"),
    (
        Part("art_1__para_1", "insert", "### Article 1-1. New\n\n1. Text."),
        Invalid,
        "“2.” behind it would become a part of it.",
    ),
    (Part("art_2__para_1", "heading", "x"), Invalid, "Only a heading can be renamed."),
    (Part("art_2", "move", target="art_2__para_1"), Invalid, "A clause cannot be moved into itself."),
    (Part("art_2", "move", target="art_2"), Invalid, "A clause cannot be moved into itself."),
    (Part("art_2", "move", target="art_3", place="inside"), Invalid, "“Article 2.” cannot stand inside “Article 3”."),
    (Part("art_2", "move", target="art_1"), ChangesNothing, "changes nothing"),
    (Part("art_2", "move"), Invalid, "Say where the clause is to stand."),
    (Part("art_2", "number", "5.\n\n6."), Invalid, "cannot be the number of this clause."),
    (Part("title", "number", "5"), Invalid, "This clause has no number"),
    (Part("art_2", "number", "Article 2."), ChangesNothing, "changes nothing"),
    (Part("art_2__para_1", "words", "x\0"), Invalid, "null character"),
]


@pytest.mark.parametrize(("part", "refusal", "sentence"), ONE)
def test_what_cannot_be_done_is_said(part: Part, refusal: type[Refusal], sentence: str) -> None:
    with pytest.raises(refusal) as said:
        edits_of(law(), [part])
    assert sentence in str(said.value)
    with pytest.raises(UnusablePart) as named:
        edits_of(law(), [Part("art_3__para_1", "words", "Everybody may speak."), part])
    assert str(named.value).startswith("Part 2 (")
    assert sentence in named.value.reason


CONTRADICTIONS = [
    (Part("art_2", "delete"), Part("art_2__para_1", "words", "x"), "one of them deletes what the other one changes."),
    (Part("art_2__para_1", "number", "4"), Part("art_2", "delete"), "one of them deletes what the other one changes."),
    (Part("art_2", "delete"), Part("art_2__para_1", "insert", "2. x"), "one of them deletes what the other one changes."),
    (Part("art_2", "delete"), Part("art_1", "move", target="art_2", place="after"), ""),
    (Part("chp_2", "delete"), Part("art_1", "move", target="art_3"), "one of them deletes what the other one changes."),
    (Part("art_2__para_1", "restate", "x"), Part("art_2__para_1", "words", "No fee shall be due."), "both change the same words."),
    (Part("art_2__para_1", "words", "No fee may be charged."), Part("art_2__para_1", "words", "No fee can be charged."), "both change the same words."),
    (Part("art_2__para_1", "words", "No fee may be charged."), Part("art_2__para_1", "words", "No fee may be charged."), ""),
    (Part("art_2", "number", "4"), Part("art_2", "number", "5"), "both give the same clause a number."),
    (Part("art_1", "move", target="art_3"), Part("art_1", "move", target="chp_2", place="inside"), "both move the same clause."),
    (Part("art_1", "move", target="art_3"), Part("art_3", "move", target="art_1"), "these moves go round in a circle."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "reason"), CONTRADICTIONS)
def test_parts_that_contradict_each_other_are_refused(one: Part, other: Part, reason: str) -> None:
    if not reason:
        assert merge(law(), [Amendment("A1", edits_of(law(), [one, other]))]).collisions == ()
        return
    with pytest.raises(UnusablePart) as said:
        edits_of(law(), [one, other])
    assert said.value.number == 2
    assert said.value.reason == f"It contradicts part 1: {reason}"


def test_no_part_changes_nothing() -> None:
    with pytest.raises(ChangesNothing):
        edits_of(law(), [])


def test_a_subtree_is_a_clause_and_all_below_it() -> None:
    assert subtree_of(law(), "art_2") == "### Article 2. Fee\n\n1. No fee shall be charged.\n\n"
    assert subtree_of(law(), "title") == TEXT
    with pytest.raises(UnknownClause):
        subtree_of(law(), "art_9")
