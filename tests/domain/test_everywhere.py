"""Words replaced everywhere in a law: whole words, in any script, each place listed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clauses import Clause
from app.domain.diff import WORDS
from app.domain.edits import Amendment, ChangesNothing, check
from app.domain.errors import Refusal
from app.domain.everywhere import (
    NearForm,
    NowhereFound,
    NoWordsToReplace,
    PlaceGone,
    TooManyPlaces,
    everywhere,
    near_forms,
    places,
)
from app.domain.merge import merge
from app.domain.reading import parse

TEXT = """---
title: The Office
---

# The Office

### Article 1. The Office

1. The Office, an office-based body, is the OFFICE; officers serve the office.

| Office | Officer |
| --- | --- |
| an office | two offices |
"""
RUSSIAN = "### Статья 1. Управление\n\n1. Управление ведёт реестр. Решение Управления обжалуется Управлением, управление само.\n"
KYRGYZ = "### 1-берене. Башкармалык\n\n1. Башкармалык реестр жүргүзөт. Башкармалыктын чечими Башкармалыгына берилет.\n"


def law(text: str) -> dict[str, Clause]:
    return {clause.address: clause for clause in parse(text).clauses}


def replaced(text: str, words: str, new: str, **how: bool) -> str:
    clauses = law(text)
    edits = everywhere(clauses, words, new, **how)
    check(clauses, edits)
    return merge(clauses, [Amendment("A1", edits)]).text


def test_whole_words_are_found_in_headings_and_tables_but_not_in_the_head_of_the_file() -> None:
    found = places(law(TEXT), "Office")
    assert [(one.clause_id, one.start, one.before, one.after) for one in found] == [
        ("title", 4, "The ", ""),
        ("art_1", 4, "The ", ""),
        ("art_1__para_1", 4, "The ", ", an office-based body, is the OFFICE;"),
        ("art_1__para_1__table_1", 2, "| ", " | Officer |\n| --- | --- |\n| an office"),
    ]


def test_the_case_of_each_place_is_kept_where_case_does_not_matter() -> None:
    text = "1. The Office, an office-based body, is the OFFICE; officers serve the office.\n"
    assert replaced(text, "office", "bureau", match_case=False) == (
        "1. The Bureau, an office-based body, is the BUREAU; officers serve the bureau.\n"
    )
    assert (
        replaced(text, "office", "bureau")
        == "1. The Office, an office-based body, is the OFFICE; officers serve the bureau.\n"
    )


def test_words_that_are_taken_out_take_their_space_along() -> None:
    assert replaced("1. The fee, a fee due, a good fee. Fee fee\n", "fee", "") == "1. The, a due, a good. Fee\n"


def test_white_space_between_words_may_be_any() -> None:
    assert replaced("1. The Special\nOffice and the Special\u00a0Office.\n", "Special Office", "Bureau") == (
        "1. The Bureau and the Bureau.\n"
    )


def test_only_exact_words_are_replaced_and_other_forms_are_shown() -> None:
    assert replaced(RUSSIAN, "Управление", "Бюро") == (
        "### Статья 1. Бюро\n\n1. Бюро ведёт реестр. Решение Управления обжалуется Управлением, управление само.\n"
    )
    assert near_forms(law(RUSSIAN), "Управление") == (
        NearForm("Управлением", 1), NearForm("Управления", 1), NearForm("управление", 1),
    )  # fmt: skip
    assert near_forms(law(KYRGYZ), "Башкармалык") == (NearForm("Башкармалыгына", 1), NearForm("Башкармалыктын", 1))
    assert near_forms(law(RUSSIAN), "управление", match_case=False) == (
        NearForm("Управлением", 1),
        NearForm("Управления", 1),
    )


def test_a_composed_letter_is_the_same_as_a_decomposed_one() -> None:
    assert replaced("1. Район и рай\u043e\u043d, \u0438\u0306од.\n", "йод", "бром") == "1. Район и район, бром.\n"


def test_a_place_can_be_left_out() -> None:
    clauses = law(RUSSIAN)
    edits = everywhere(clauses, "Управление", "Бюро", leave_out=[("art_1", 0)])
    assert [edit.clause_id for edit in edits] == ["art_1__para_1"]
    with pytest.raises(PlaceGone):
        everywhere(clauses, "Управление", "Бюро", leave_out=[("art_1", 3)])


@pytest.mark.parametrize(
    ("words", "new", "refusal"),
    [
        (" ", "x", NoWordsToReplace),
        ("Bureau", "x", NowhereFound),
        ("the", "the", ChangesNothing),
        ("a" * 1001, "x", Refusal),
        ("the", "x\0", Refusal),
    ],
)
def test_what_cannot_be_replaced_is_said(words: str, new: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        everywhere(law("1. Serve the office.\n"), words, new)


def test_too_many_places_are_refused() -> None:
    with pytest.raises(TooManyPlaces):
        places(law("1. " + "the " * 10_001 + "\n"), "the")


WORD = st.sampled_from(
    ["fee", "Fee", "fee-based", "fees", " ", " ", "\n", ".", ",", "платой", "(", "'", "’s", "e", "fe"]
)


@given(
    st.lists(WORD, max_size=20).map("".join),
    st.sampled_from(["fee", "Fee", "e", "fee fee"]),
    st.sampled_from(["", "x", "two words"]),
)
def test_a_replacement_always_fits_and_never_cuts_a_word(body: str, words: str, new: str) -> None:
    clauses = law(f"1. x {body} y\n")
    try:
        edits = everywhere(clauses, words, new, match_case=False)
    except NowhereFound:
        return
    check(clauses, edits)
    text = merge(clauses, [Amendment("A1", edits)]).text
    standing = WORDS.findall("\n".join(clause.body for clause in clauses.values()))
    assert not set(WORDS.findall(text)) - {*standing, "1", "X", "x", "Two", "TWO", "two", "words", "WORDS"}
