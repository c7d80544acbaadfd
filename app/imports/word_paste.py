"""HTML as word processors put it on the clipboard (Word, LibreOffice, Google Docs) → a law's Markdown.

Numbers stand as they were shown, headings are `#`, tables are pipe tables; no HTML is left. `domain.pasting.cleaned`
then deals with invisible and special characters.
"""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from app.domain.enumerators import enumerator
from app.imports.inline_marks import PLAIN, Format, Run, collapsed, escaped, inline
from app.imports.list_numbers import ListLevel, is_bullet

_HEADING = re.compile(r"h([1-6])")
_STYLED_HEADING = re.compile(r"msoheading([1-6])|mso-outline-level:\s*([1-6])")
_SKIPPED = {
    "head",
    "style",
    "script",
    "title",
    "xml",
    "template",
    "noscript",
    "svg",
    "object",
    "iframe",
    "del",
    "select",
}
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "tr", "td", "th", "blockquote", "pre",
    "section", "article", "body", "html", "tbody", "thead", "dl", "dt", "dd", "center", "address", "hr",
}  # fmt: skip
_VOID = {"br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base", "embed", "source", "track"}
_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all|mso-element:\s*comment|mso-special-character:\s*comment")
_BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)")
_NOT_BOLD = re.compile(r"font-weight:\s*(?:normal|[1-5]00)")
_ITALIC = re.compile(r"font-style:\s*italic")
_RAISED = re.compile(r"vertical-align:\s*super")
_STRUCK = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
_LEVEL = re.compile(r"mso-list:[^;]*level(\d)")
_LABELS = re.compile(r"mso-list:\s*ignore")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = re.compile(r"<[!?][^<>]{0,1000}>")  # <![if !supportLists]>, <!DOCTYPE html>, <?xml …>
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]{0,4000}>)")
_DEEPEST = 300
_LEVEL_SPACES = 3


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that is open: what it makes of the words in it."""

    tag: str
    look: Format = PLAIN
    skips: bool = False
    is_label: bool = False  # the number that Word shows before a list paragraph


@dataclass(slots=True)
class _Paragraph:
    """What is being read: its words, the number shown before it, and how deep in lists or headings it stands."""

    runs: list[Run] = field(default_factory=list)
    label: str = ""
    heading: int = 0
    level: int = 0


class _Reader(HTMLParser):
    """Collects paragraphs and tables in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.opened: list[_Open] = []
        self.lists: list[ListLevel] = []
        self.paragraph = _Paragraph()
        self.rows: list[list[str]] = []
        self.tables = 0  # how many tables are open, one inside the other

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        style = given.get("style", "").lower()
        above = self.opened[-1] if self.opened else _Open("")
        if tag in _BLOCKS and not above.skips:
            self.flush()
            self.begin(tag, given, style)
        if tag == "br" and not above.skips:
            self.paragraph.runs.append(("\n", above.look))
        if tag not in _VOID and len(self.opened) < _DEEPEST:
            skips = above.skips or tag in _SKIPPED or (":" in tag and tag != "o:p") or bool(_HIDDEN.search(style))
            label = above.is_label or bool(_LABELS.search(style))
            self.opened.append(_Open(tag, _look(tag, style, above.look), skips, label))

    def handle_endtag(self, tag: str) -> None:
        above = self.opened[-1] if self.opened else _Open("")
        at = next((at for at in range(len(self.opened) - 1, -1, -1) if self.opened[at].tag == tag), -1)
        if at < 0:
            return
        if tag in _BLOCKS and not above.skips:
            self.flush()
            self.finish(tag)
        del self.opened[at:]

    def handle_data(self, data: str) -> None:
        here = self.opened[-1] if self.opened else _Open("")
        if here.skips:
            return
        if here.is_label:
            self.paragraph.label += data
        else:
            self.paragraph.runs.append((collapsed(data), here.look))

    def begin(self, tag: str, given: dict[str, str], style: str) -> None:
        marked = _HEADING.fullmatch(tag)
        styled = _STYLED_HEADING.search(given.get("class", "").lower() + " " + style) if tag == "p" else None
        level = _LEVEL.search(style)
        if marked or styled:
            self.paragraph.heading = int(marked[1] if marked else styled[1] or styled[2])  # type: ignore[index]
        elif level:
            self.paragraph.level = int(level[1])
        elif tag in ("ul", "ol"):
            self.lists.append(ListLevel(tag, given.get("type", ""), style, given.get("start", "")))
        elif tag == "li" and self.lists:
            self.paragraph.label = self.lists[-1].next_label(given.get("value", ""), style)
            self.paragraph.level = len(self.lists)
        elif tag == "table":
            self.tables += 1
        elif tag == "tr" and self.tables == 1:
            self.rows.append([])
        elif tag in ("td", "th") and self.tables == 1:
            self.rows = self.rows or [[]]
            self.rows[-1].append("")

    def finish(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "table" and self.tables:
            self.tables -= 1
            if not self.tables:
                self.blocks += _table(self.rows)
                self.rows = []

    def flush(self) -> None:
        """End the paragraph being read."""
        one, self.paragraph = self.paragraph, _Paragraph()
        inside = self.tables > 0 and bool(self.rows) and bool(self.rows[-1])
        words = inline(_plain(one.runs) if one.heading else one.runs, one_line=inside or bool(one.heading))
        if not words:
            if one.label:  # `<li><p>`: the number waits for the words
                self.paragraph = replace(one, runs=[])
            return
        text = _written(one, words)
        if inside:
            cell = self.rows[-1][-1]
            self.rows[-1][-1] = f"{cell} {text.strip()}".strip()
        else:
            self.blocks.append(text)


def markdown(html: str) -> str:
    """The Markdown of pasted HTML, blocks apart by blank lines; ends without a line end. Never raises."""
    reader = _Reader()
    reader.feed(_NO_TAG.sub("&lt;", _DECLARATION.sub("", _COMMENT.sub("", html))))
    reader.close()
    reader.flush()
    return "\n\n".join([*reader.blocks, *_table(reader.rows)])


def _look(tag: str, style: str, above: Format) -> Format:
    bold = above.bold or tag in ("b", "strong", "th") or bool(_BOLD.search(style))
    if _NOT_BOLD.search(style):
        bold = False
    italic = above.italic or tag in ("i", "em") or bool(_ITALIC.search(style))
    struck = above.struck or tag in ("s", "strike") or bool(_STRUCK.search(style))
    return Format(bold and tag != "th", italic, struck, above.raised or tag == "sup" or bool(_RAISED.search(style)))


def _plain(runs: list[Run]) -> list[Run]:
    """The words of a heading: it is bold by itself."""
    return [(text, replace(look, bold=False)) for text, look in runs]


def _written(one: _Paragraph, words: str) -> str:
    shown = " ".join(one.label.split())
    label = escaped(shown)
    if one.heading:
        return "#" * one.heading + " " + f"{label} {words}".strip()
    indent = " " * (_LEVEL_SPACES * max(0, one.level - 1))
    if not label or enumerator(words, 0) is not None:
        return indent * bool(label) + words
    return f"{indent}{'-' if is_bullet(shown) else label} {words}"


def _table(rows: list[list[str]]) -> list[str]:
    """A pipe table; the only cell of a table is a paragraph."""
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    width = max(map(len, rows))
    if width == 1 and len(rows) == 1:
        return [rows[0][0]]
    lines = [
        "| " + " | ".join(cell.replace("|", r"\|") for cell in row + [""] * (width - len(row))) + " |" for row in rows
    ]
    return ["\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]
