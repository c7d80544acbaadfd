"""Sentences of change: in the language of the law, and never the reason for a page to fail."""

import pytest

from app.domain.edits import Amendment, ReplaceWords
from app.domain.instructions import Style
from app.domain.known import compare_known
from app.services.saying import is_much, said_of_amendment, sentences, style_for
from tests.sample import amendments, law


@pytest.mark.parametrize(
    ("of_law", "interface", "style"),
    [
        ("en", "ky", Style.UK),
        ("ru", "en", Style.RU),
        ("ky", "ru", Style.KY),
        ("fr", "ky", Style.KY),
        ("fr", "de", Style.UK),
    ],
)
def test_the_language_of_the_law_decides_else_that_of_the_reader(of_law: str, interface: str, style: Style) -> None:
    assert style_for(of_law, interface) is style


def test_an_amendment_is_said_as_its_author_would_have_to_write_it() -> None:
    by_key = {amendment.key: amendment for amendment in amendments()}
    said = said_of_amendment(law(), by_key["A15"], "The Law", Style.UK)
    assert said.sentences == ("In Article 18(2), for “six months” substitute “thirty days”.",)
    assert (said.language, said.opening) == ("en", "The Law is amended as follows—")


def test_nothing_is_said_where_no_sentence_can_be_made(caplog: pytest.LogCaptureFixture) -> None:
    def fails(*_: object) -> tuple[()]:
        raise ZeroDivisionError("a case nobody foresaw")

    text = law()
    assert sentences(text, text, compare_known(text, text), Style.UK, fails) == ()
    assert "no sentences of change could be made" in caplog.text
    assert said_of_amendment(text, amendments()[0], "The Law", Style.UK, fails).sentences == ()


def test_nothing_is_said_of_an_amendment_that_no_longer_fits_its_text() -> None:
    stale = Amendment("A1", (ReplaceWords("art_18__para_2", 0, "Words that stand nowhere", "other words"),))
    assert said_of_amendment(law(), stale, "The Law", Style.RU).sentences == ()
    assert said_of_amendment(law(), Amendment("A1", ()), "The Law", Style.RU).sentences == ()


def test_a_law_written_anew_is_not_put_into_sentences_unasked() -> None:
    text = law()
    assert not is_much(compare_known(text, text))
    doubled = {
        **text,
        **{f"again-{at}": clause for at, clause in text.items()},
        **{f"more-{at}": c for at, c in text.items()},
    }
    assert is_much(compare_known(text, doubled))
