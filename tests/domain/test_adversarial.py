"""Texts that an enemy would send: read, told apart and merged as any other, byte for byte, and nothing fails on them.

How the time grows is measured by `python -m tests.bench.adversarial`.
"""

import html
import re

import pytest

from app.domain.clauses import Clause, Kind
from app.domain.compare import compare
from app.domain.diff import diff
from app.domain.edits import Amendment, ReplaceWords
from app.domain.everywhere import written
from app.domain.merge import merge
from app.domain.pasting import cleaned
from app.domain.reading import parse
from app.domain.render import MOST_BRACKETS, MOST_ROWS, MOST_STARS, render
from tests.bench.adversarial import KINDS, changed

SIZE, MANY = 30_000, 200_000


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_enemy_sends_is_read_and_told_apart_as_any_text(kind: str) -> None:
    text = KINDS[kind](SIZE)
    other = changed(text)
    clauses = parse(text).clauses
    assert "".join(clause.source for clause in clauses) == text
    spans = diff(text, other)
    assert "".join(span.text for span in spans if span.op != "+") == text
    assert "".join(span.text for span in spans if span.op != "-") == other
    short = KINDS[kind](SIZE // 10)  # up to a bound comparing clauses that read alike grows faster than their number
    few = parse(short).clauses
    told = compare(few, parse(changed(short)).clauses).changes
    assert {change.old for change in told} - {None} == set(range(len(few)))
    law = {f"c{at}": clause for at, clause in enumerate(clauses)}
    clause_id, clause = next((id, one) for id, one in law.items() if one.body and one.kind is not Kind.TITLE)
    merged = merge(law, [Amendment("A1", (ReplaceWords(clause_id, 0, "", "New "),))])
    assert merged.amended[clause_id].body == f"New {clause.body}"


@pytest.mark.parametrize("mark", ["[", "![", "[a](b ", "*a _b "])
def test_too_many_marks_are_shown_as_they_are_written(mark: str) -> None:
    body = mark * 40_000
    shown = render(Clause(Kind.PARAGRAPH, 1, "1.", "para_1", "", body, "\n"))
    assert html.unescape(re.sub(r"<[^>]+>", "", shown)).split() == body.split()


def test_a_clause_with_few_brackets_has_its_links() -> None:
    body = "[the page](https://example.org) " + "[" * (MOST_BRACKETS - 1)
    shown = render(Clause(Kind.PARAGRAPH, 1, "1.", "para_1", "", body, "\n"))
    assert shown.startswith('<a href="https://example.org">the page</a>')


def test_a_clause_with_many_stars_has_its_emphasis() -> None:
    body = "**Aim** " + "*" * (MOST_STARS - 4)
    assert render(Clause(Kind.PARAGRAPH, 1, "1.", "para_1", "", body, "\n")).startswith("<strong>Aim</strong>")


@pytest.mark.parametrize(("rows", "begins"), [(10, "<table>"), (MOST_ROWS, "<p>| a | b |")])
def test_a_table_of_too_many_rows_is_shown_as_it_is_written(rows: int, begins: str) -> None:
    lead = "| a | b |\n|---|---|\n" + "| x | y |\n" * rows
    assert render(Clause(Kind.TABLE, 1, "", "table_1", lead, "", "")).startswith(begins)


@pytest.mark.parametrize(("depth", "begins"), [(10, "<blockquote>"), (11, "<p>&gt;")])
def test_quotes_are_shown_one_in_another_ten_times_at_most(depth: int, begins: str) -> None:
    shown = render(Clause(Kind.QUOTE, 1, "", "quote_1", "", "> " * depth + "words", "\n"))
    assert shown.startswith(begins)
    assert "words" in shown


@pytest.mark.parametrize("line", ["-" * MANY, "- " * (MANY // 2), "-|" * (MANY // 2)])
def test_a_line_that_almost_delimits_a_table_is_text(line: str) -> None:
    """Were each sign looked at from each, these would take hours."""
    text = f"# Law\n\na | b\n{line}|x\n"
    assert "".join(clause.source for clause in parse(text).clauses) == text


@pytest.mark.parametrize("line", ["|---|---|", "-|-", ":--|--:", "| - | - |"])
def test_a_line_that_delimits_a_table_makes_one(line: str) -> None:
    assert Kind.TABLE in [clause.kind for clause in parse(f"# Law\n\na | b\n{line}\nc | d\n").clauses]


def test_white_space_without_end_in_new_words_is_put_in() -> None:
    assert written("old", f"new{' ' * MANY}words") == f"new{' ' * MANY}words"
    assert written("old", f"new{' ' * MANY}\n words") == "new words"
    assert written("old", "new \r\n \n words,\nand more") == "new words, and more"


def test_soft_hyphens_without_end_are_taken_out_of_pasted_text() -> None:
    assert cleaned("a" + "\u00ad" * MANY + "b").text == "ab"
