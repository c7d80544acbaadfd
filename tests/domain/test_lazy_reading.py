"""What is read only where it is asked for is what the whole reading gives, byte for byte."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.lazy_reading import read_lazily
from app.domain.reading import parse
from tests.sample import DRAFTS
from tests.shared import LAWS, needs_laws, text_of

LINES = [
    "# Law", "# Annex 1", "## Chapter 1. General", "## Chapter", "### Article 1", "### Article 1. Aim", "### Article 2",
    "### Article 2-1", "###### Article 3", "### § 4", "#### Section 2", "### 5 Short", "## Untitled", "###", "#6 no",
    "## Part II", "### Статья 7", "### Статья 7.", "### Article liminaire", "Text.", "text that goes on", "1. One.",
    "   1) point;", "a) letter;", "(1) Part.", "- indent", "Article 8. Plain", "Article", "9", "§ 10. Plain", "II. Roman",
    "«Quoted", "structure»", "“Words”:", '"Straight', "> quote", "| table |", "|---|", "---", "***", "===", "```",
    "<!-- aside -->", "", "", "", " ", "\u00a0", "\ufeff# Marked",
]  # fmt: skip
PLAIN = [line for line in LINES if line not in ("---", "===", "```", "<!-- aside -->", "\ufeff# Marked")]
FEW = [
    "# Law",
    "## Chapter 1",
    "### Article 1",
    "### Article 2",
    "### Article 2. Two",
    "## Title",
    "Text.",
    "1. One.",
    "",
]


def same(text: str) -> None:
    clauses = parse(text).clauses
    ids = [clause.address for clause in clauses]
    mixed = random.Random(len(text)).sample(ids, len(ids))  # noqa: S311
    law, untouched = read_lazily(text), read_lazily(text)
    by_address = {clause.address: clause for clause in clauses}
    assert all(clause_id in law for clause_id in mixed)
    assert {clause_id: law[clause_id] for clause_id in mixed} == by_address
    assert (list(law), len(law), "art_nowhere" in law) == (ids, len(ids), False)
    assert untouched.rewritten({}) == text
    for clause_id in mixed[:1]:
        changed = by_address[clause_id]._replace(body="Other words.")
        expected = "".join((changed if one.address == clause_id else one).source for one in clauses)
        assert untouched.rewritten({clause_id: changed}) == expected


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(LINES), max_size=25), st.sampled_from(["\n", "\n\n", "\r\n"]), st.booleans())
def test_any_lines_are_read_as_the_whole_reading_reads_them(lines: list[str], end: str, ends: bool) -> None:
    same(end.join(lines) + (end if ends else ""))


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PLAIN), max_size=30), st.sampled_from(["\n", "\n\n"]))
def test_lines_under_headings_too(lines: list[str], end: str) -> None:
    same("### Article 1" + end + end.join(lines))


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(FEW), max_size=30), st.sampled_from(["\n", "\n\n"]))
def test_articles_in_a_row_with_numbers_that_repeat(lines: list[str], end: str) -> None:
    same(end.join(lines))


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    same(text)


@pytest.mark.parametrize("path", sorted(DRAFTS.glob("*.md")), ids=lambda path: path.name)
def test_the_sample_laws(path: Path) -> None:
    same(text_of(path))


@needs_laws
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_real_laws_are_read_part_by_part(law: Path) -> None:
    for path in sorted(law.glob("v*.md"))[::3]:
        text = text_of(path)
        same(text)
        found = read_lazily(text)
        assert len(found.sections) > 20
        assert found["title"].body
        assert sum(section.clauses is not None for section in found.sections) <= 2
