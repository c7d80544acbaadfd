"""Carrying open amendments and quotes onto a new version."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clauses import Clause, Kind
from app.domain.edits import Amendment, DeleteClause, Edit, InsertClauses, Relabel, ReplaceWords, RestateClause
from app.domain.merge import merge
from app.domain.reading import parse
from app.domain.rebase import Carried, Renumbered, carry, carry_quote
from app.domain.renumbering import renumbering

OLD = "The Office shall register every allegation within 24 hours of its receipt."


def law(body: str, **more: str) -> dict[str, Clause]:
    bodies = {"a": body, **more}
    return {key: Clause(Kind.INDENT, 0, "", f"al_{key}", "", text, "\n\n") for key, text in bodies.items()}


def words(old: str, new: str) -> Amendment:
    return Amendment("A1", (ReplaceWords("a", OLD.index(old), old, new),))


@pytest.mark.parametrize(
    ("amendment", "new_body", "outcome"),
    [
        (words("24", "48"), OLD, Carried.UNCHANGED),
        (words("24", "48"), OLD.replace("every", "each and every"), Carried.SHIFTED),
        (words("24", "48"), OLD.replace("24", "48"), Carried.INCORPORATED),
        (words("24", "48"), OLD.replace("24", "12"), Carried.NEEDS_AUTHOR),
        (words("within 24 hours", "at once"), OLD.replace("24", "12"), Carried.NEEDS_AUTHOR),
        (words("24 ", ""), OLD.replace("24 ", ""), Carried.INCORPORATED),
        (Amendment("A1", (RestateClause("a", OLD, "New."),)), OLD.replace("24", "12"), Carried.NEEDS_AUTHOR),
        (Amendment("A1", (RestateClause("a", OLD, "New."),)), "New.", Carried.INCORPORATED),
        (Amendment("A1", (DeleteClause("a", OLD + "\n\n"),)), OLD.replace("24", "12"), Carried.NEEDS_AUTHOR),
    ],
)
def test_an_amendment_is_carried(amendment: Amendment, new_body: str, outcome: Carried) -> None:
    carried = carry(amendment, law(OLD), law(new_body))
    assert carried.outcome is outcome
    if outcome is Carried.NEEDS_AUTHOR:
        assert carried.amendment == amendment
        assert carried.colliding


def test_an_amendment_to_a_clause_that_is_gone_needs_its_author_and_its_deletion_is_incorporated() -> None:
    assert carry(words("24", "48"), law(OLD), law("x", b=OLD) | {"a": law(OLD)["a"]}).outcome is Carried.UNCHANGED
    gone = {"b": law(OLD)["a"]}
    assert carry(words("24", "48"), law(OLD), gone).outcome is Carried.NEEDS_AUTHOR
    assert carry(Amendment("A1", (DeleteClause("a", OLD + "\n\n"),)), law(OLD), gone).outcome is Carried.INCORPORATED


def test_an_insertion_that_is_already_there_is_incorporated() -> None:
    inserted = Amendment("A1", (InsertClauses("a", "5. New words.\n\n"),))
    assert carry(inserted, law(OLD), law(OLD)).outcome is Carried.UNCHANGED
    assert carry(inserted, law(OLD), law(OLD, b="5. New words.")).outcome is Carried.INCORPORATED


GAP = """# Law

### Article 1. One

1. Everybody may complain.

### Article 3. Two

1. A complaint under Article 1 is free.

2. A fee under paragraph 1 of Article 3 is given back, as Article 3 says.

### Article 4. Three

1. Nobody is punished.
"""
"""Articles 3 and 4 become 2 and 3."""


def renumbered(*edits: Edit) -> tuple[Carried, tuple[Edit, ...]]:
    """What becomes of an amendment when nothing but the numbers of the law runs on."""
    before = {clause.address: clause for clause in parse(GAP).clauses}
    made = merge(before, [Amendment("numbers", renumbering(before, "en").edits)])
    carried = carry(Amendment("A1", edits), before, made.amended, {}, Renumbered(before, made.standing))
    return carried.outcome, carried.amendment.edits


SECOND = "2. A fee under paragraph 1 of Article 3 is given back, as Article 3 says.\n\n"


@pytest.mark.parametrize(
    ("edit", "outcome", "carried"),
    [
        (DeleteClause("art_3__para_2", SECOND), Carried.SHIFTED, DeleteClause("art_3__para_2", SECOND.replace("3", "2"))),
        (DeleteClause("art_4", "### Article 4. Three\n\n1. Nobody is punished.\n"), Carried.SHIFTED,
         DeleteClause("art_4", "### Article 3. Three\n\n1. Nobody is punished.\n")),
        (DeleteClause("art_1__para_1", "1. Everybody may complain.\n\n"), Carried.UNCHANGED,
         DeleteClause("art_1__para_1", "1. Everybody may complain.\n\n")),
        (ReplaceWords("art_3__para_2", 40, "given", "paid"), Carried.UNCHANGED,
         ReplaceWords("art_3__para_2", 40, "given", "paid")),
        (ReplaceWords("art_3__para_2", 27, "Article 3", "Article 1"), Carried.NEEDS_AUTHOR,
         ReplaceWords("art_3__para_2", 27, "Article 3", "Article 1")),
        (Relabel("art_4", "### Article 4. ", "### Article 5. "), Carried.NEEDS_AUTHOR,
         Relabel("art_4", "### Article 4. ", "### Article 5. ")),
        (Relabel("art_4", "### Article 4. ", "### Article 3. "), Carried.INCORPORATED,
         Relabel("art_4", "### Article 4. ", "### Article 3. ")),
    ],
)  # fmt: skip
def test_an_amendment_is_carried_across_a_renumbering(edit: Edit, outcome: Carried, carried: Edit) -> None:
    assert renumbered(edit) == (outcome, (carried,))


def test_a_deletion_of_words_that_changed_needs_its_author_whatever_the_numbers_do() -> None:
    before = {clause.address: clause for clause in parse(GAP).clauses}
    merged = merge(before, [Amendment("A2", (ReplaceWords("art_3__para_2", 40, "given", "paid"),))])
    made = merge(merged.amended, [Amendment("numbers", renumbering(merged.amended, "en").edits)])
    deletion = Amendment("A1", (DeleteClause("art_3__para_2", SECOND),))
    between = Renumbered(merged.amended, made.standing)
    carried = carry(deletion, before, made.amended, merged.standing, between)
    assert (carried.outcome, carried.amendment) == (Carried.NEEDS_AUTHOR, deletion)
    words = Amendment("A3", (ReplaceWords("art_3__para_2", 46, "back", "away"),))
    carried = carry(words, before, made.amended, merged.standing, between)
    assert (carried.outcome, carried.amendment.edits) == (
        Carried.SHIFTED, (ReplaceWords("art_3__para_2", 45, "back", "away"),),
    )  # fmt: skip


def test_a_quote_is_followed_through_the_difference_and_never_found_by_likeness() -> None:
    start = OLD.index("24 hours")
    moved = OLD.replace("The Office", "The Special Office")
    assert carry_quote("24 hours", start, OLD, moved) == start + len("Special ")
    assert carry_quote("24 hours", start, OLD, OLD.replace("24 hours", "24 long hours")) is None
    assert carry_quote("24 hours", start, OLD, OLD.replace("24", "25")) is None


TEXTS = st.lists(st.sampled_from(["The ", "Office ", "ңан ", "24 ", "hours ", ", ", ". "]), max_size=14)


@settings(deadline=None)
@given(TEXTS, TEXTS, st.data())
def test_what_is_carried_still_says_the_same_words(old: list[str], new: list[str], data: st.DataObject) -> None:
    old_body, new_body = "".join(old), "".join(new)
    start, end = sorted((data.draw(st.integers(0, len(old))), data.draw(st.integers(0, len(old)))))
    offset = len("".join(old[:start]))
    amendment = Amendment("A1", (ReplaceWords("a", offset, "".join(old[start:end]), "NEW "),))
    carried = carry(amendment, law(old_body), law(new_body))
    assert carried.outcome in (Carried.UNCHANGED, Carried.SHIFTED, Carried.NEEDS_AUTHOR)
    if carried.outcome is not Carried.NEEDS_AUTHOR:
        (edit,) = carried.amendment.edits
        assert isinstance(edit, ReplaceWords)
        assert edit.old == "".join(old[start:end])
        assert new_body[edit.start : edit.start + len(edit.old)] == edit.old
        assert "NEW " in merge(law(new_body), [carried.amendment]).text
