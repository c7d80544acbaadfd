"""Who is behind what went, was moved or got another number: the amendments that versions in between took up."""

from datetime import UTC, datetime

import pytest

from app.domain.diff import Span
from app.domain.provenance import Origin
from app.exports.document import Backing, Party
from app.services.crediting import Credits, taken_up
from app.services.pages import AmendmentLine, ChangeLine

DAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
CSO, MVD = Party("CSO", "Civil Society"), Party("MVD", "Interior")
ITSELF = Backing((), (), DAY, 3)


def change(kind: str, clause_id: str | None, *spans: Span) -> ChangeLine:
    return ChangeLine(kind, clause_id, "", "", spans, "", "")


def amendment(number: int, settled: int | None, *changes: ChangeLine, state: str = "adopted") -> AmendmentLine:
    return AmendmentLine(number, state, None, None, "", "", "", 1, 1, settled, DAY, changes, (), 0)


LINES = (
    amendment(1, 2, change("replace_words", "p", Span("=", "Within "), Span("-", "two "), Span("+", "three "))),
    amendment(2, 3, change("replace_words", "p", Span("-", "at once "))),
    amendment(3, 3, change("delete", "article")),
    amendment(4, 3, change("move", "chapter")),
    amendment(5, 1, change("delete", "p")),  # before
    amendment(6, None, change("delete", "p"), state="submitted"),
    amendment(7, 3, change("delete", "p"), state="not_adopted"),
)
BACKINGS = {number: Backing((number,), (CSO,) if number % 2 else (MVD,), DAY) for number in range(1, 8)}
CREDITS = Credits(BACKINGS, taken_up(LINES, 1, 3), {2: DAY}, ITSELF)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("two ", (1,), id="just these words"),
        pytest.param("at once", (2,), id="others of the same clause"),
        pytest.param("something else", (1, 2), id="words that none named: whoever changed the clause"),
    ],
)
def test_words_that_went_are_laid_to_who_asked_for_it(text: str, numbers: tuple[int, ...]) -> None:
    assert CREDITS.of_removal("p", text).amendments == numbers


def test_what_stands_in_a_deleted_or_moved_clause_went_with_it() -> None:
    assert CREDITS.of_deed(("p", "article", "chapter"), "delete").amendments == (3,)
    assert CREDITS.of_deed(("p", "article", "chapter"), "move").amendments == (4,)


def test_what_nobody_asked_for_the_version_did_itself() -> None:
    assert CREDITS.of_deed(("p",), "relabel") == ITSELF
    assert CREDITS.of_removal("other", "words") == ITSELF


def test_several_amendments_name_each_institution_once_and_the_last_date() -> None:
    earlier = DAY.replace(day=20)
    known = Credits({1: Backing((1,), (CSO, MVD), earlier), 2: Backing((2,), (MVD,), DAY)}, {}, {}, ITSELF)
    assert known.of_words(Origin(2, ("A1", "A2"))) == Backing((1, 2), (CSO, MVD), DAY, 2)


def test_where_times_are_not_told_the_date_is_the_versions() -> None:
    known = Credits({1: Backing((1,), (), None)}, {}, {2: DAY}, ITSELF)
    assert known.of_words(Origin(2, ("A1",))).at == DAY
