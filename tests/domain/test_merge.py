"""Merging: exact, independent of order, nothing guessed."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clauses import Clause, write
from app.domain.collisions import Settlement, UnusableSettlement
from app.domain.edits import (
    Amendment,
    ChangesNothing,
    DeleteClause,
    Edit,
    InsertClauses,
    MoveClause,
    Relabel,
    ReplaceWords,
    RestateClause,
    UnusableEdit,
    check,
    edits_between,
)
from app.domain.merge import Fate, colliding_pairs, merge
from app.domain.reading import parse
from tests import sample

TEXT = """# Law

### Article 1. Aim

1. The Office shall register every allegation within 24 hours.

2. The Office shall:

   1) keep a record;

   2) report once a year.

### Article 2. Fee

1. No fee of 30 som shall be charged.
"""


def law(text: str = TEXT) -> dict[str, Clause]:
    return {clause.address: clause for clause in parse(text).clauses}


def words(key: str, old: str, new: str, clause: str = "art_1__para_1") -> Amendment:
    return Amendment(key, (ReplaceWords(clause, law()[clause].body.index(old), old, new),))


def test_a_merge_of_nothing_is_the_law() -> None:
    assert merge(law(), []).text == TEXT


def test_the_sample_amendments_collide_where_they_touch_the_same_words_and_nowhere_else() -> None:
    pairs = {("A1", "A2"), ("A1", "A3"), ("A2", "A3"), ("A4", "A5"), ("A5", "A6"), ("A11", "A12")}
    assert colliding_pairs(sample.law(), sample.amendments()) == pairs


@pytest.mark.parametrize(("one", "other"), [("A4", "A6"), ("A7", "A8"), ("A9", "A10")])
def test_amendments_to_different_words_of_one_sentence_merge(one: str, other: str) -> None:
    merged = merge(sample.law(), [a for a in sample.amendments() if a.key in (one, other)])
    assert merged.collisions == ()
    assert set(merged.fates.values()) == {Fate.ADOPTED}


def test_touching_edits_both_apply_and_an_insertion_stands_beside_a_replacement() -> None:
    merged = merge(law(), [words("A1", "24", "48"), words("A2", " hours", " long hours")])
    assert "within 48 long hours." in merged.text
    body = law()["art_1__para_1"].body
    at_end = Amendment("A3", (ReplaceWords("art_1__para_1", body.index("24 hours") + 8, "", " of receipt"),))
    assert "within two days of receipt." in merge(law(), [at_end, words("A1", "24 hours", "two days")]).text


def test_two_insertions_at_one_point_collide_and_the_same_one_counts_once() -> None:
    at = len(law()["art_1__para_1"].body) - 1
    one, other = (
        Amendment(k, (ReplaceWords("art_1__para_1", at, "", t),)) for k, t in (("A1", " now"), ("A2", " here"))
    )
    assert len(merge(law(), [one, other]).collisions) == 1
    same = merge(law(), [one, Amendment("A2", one.edits)])
    assert same.collisions == ()
    assert same.clauses[2].amendments == ("A1", "A2")


def test_a_restatement_claims_every_word_of_its_clause() -> None:
    body = law()["art_1__para_1"].body
    restated = Amendment("A1", (RestateClause("art_1__para_1", body, body.replace("every", "each")),))
    merged = merge(law(), [restated, words("A2", "24", "48")])
    assert [side.amendments for side in merged.collisions[0].sides] == [("A1",), ("A2",)]
    assert merged.text == TEXT


def test_a_deletion_meets_an_edit_inside_it() -> None:
    deleted = Amendment("A1", (DeleteClause("art_1", write(list(law().values())[1:6])),))
    merged = merge(law(), [deleted, words("A2", "24", "48")])
    assert merged.text == TEXT
    assert merged.collisions[0].reason == "deletion"
    key = merged.collisions[0].key
    assert "Article 1" not in merge(law(), [deleted, words("A2", "24", "48")], {key: Settlement("A1")}).text
    assert "48 hours" in merge(law(), [deleted, words("A2", "24", "48")], {key: Settlement("A2")}).text


def test_numbers_order_insertions_at_one_point() -> None:
    second = Amendment("A1", (InsertClauses("art_1", "### Article 1-2. B\n\nText.\n"),))
    first = Amendment("A2", (InsertClauses("art_1", "### Article 1-1. A\n\nText.\n"),))
    merged = merge(law(), [second, first])
    assert merged.collisions == ()
    assert merged.text.index("1-1. A") < merged.text.index("1-2. B") < merged.text.index("Article 2.")
    assert (
        len(merge(law(), [first, Amendment("A3", (InsertClauses("art_1", "### Article 1-1. C\n"),))]).collisions) == 1
    )


def test_a_move_takes_an_edit_inside_it_along() -> None:
    moved = Amendment("A1", (MoveClause("art_1", "art_2"),))
    merged = merge(law(), [moved, words("A2", "24", "48")])
    assert merged.text.index("Article 2. Fee") < merged.text.index("Article 1. Aim") < merged.text.index("48 hours")
    assert merged.collisions == ()


def test_two_numbers_for_one_clause_collide() -> None:
    lead = law()["art_2"].lead
    one, other = (Amendment(k, (Relabel("art_2", lead, f"### Article {n}. "),)) for k, n in (("A1", 3), ("A2", 4)))
    assert merge(law(), [one, other]).collisions[0].reason == "label"
    assert "### Article 3. Fee" in merge(law(), [one]).text
    assert merge(law(), [one]).clauses[-1].clause.address == "art_3__para_1"


def test_a_settlement_decides_and_fates_follow_from_the_text() -> None:
    proposals = [words("A1", "24", "12"), words("A2", "24 hours", "48 hours"), words("A3", "every", "each")]
    key = merge(law(), proposals).collisions[0].key
    chosen = merge(law(), proposals, {key: Settlement("A1")})
    assert "within 12 hours" in chosen.text
    assert chosen.fates == {"A1": Fate.ADOPTED, "A2": Fate.NOT_ADOPTED, "A3": Fate.ADOPTED}
    own = merge(law(), proposals, {key: Settlement(words="48 working hours")})
    assert own.fates["A2"] is Fate.ADOPTED_IN_PART
    assert own.fates["A1"] is Fate.NOT_ADOPTED
    with pytest.raises(UnusableSettlement):
        merge(law(), proposals, {key: Settlement("A9")})


def test_every_word_of_the_result_is_traced() -> None:
    merged = merge(law(), [words("A1", "within 24 hours", "within 12 hours")])
    clause = next(c for c in merged.clauses if c.id == "art_1__para_1")
    at = 0
    traced = {}
    for length, origin in clause.origins:
        traced[clause.clause.body[at : at + length]] = origin.amendments
        at += length
    assert at == len(clause.clause.body)
    assert traced["12 "] == ("A1",)
    assert all(keys == () for text, keys in traced.items() if text != "12 ")


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (ReplaceWords("art_9", 0, "", "x"), "not in this version"),
        (ReplaceWords("art_1__para_1", 0, "An", "x"), "does not read"),
        (ReplaceWords("art_1__para_1", 4, "Off", "x"), "inside a word"),
        (InsertClauses("art_1", "  \n"), "is empty"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused_in_a_sentence(edit: Edit, sentence: str) -> None:
    with pytest.raises(UnusableEdit, match=sentence):
        check(law(), (edit,))


def test_an_amendment_that_changes_nothing_is_refused() -> None:
    with pytest.raises(ChangesNothing):
        check(law(), edits_between("art_1__para_1", "same", "same"))


BODIES = st.lists(
    st.sampled_from(["The ", "Office ", "ңан ", "24 ", "hours", ", ", ". ", "й\u0301 ", "\u00a0", "а\u00adб "]),
    max_size=12,
)


def changed(draw: st.DrawFn, body: list[str], key: str) -> Amendment | None:
    new = [draw(st.sampled_from([token, "", "X " + token, "Y "])) for token in body]
    edits = edits_between("a", "".join(body), "".join(new))
    return Amendment(key, edits) if edits else None


@st.composite
def contested(draw: st.DrawFn) -> tuple[dict[str, Clause], list[Amendment]]:
    body = draw(BODIES)
    clause = parse("### Article 1\n\nx\n").clauses[1]
    law = {"a": Clause(clause.kind, 0, "", "al_1", "", "".join(body), "\n")}
    made = (changed(draw, body, f"A{number}") for number in range(draw(st.integers(0, 4))))
    return law, [amendment for amendment in made if amendment is not None]


@settings(deadline=None)
@given(contested())
def test_the_order_of_amendments_does_not_matter(case: tuple[dict[str, Clause], list[Amendment]]) -> None:
    base, proposals = case
    results = {repr(merge(base, order)) for order in permutations(proposals)}
    assert len(results) == 1


@settings(deadline=None)
@given(contested())
def test_one_amendment_gives_its_own_text_and_origins_cover_it(case: tuple[dict[str, Clause], list[Amendment]]) -> None:
    base, proposals = case
    for amendment in proposals:
        body = base["a"].body
        for edit in sorted(amendment.edits, key=lambda e: -e.start):  # type: ignore[union-attr]
            body = body[: edit.start] + edit.new + body[edit.start + len(edit.old) :]  # type: ignore[union-attr]
        merged = merge(base, [amendment]).clauses[0]
        assert merged.clause.body == body
        assert sum(length for length, _ in merged.origins) == len(body)


@settings(deadline=None)
@given(contested(), st.data())
def test_edits_of_one_difference_made_amendments_of_their_own_never_collide(
    case: tuple[dict[str, Clause], list[Amendment]], data: st.DataObject
) -> None:
    base, proposals = case
    for amendment in proposals:
        single = [Amendment(f"B{n}", (edit,)) for n, edit in enumerate(amendment.edits)]
        merged = merge(base, data.draw(st.permutations(single)))
        assert merged.collisions == ()
        assert merged.text == merge(base, [amendment]).text
