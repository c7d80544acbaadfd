"""HTML from the clipboard of word processors, read as Markdown. The samples are written by hand after what these
programs put there."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.pasting import cleaned
from app.domain.reading import parse
from app.imports.word_paste import markdown

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>x</title>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-parent:""; margin:0cm;} --></style></head><body lang=RU style='tab-interval:36.0pt'>
<!--StartFragment-->
<h3>Статья 5.<span style='mso-spacerun:yes'>  </span><b>Права</b><o:p></o:p></h3>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>Каждый
имеет <b>право</b>:<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>а)<span>&nbsp;&nbsp; </span></span><![endif]>на <i>жалобу</i>;<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span></span><![endif]>на защиту.<o:p></o:p></p>
<p class=MsoNormal>2.<span style='mso-tab-count:1'>     </span>Статья 12<sup>1</sup> действует<del cite="mailto:x">
всегда</del> <ins>ночью</ins>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1><tr><td width=10><p class=MsoNormal>№</p></td><td><p>Срок | час</p></td></tr>
<tr><td><p>1</p></td><td><p>24</p><p>часа</p></td></tr></table>
<!--EndFragment--></body></html>"""

GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-6f2c"><h2 dir="ltr"
style="line-height:1.38;"><span style="font-size:16pt;font-weight:400;">Chapter 2. Duties</span></h2><p dir="ltr"><span
style="font-weight:700;">The owner</span><span style="font-weight:400;"> pays &lt;ten&gt;.</span></p><ol start="3"
style="margin-top:0;"><li dir="ltr" style="list-style-type:decimal;" aria-level="1"><p dir="ltr"
role="presentation"><span>first</span></p></li><ol><li style="list-style-type:lower-alpha;" aria-level="2"><p><span
style="font-style:italic">inner</span></p></li></ol><li style="list-style-type:decimal;"><p>second</p></li></ol><ul><li><p>dot</p></li></ul><br
class="Apple-interchange-newline"></b>"""

LIBRE = """<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/><style
type="text/css">p { line-height: 115% }</style></head><body lang="ky-KG" dir="ltr"><h3 class="western">3-берене. Укуктар</h3>
<p style="line-height: 100%">1. Ээси&shy;нин укугу:</p><ol type="a"><li/><p>биринчи;</p><li><p>1) экинчи.</p></li></ol>
<p><font face="Liberation Serif, serif"><font size="3"><s>эски</s> жаңы</font></font><br/>сап</p></body></html>"""


def test_word() -> None:
    assert markdown(WORD) == (
        "### Статья 5. Права\n\n1. Каждый имеет **право**:\n\n   а) на *жалобу*;\n\n- на защиту.\n\n"
        "2. Статья 12^1^ действует ночью.\n\n| № | Срок \\| час |\n| --- | --- |\n| 1 | 24 часа |"
    )


def test_google_docs() -> None:
    assert markdown(GOOGLE) == (
        "## Chapter 2. Duties\n\n**The owner** pays \\<ten>.\n\n3. first\n\n   a) *inner*\n\n4. second\n\n- dot"
    )


def test_libreoffice() -> None:
    assert markdown(LIBRE) == (
        "### 3-берене. Укуктар\n\n1. Ээси\u00adнин укугу:\n\na) биринчи;\n\n1) экинчи.\n\n~~эски~~ жаңы\nсап"
    )
    assert cleaned(markdown(LIBRE)).text.startswith("### 3-берене. Укуктар\n\n1. Ээсинин укугу:")


def test_what_was_pasted_is_read_as_clauses() -> None:
    assert [(one.kind.value, one.label) for one in parse(cleaned(markdown(WORD)).text).clauses] == [
        ("article", "Статья 5."), ("paragraph", "1."), ("point", "а)"), ("indent", ""), ("paragraph", "2."), ("table", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("plain words", "plain words"),
        ("<p>a<br>b</p>", "a\nb"),
        ("<div>one</div><div>two</div>", "one\n\ntwo"),
        ("<p># no heading</p><p>a * b</p>", "\\# no heading\n\na \\* b"),
        ("<p class=MsoHeading2>x</p>", "## x"),
        ("<p style='mso-outline-level:2'>x</p>", "## x"),
        ("<script>alert(1)</script><p onclick=x()>a</p>", "a"),
        ("<p>&lt;script&gt;</p>", "\\<script>"),
        ("<ol type=I><li>a<li>b</ol>", "I. a\n\nII. b"),
        ("<ol><li value=5>a</li><li>b</li></ol>", "5. a\n\n6. b"),
        ("<table><tr><td>only</td></tr></table>", "only"),
        ("<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>", "| a |  |\n| --- | --- |\n| b | c |"),
        ("<p><b>a</b><b> b</b> c</p>", "**a b** c"),
        ("<p>x<span style='display:none'>hidden</span></p>", "x"),
        ("<p>a<!-- <b>x</b> --><![if !vml]>b<![endif]></p>", "ab"),
        ("5 < 6 and a<", "5 < 6 and a<"),
    ],
)
def test_small_pieces(html: str, expected: str) -> None:
    assert markdown(html) == expected


PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<![if x]>", "<![", "<!--", "-->", "<ol>", "</ol>", "<li>", "<table>", "<tr>", "<td>",
     "</td></tr></table>", "text", "<", "&lt;script&gt;", "<script>", "</script>", "*", "|", "\n", "<o:p>", "1)", "<!", "<?x", "<br>", "&nbsp;", "#",
     "<span style='mso-list:Ignore'>", "</span>", "<sup>", "12", "<!DOCTYPE", "<![CDATA[", "]]>", ">", "&#x3c;i", "<h1>", "<div", "'", '"', "\\", "&"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join) | st.text())
def test_no_html_is_left_and_nothing_is_refused(html: str) -> None:
    assert re.search(r"(?<!\\)(?:\\\\)*<[a-zA-Z/!?]", markdown(html)) is None


@pytest.mark.parametrize(
    "piece", ["<b>", "<p>", "<", "<![ ", "</b>", "<!--", "<table><tr><td>", "<a b='", "<a b='>", "a<br>"]
)
def test_long_texts_take_linear_time(piece: str) -> None:
    started = process_time()
    markdown(piece * (100_000 // len(piece)))
    assert process_time() - started < 5
