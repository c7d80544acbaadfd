"""The codes of ballots: read as they are printed, and as people type them."""

import pytest

from app.domain.ballots import About, Code, UnreadableCode, check_of, read_check, read_code


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("S2-13-MVD 4F7A21", Code(About.ITEM, 2, 13, "MVD", "4F7A21")),
        (" s2-13-mvd 4f7a21 ", Code(About.ITEM, 2, 13, "MVD", "4F7A21")),
        ("S2–13–MVD/4F7A21", Code(About.ITEM, 2, 13, "MVD", "4F7A21")),
        ("S 2 - 13 - MVD", Code(About.ITEM, 2, 13, "MVD")),
        ("C4-1-CSO", Code(About.CALL, 4, 1, "CSO")),
        ("С4-1-CSO 4F7А21", Code(About.CALL, 4, 1, "CSO", "4F7A21")),  # with Cyrillic С and А
        ("C4-1-МВД 000000", Code(About.CALL, 4, 1, "МВД", "000000")),
    ],
)
def test_a_code_is_read_as_it_is_typed(typed: str, read: Code) -> None:
    assert read_code(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "MVD", "S2-MVD", "X2-1-MVD", "S2-1-", "S2-x-MVD", "S2-1-MVD 4F7A2", "S1234567890-1-MVD", "-"]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableCode):
        read_code(typed)


def test_a_code_is_printed_as_it_is_read() -> None:
    code = read_code("S2-13-MVD 4F7A21")
    assert (str(code), code.place) == ("S2-13-MVD", "S2-13")
    assert check_of("4f7a21" + "0" * 58) == read_check(" 4f7a 21") == code.check
