"""What people, programs and enemies put into fields: texts, numbers, days, laws, in all the ways that break things."""

from pathlib import Path

from hypothesis import strategies as st

DRAFTS = Path(__file__).parents[2] / "drafts"
LAWS = tuple((DRAFTS / f"torture-investigation.{language}.md").read_bytes().decode() for language in ("en", "ru", "ky"))
LAW = LAWS[0]

PIECES = (
    "# T", "### Статья 5. Цель\n\n", "### Article 1\n\n", "Article 12-1.", "1. ", "2) ", "а) ", "(a) ", "(1) ", "«", "»", "\n",
    "\n\n", "\r\n", "\r", "---\n", "```\n", "| a | b |\n| --- | --- |\n", "> q\n", "\ufeff", "\u00a0", "\u00ad", "й", "ң",
    "\x00", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "§ 26^12^. ", "   ", "## Annex I\n", "#### Section 2\n",
    "===\n", "“", "”", "„", '"', "- 1) ", "**§ 5.** ", "\\(1\\) ", "(i) ", "1.1. ", "I. – ", "aa) ", "1° ", "<!-- ", "-->",
    "<table>", "§§ 2 bis 4", ":", "9" * 50, "³", "Ⅳ", "٣", "²", "①", "Ⅷ", "title: x\n", "date: 2026-13-45\n", "? ", "!!python/object ",
    "&a ", "*a", "{{", "}}", "{%", "%s", "%(x)s", "${x}", "\\", "\\1", "\\g<0>", "(?P<a>", "[", "]", "(", ")", "{", "}", "<script>",
    "</textarea>", "&#0;", "&amp;", "@civil", "@", "paragraph 2 of Article 13", "Article 999999", "part 1 of Article 2",
    "статьи 5 и 6", "13-берененин", "\U0001f600", "e\u0301", "ß", "İ", "ı", "ﬁ", "\u202e", "\u200b", "\u2066", "\ud7ff", "\ue000",
    "\uffff", "\U0010ffff",
)  # fmt: skip
ODD = (
    "", " ", "\0", "\n", "\r\n", "-", "--", "'", '"', "' OR 1=1 --", "../../etc/passwd", "//evil.example", "javascript:alert(1)",
    "null", "None", "undefined", "NaN", "true", "on", "[]", "{}", "[1]", '{"a":1}', "\ufeff", "\u202e", "\x7f", "\x85", "%00", "%",
    "%zz", "+", "é", "ё", "Ω" * 300, "x" * 300, "x" * 20_001, "a b", "civil", "facilitator", "1", "2", "all", "CSO", "MVD",
    "en", "ru", "ky", "xx", "markdown", "docx", "yes", "no", "art_1", "art_13__para_1", "A1", "A4", "13; A4", "13", "0", "-0",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "1", "2", "3", "007", "1.5", "-1.5", "1e3", "1e400", "inf", "-inf", "nan", "2147483647", "2147483648", "-2147483649",
    "9223372036854775807", "9223372036854775808", "9" * 30, "9" * 5000, "0x10", "1_000", "1,5", " 7 ", "٣", "²", "½", "1 000", "+5",
    "--5", "1e99999999", "1/3", "1/0", "0/0", "100%", "",
)  # fmt: skip
DAYS = (
    "2026-12-31", "2026-13-45", "0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "1970-01-01", "2026-W01-1", "20261231",
    "31.12.2026", "-2026-01-01", "12026-01-01", "2026-12-31T25:61", "2026-12-31T10:00", "9999-12-31T23:59", "0001-01-01T00:00",
    "2026-12-31T10:00:00+14:00", "2026-12-31T10:00Z", "2026-12-31 10:00", "10:00", "24:00", "99:99", "٢٠٢٦-١٢-٣١", "today", "",
    "2026-12-31\0", "2026-366", "2026-03-29T02:30",
)  # fmt: skip

ANY_TEXT = st.text(max_size=60)
"""Any characters but lone surrogates, which no encoding carries."""
LAWLIKE = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=30).map("".join)
NUMBER = st.one_of(st.sampled_from(NUMBERS), st.integers(-(2**70), 2**70).map(str), st.floats().map(str))
DAY = st.one_of(st.sampled_from(DAYS), st.dates().map(str), st.datetimes().map(lambda at: at.isoformat()))
LONG = st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.sampled_from([50, 1_000, 9_000]))
WILD = st.one_of(st.sampled_from(ODD), ANY_TEXT, LAWLIKE, NUMBER, DAY)
"""What may stand in any field; long texts are sent now and then by whom they are worth their time."""


@st.composite
def changed(draw: st.DrawFn, whole: str, most: int = 4) -> str:
    """A text in which a few stretches were taken out, doubled, swapped or replaced by pieces."""
    text = whole
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 1, 2, 7, 40, 300])))
        way = draw(st.integers(0, 3))
        piece = draw(st.sampled_from(PIECES)) if way == 0 else ""
        middle = (piece, "", text[start:end] * 2, text[start:end][::-1])[way]
        text = text[:start] + middle + text[end:]
    return text


@st.composite
def part_of(draw: st.DrawFn, text: str, longest: int = 1500) -> str:
    """A stretch of a text, changed."""
    start = draw(st.integers(0, max(0, len(text) - longest)))
    return draw(changed(text[start : start + draw(st.integers(0, longest))]))


LAW_TEXT = st.one_of(LAWLIKE, ANY_TEXT, *(part_of(law) for law in LAWS))
QUOTED = st.one_of(st.sampled_from(PIECES), ANY_TEXT, st.sampled_from(LAW.split()))
