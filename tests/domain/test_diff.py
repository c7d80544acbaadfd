"""Word differences rebuild both texts and never cut a word."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff import Span, cuts_a_word, diff, tokens

WORDS = st.lists(
    st.sampled_from(["келишим ", "ң", "ө", "24 ", "hours", " ", ",", ". ", "twenty-four ", "й", "\u00ad", "\u0301", "\u00a0", "\r\n", "х"]),
    max_size=30,
).map("".join)  # fmt: skip
TEXTS = st.one_of(st.text(), WORDS)


@given(TEXTS, TEXTS)
def test_a_difference_rebuilds_both_texts(old: str, new: str) -> None:
    spans = diff(old, new)
    assert "".join(span.text for span in spans if span.op != "+") == old
    assert "".join(span.text for span in spans if span.op != "-") == new


@given(TEXTS, TEXTS)
def test_no_span_cuts_a_word_of_either_text(old: str, new: str) -> None:
    for text, left_out in ((old, "+"), (new, "-")):
        at = 0
        for span in diff(old, new):
            if span.op != left_out:
                at += len(span.text)
                assert not cuts_a_word(text, at)


@given(TEXTS)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_a_changed_number_is_one_word_replaced_by_one() -> None:
    assert diff("within 24 hours", "within 48 hours") == (
        Span("=", "within "),
        Span("-", "24 "),
        Span("+", "48 "),
        Span("=", "hours"),
    )
