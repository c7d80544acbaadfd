"""Amendments from whole texts: the copy comes out byte for byte, and no more words are claimed than were changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clauses import Clause
from app.domain.deriving import amendment_from
from app.domain.edits import DeleteClause, InsertClauses, MoveClause, Relabel, ReplaceWords
from app.domain.merge import Fate, merge
from app.domain.reading import parse
from tests.shared import LAWS, needs_laws, text_of

TEXT = """# Law

## Chapter 1. First

### Article 1. Aim

1. The Office shall register every allegation within 24 hours.

2. The Office shall:

   1) keep a record;

   2) report once a year.

### Article 2. Fee

1. No fee of 30 som shall be charged.

## Chapter 2. Second

### Article 3. End

This Law enters into force at once.
"""


def law(text: str) -> dict[str, Clause]:
    return {str(at): clause for at, clause in enumerate(parse(text).clauses)}


def merged(base: str, *copies: str) -> str:
    known = law(base)
    return merge(known, [amendment_from(str(n), known, parse(copy).clauses) for n, copy in enumerate(copies)]).text


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("24 hours", "48 hours", [ReplaceWords]),
        ("### Article 2. Fee\n\n1. No fee of 30 som shall be charged.\n\n", "", [DeleteClause]),
        ("   2) report once a year.\n", "   2) report once a year;\n\n   3) publish.\n", [ReplaceWords, InsertClauses]),
        ("### Article 2. Fee", "### Article 4. Fee", [Relabel]),
        ("## Chapter 2", "### Article 2-1. New\n\n1. Text.\n\n## Chapter 2", [InsertClauses]),
        ("once.\n", "once.\n\n### Article 4. More\n\nWords.\n", None),
        ("once.\n", "once.", None),
        ("# Law\n\n", "", None),
        ("# Law\n", "Preamble.\n\n# Law\n", None),
        (TEXT, "Quite another text.\n", None),
        ("## Chapter 1. First\n\n", "", None),
    ],
)  # fmt: skip
def test_a_copy_comes_out_byte_for_byte(old: str, new: str, kinds: list[type] | None) -> None:
    copy = TEXT.replace(old, new)
    amendment = amendment_from("A1", law(TEXT), parse(copy).clauses)
    assert merge(law(TEXT), [amendment]).text == copy
    if kinds is not None:
        assert [type(edit) for edit in amendment.edits] == kinds


def test_an_article_moved_with_all_below_it_is_a_move() -> None:
    article = TEXT[TEXT.index("### Article 2") : TEXT.index("## Chapter 2")]
    copy = TEXT.replace(article, "") + "\n" + article.strip() + "\n"
    amendment = amendment_from("A1", law(TEXT), parse(copy).clauses)
    assert [type(edit) for edit in amendment.edits if isinstance(edit, MoveClause)] == [MoveClause]
    assert merge(law(TEXT), [amendment]).text == copy


def test_copies_that_change_other_words_of_one_law_merge() -> None:
    one, other, third = (
        TEXT.replace("24", "48"),
        TEXT.replace("every", "each"),
        TEXT.replace("   1) keep a record;\n\n", ""),
    )
    assert merged(TEXT, one, other, third) == TEXT.replace("24", "48").replace("every", "each").replace(
        "   1) keep a record;\n\n", ""
    )


def test_two_copies_that_write_one_clause_anew_collide_and_the_base_stays() -> None:
    known = law(TEXT)
    copies = [
        TEXT.replace("No fee of 30 som shall be charged.", words)
        for words in ("Quite other things.", "Nothing alike here.")
    ]
    met = merge(known, [amendment_from(f"A{n}", known, parse(copy).clauses) for n, copy in enumerate(copies)])
    assert [(c.reason, [side.text for side in c.sides]) for c in met.collisions] == [
        ("words", ["Quite other things", "Nothing alike here"])
    ]
    assert met.text == TEXT


LINES = st.lists(
    st.sampled_from(["### Article 1. One", "### Article 2. Two", "1. The same words as always.", "2. Other words here.", "## Chapter 1",
                     "   1) item one;", "а) пункт;", "Text without a number.", "# Law", "2. Other words there, and more."]),
    max_size=14,
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(LINES, LINES.filter(bool), st.sampled_from(["\n\n", "\n", "\r\n\r\n"]), st.sampled_from(["", "\n", "\n\n"]))
def test_any_copy_of_any_law_comes_out_byte_for_byte(old: list[str], new: list[str], between: str, end: str) -> None:
    base, copy = between.join(old) + "\n", between.join(new) + end
    amendment = amendment_from("A1", law(base), parse(copy).clauses)
    assert bool(amendment.edits) == (base != copy)
    if amendment.edits:
        result = merge(law(base), [amendment])
        assert result.text == copy
        assert result.fates == {"A1": Fate.ADOPTED}


@needs_laws
@pytest.mark.parametrize("path", LAWS, ids=lambda path: path.name)
def test_the_next_version_of_a_real_law_comes_out_byte_for_byte(path) -> None:  # type: ignore[no-untyped-def]
    texts = [text_of(file) for file in sorted(path.glob("v*.md"))]
    pairs = [(texts[at], texts[at + 1]) for at in range(len(texts) - 1)]
    for base, copy in pairs[:3]:
        assert merged(base, copy) == copy
