"""WordprocessingML as text: elements, characters that XML can hold, dates.

The order of elements inside `w:pPr` and `w:rPr` is part of the schema (ECMA-376, 17.3): Word does not open a file in
which it is another. Whoever calls writes them in that order; `tests/exports` knows it too.
"""

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'mc:Ignorable="w14 w15"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARTS = re.compile(r"(\t|\n)")


def w(name: str, inner: str = "", /, **attributes: object) -> str:
    """An element of the main namespace, its attributes too: `w("p", …)`, `w("pStyle", val="Title")`."""
    said = "".join(f" w:{key}={quoteattr(clean(str(value)))}" for key, value in attributes.items())
    return f"<w:{name}{said}>{inner}</w:{name}>" if inner else f"<w:{name}{said}/>"


def part(name: str, inner: str) -> str:
    """A whole part of the package with this root element."""
    return f"{HEAD}<w:{name} {NAMESPACES}>{inner}</w:{name}>"


def clean(text: str) -> str:
    """The text with a sign in the place of each character that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def text(words: str, *, deleted: bool = False) -> str:
    """The content of a run: words, tabs, line breaks."""
    name = "delText" if deleted else "t"
    found = _PARTS.split(clean(words.replace("\r\n", "\n").replace("\r", "\n")))
    return "".join(_text(one, name) for one in found if one)


def _text(words: str, name: str) -> str:
    if words == "\t":
        return "<w:tab/>"
    return "<w:br/>" if words == "\n" else f'<w:{name} xml:space="preserve">{escape(words)}</w:{name}>'


def run(words: str, look: str = "") -> str:
    """A run of words; `look` is the content of its `w:rPr`."""
    return w("r", (w("rPr", look) if look else "") + text(words)) if words else ""


def paragraph(style: str, *content: str) -> str:
    return w("p", w("pPr", w("pStyle", val=style)) + "".join(content))


def field(instruction: str, shown: str) -> str:
    """A field that a word processor works out; `shown` until it does."""
    return w("fldSimple", run(shown), instr=f" {instruction} ")


def moment(at: datetime) -> str:
    """A time as tracked changes and comments have it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
