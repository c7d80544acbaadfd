"""A clause as a Word paragraph: its words in runs, with real tracked changes where it is marked up.

Words that came stand in `w:ins`, words that went in `w:del`. A clause that moved stands at both places, its words in
`w:moveFrom` and `w:moveTo`; what was changed in it on the way went at the old place and came at the new one. The mark
at a paragraph's end is tracked too: accepting everything leaves the document's text, rejecting everything the base's.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.clauses import Kind
from app.domain.diff import Op
from app.exports.document import Backing, Document, Line
from app.exports.docx_notes import Anchor, end, references, start
from app.exports.docx_styles import heading_levels, style_of
from app.exports.docx_xml import moment, text, w
from app.exports.inline import Look, Piece, pieces
from app.exports.numbers import label_pieces
from app.exports.words import Words, words_for

AUTHOR_LENGTH = 255
BOOKMARK_LENGTH = 40
STAYS_IN_PLACE: Mapping[Op, str] = {"=": "", "+": "ins", "-": "del"}
ARRIVES: Mapping[Op, str] = {"=": "moveTo", "+": "ins"}
LEAVES: Mapping[Op, str] = {"=": "moveFrom", "-": "del"}
ELEMENTS = {"moved": ARRIVES, "moved_and_edited": ARRIVES, "moved_away": LEAVES}
"""What words are put into, by what became of their clause. What a moved clause leaves out stands at its other place."""
MARKS = {"inserted": "ins", "deleted": "del", "moved": "moveTo", "moved_and_edited": "moveTo", "moved_away": "moveFrom"}
"""The same for the mark at the end of the paragraph."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One document being written, with what may occur once in it."""

    document: Document
    words: Words
    levels: Mapping[Kind, int]
    bookmarks: Mapping[str, str]
    ids: "itertools.count[int]"

    def tracked(self, name: str, backing: Backing, inner: str = "") -> str:
        return w(name, inner, id=next(self.ids), **self.signed(backing))

    def signed(self, backing: Backing) -> dict[str, str]:
        """Author and date, as all tracked changes have them: the institutions, or of what nobody proposed the version
        that made it."""
        version = self.words.version.format(number=backing.version or self.document.version.number)
        author = (", ".join(map(str, backing.parties)) or version)[:AUTHOR_LENGTH]
        return {"author": author, "date": moment(backing.at or self.document.version.at)}


def marker(document: Document) -> Marker:
    levels = heading_levels(line.kind for line in document.lines)
    named = bookmarks(line.clause_id for line in document.lines)
    return Marker(document, words_for(document.language), levels, named, itertools.count(1))


def bookmarks(clause_ids: Iterable[str]) -> dict[str, str]:
    """A name for each clause that Word allows: a letter, then letters, digits and `_`, at most 40, all different."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for clause_id in dict.fromkeys(clause_ids):
        name = "c_" + re.sub(r"[^A-Za-z0-9_]", "_", clause_id)
        numbered = (f"{name[: BOOKMARK_LENGTH - 8]}_{number}" for number in itertools.count(2))
        tries = itertools.chain((name[:BOOKMARK_LENGTH],), numbered)
        found[clause_id] = next(one for one in tries if one.casefold() not in taken)
        taken.add(found[clause_id].casefold())
    return found


def paragraph(writing: Marker, line: Line, anchors: Sequence[Anchor] = (), opening: str = "") -> str:
    """One clause; `opening` comes before its words."""
    mark = MARKS.get(line.change, "")
    around = _Around(writing, line, mark, ELEMENTS.get(line.change, STAYS_IN_PLACE))
    cuts = sorted({edge for one in anchors for edge in (one.start, one.end) if edge is not None})
    found = [one for one in (*label_pieces(line), *pieces(line, cuts)) if one.op in around.elements]
    words = "".join(around.with_anchors(found, anchors))
    if line.change != "moved_away":
        words = bookmarked(writing, line.clause_id, words)
    return w("p", around.properties() + opening + words)


def bookmarked(writing: Marker, clause_id: str, words: str) -> str:
    """Words by which a clause is found again, whatever becomes of its number."""
    id = next(writing.ids)
    return w("bookmarkStart", id=id, name=writing.bookmarks[clause_id]) + words + w("bookmarkEnd", id=id)


@dataclass(frozen=True, slots=True)
class _Around:
    """A paragraph with what is done to it as a whole."""

    writing: Marker
    line: Line
    mark: str
    elements: Mapping[Op, str]

    def properties(self) -> str:
        """Style, the tracked mark at the end, the former style (in the order of the schema)."""
        line, writing = self.line, self.writing
        style = style_of(line.kind, writing.levels)
        mark = w("rPr", writing.tracked(self.mark, line.backing)) if self.mark else ""
        former = ""
        if line.old_kind is not None and not line.is_gone and not line.is_new_here:
            before = style_of(line.old_kind, writing.levels)
            if before != style:
                former = writing.tracked("pPrChange", line.backing, w("pPr", w("pStyle", val=before)))
        return w("pPr", w("pStyle", val=style) + mark + former)

    def with_anchors(self, found: Sequence[Piece], anchors: Sequence[Anchor]) -> Iterator[str]:
        """The runs, and around those that comments are about where these begin and end."""
        places = [(one, *_place(one, found)) for one in anchors]
        for at, piece in enumerate(found):
            yield from (start(one) for one, first, _ in places if first == at)
            yield self._run(piece)
            yield from (self._closing(one) for one, _, last in places if last == at)
        if not found:
            yield from (start(one) + self._closing(one) for one in anchors)

    def _run(self, piece: Piece) -> str:
        name = self.elements[piece.op]
        look = looks(piece.look)
        words = text(piece.text, deleted=name == "del")
        run = w("r", (w("rPr", look) if look else "") + words) if words else ""
        backing = piece.backing if piece.op != "=" else self.line.backing
        return self.writing.tracked(name, backing, run) if name and run else run

    def _closing(self, anchor: Anchor) -> str:
        """Where an anchor ends; its sign comes and goes with a paragraph that came or went."""
        signs = "".join(references(anchor))
        return end(anchor) + (self.writing.tracked(self.mark, self.line.backing, signs) if self.mark else signs)


def _place(anchor: Anchor, found: Sequence[Piece]) -> tuple[int, int]:
    """The first and the last run that an anchor is about; all of them where it finds none."""
    if anchor.amendment is not None:
        own = [at for at, one in enumerate(found) if one.op != "=" and anchor.amendment in one.backing.amendments]
    elif anchor.start is not None and anchor.end is not None:
        own = [
            at for at, one in enumerate(found)
            if one.op != "-" and one.start < anchor.end and one.end > anchor.start
        ]  # fmt: skip
    else:
        own = []
    return (own[0], own[-1]) if own else (0, len(found) - 1)


def looks(look: Look) -> str:
    """The content of a run's `w:rPr`, in the order of the schema."""
    return (
        (w("b") + w("bCs") if look.bold else "")
        + (w("i") + w("iCs") if look.italic else "")
        + (w("strike") if look.struck else "")
        + (w("vertAlign", val="superscript") if look.raised else "")
    )
