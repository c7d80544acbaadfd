"""Clauses without end, where comparing once grew with the square of their number: none takes more than a moment.

The texts are so long that a time growing with their square is a minute or more.
"""

import time
from collections.abc import Callable

from app.domain.clauses import Clause
from app.domain.compare import compare
from app.domain.diff import MOST_LETTERS, diff, letter
from app.domain.likeness import Likeness
from app.domain.reading import parse

SECONDS = 10


def taken(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def law(text: str) -> tuple[Clause, ...]:
    return parse(f"# Law\n\n{text}\n").clauses


def test_a_clause_cut_into_thousands_is_compared_at_once() -> None:
    words = [f"wort{at}" for at in range(20_000)]
    assert taken(lambda: compare(law(" ".join(words)), law("\n\n".join(words)))) < SECONDS


def test_comparing_clauses_that_read_alike_is_bounded() -> None:
    old, new = (law(f"1. The same words with {of} behind.\n\n" * 120) for of in ("a", "b c"))
    assert taken(lambda: compare(old, new)) < SECONDS


def test_comparing_clauses_that_read_alike_finds_the_same_each_time() -> None:
    old, new = (law(f"1. The same words with {of} behind.\n\n" * 40) for of in ("a", "b c"))
    assert compare(old, new) == compare(old, new)


def test_there_is_a_letter_of_its_own_for_a_million_words() -> None:
    """The first is a Chinese sign; surrogates, which are no letters, are left out; the last is the last of Unicode."""
    numbers = (0, 0xD7FF - 0x4E00, 0xD800 - 0x4E00, MOST_LETTERS - 1)
    assert [letter(number) for number in numbers] == ["\u4e00", "\ud7ff", "\ue000", "\U0010ffff"]
    assert MOST_LETTERS == 1_092_096


def test_where_words_are_more_than_letters_the_later_ones_share_those_of_the_first() -> None:
    old, new = law("office ministry parliament"), law("tribunal ministry parliament")
    assert Likeness(old, new).of(1, 1) == Likeness(old, new, letters=4).of(1, 1) < 1
    assert Likeness(old, new, letters=3).of(1, 1) == 1


def test_more_different_words_than_there_are_letters_are_told_apart_all_the_same() -> None:
    many = "".join(f"{at:x} " for at in range(MOST_LETTERS))
    spans = diff(f"one {many}two", "three one four two five")
    assert "".join(span.text for span in spans if span.op != "+") == f"one {many}two"
    assert "".join(span.text for span in spans if span.op != "-") == "three one four two five"
