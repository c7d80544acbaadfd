"""The search for planted mark-up finds it: else the tests that use it would show nothing."""

import pytest

from tests.attacks.payloads import ALL, LINKS, SHORT, TAGS, planted


@pytest.mark.parametrize("text", [TAGS[0], TAGS[1], TAGS[2], TAGS[7], TAGS[8], TAGS[9], TAGS[10], TAGS[13], SHORT, ALL])
def test_mark_up_in_a_page_is_found(text: str) -> None:
    assert planted(f"<p>{text}</p>") != []


@pytest.mark.parametrize("text", [TAGS[4], SHORT])
def test_an_attribute_that_was_broken_out_of_is_found(text: str) -> None:
    assert planted(f'<p><input name="x" value="{text}"></p>') != []


@pytest.mark.parametrize(
    "address",
    ["javascript:x", " java\tscript:x", "data:image/png;base64,x", "ms-msdt:/id", "&#106;avascript:x", "blob:x"],
)
def test_an_address_that_is_none_of_the_web_is_found(address: str) -> None:
    assert planted(f'<p><a href="{address}">x</a></p>') != []
    assert planted('<p><a href="/x">x</a><a href="https://example.org/">y</a><a href="mailto:a@b.c">z</a></p>') == []


def test_words_are_no_mark_up() -> None:
    assert [
        text for text in (*TAGS, *LINKS) if planted(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>")
    ] == []
