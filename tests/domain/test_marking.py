"""Marks around commented words in a clause's HTML, and names in a comment."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.anchors import occurrences
from app.domain.clauses import Clause, Kind
from app.domain.marking import Range, weave
from app.domain.mentions import mentioned, parts
from app.domain.render import render


def rendered(body: str) -> str:
    return render(Clause(Kind.PARAGRAPH, 0, "", "para_1", "", body, "\n\n"))


def marked(body: str, *quotes: str) -> str:
    """The clause with the first place of each quote marked."""
    spans = [occurrences(quote, body)[0] for quote in quotes]
    ranges = [Range(*span, f"[{number}]") for number, span in enumerate(spans, 1)]
    return weave(rendered(body), body, ranges, "<mark>")


@pytest.mark.parametrize(
    ("body", "quotes", "expected"),
    [
        ("Within 24 hours.", ["24 hours"], "Within <mark>24 hours</mark>[1]."),
        ("Within 24 hours.", ["Within 24", "24 hours"], "<mark>Within 24</mark>[1]<mark> hours</mark>[2]."),
        ("One <b> & two.", ["<b> & two."], "One <mark>&lt;b&gt; &amp; two.</mark>[1]"),
        ("The **Office** shall.", ["Office shall."], "The <strong><mark>Office</mark></strong><mark> shall.</mark>[1]"),
        ("2 * 3 * 4 is even.", ["4 is even."], "2 * 3 * <mark>4 is even.</mark>[1]"),
        ("See [the act](https://x.kg/a) now.", ["act](https://x.kg/a) now."], 'See <a href="https://x.kg/a">the <mark>act</mark></a><mark> now.</mark>[1]'),
        ("See [the act](https://x.kg/a) now.", ["the"], 'See <a href="https://x.kg/a"><mark>the</mark> act</a>[1] now.'),
        ("Area of 10 m^2^ here.", ["here."], "Area of 10 m<sup>2</sup> <mark>here.</mark>[1]"),
        ("Ends.", ["Ends."], "<mark>Ends.</mark>[1]"),
    ],
)  # fmt: skip
def test_words_are_marked_where_they_stand(body: str, quotes: list[str], expected: str) -> None:
    assert marked(body, *quotes) == expected


PIECES = st.lists(
    st.sampled_from(["Office ", "**must** ", "*may* ", "24 ", "< ", "& ", "* ", "ңан ", "^2^ ", "`x` ", "\\* "]),
    max_size=12,
)


@given(PIECES, st.data())
def test_a_mark_changes_no_word_and_stands_around_the_right_ones_or_nowhere(
    pieces: list[str], data: st.DataObject
) -> None:
    body = "".join(pieces).strip()
    start, end = sorted((data.draw(st.integers(0, len(body))), data.draw(st.integers(0, len(body)))))
    before = rendered(body)
    after = weave(before, body, [Range(start, end, "")], "<mark>")
    assert re.sub(r"</?mark>", "", after) == before
    inside = unescape(re.sub(r"<[^>]*>", "", "".join(re.findall(r"<mark>(.*?)</mark>", after, re.DOTALL))))
    if "<mark>" in after:
        bare = re.compile(r"[\s*`^\\]")
        assert bare.sub("", inside) == bare.sub("", body[start:end])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@civil", ("civil",)),
        ("Ask @CSO, @civil. And @Civil!", ("CSO", "civil")),
        ("(@un) and @UN", ("un", "UN")),
        ("a@civil.kg, @@civil, @nobody, https://x.kg/@civil", ()),
        ("@anna-maria @o.b", ("anna-maria", "o.b")),
    ],
)
def test_names_are_read_as_written_and_unknown_ones_stay_text(text: str, named: tuple[str, ...]) -> None:
    known = {name: name for name in ("civil", "CSO", "un", "UN", "anna-maria", "o.b")}
    assert mentioned(text, known) == named
    assert "".join(part.text for part in parts(text, known)) == text
