"""Comments of a Word document: threads on the law, and the reasons of the amendments whose words are marked in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.exports.document import Document, Line, Party, Proposed, Remark
from app.exports.docx_xml import HEAD, NAMESPACES, moment, part, run, w
from app.exports.words import Words

NOWHERE = ""
"""Stands for the clause of comments whose clause is in neither text."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What comments are about: characters of the clause's words, the words that an amendment (its number) changed, or
    the whole clause. `ids` are those of the comments: the first of a thread, and its replies."""

    ids: tuple[int, ...]
    start: int | None = None
    end: int | None = None
    amendment: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A comment as Word has it. `parent` is the first comment of its thread."""

    id: int
    author: str
    initials: str
    at: datetime
    words: str
    parent: int | None
    is_resolved: bool


@dataclass(frozen=True, slots=True)
class Notes:
    """All comments of a document in the order of the text, and what they are about, by clause."""

    all: tuple[Note, ...]
    anchors: Mapping[str, tuple[Anchor, ...]]


NO_NOTES = Notes((), {})


def notes(document: Document, words: Words) -> Notes:
    writer = _Writer(document, words)
    anchors: dict[str, tuple[Anchor, ...]] = {}
    on_clauses, on_amendments = _by_place(document.remarks)
    changed = amendments_by_clause(document.lines)
    proposed = {one.number: one for one in document.amendments}
    for line in document.lines:
        if line.change == "moved_away":
            continue
        reasons = [
            writer.reason(proposed[number], on_amendments.get(number, ()))
            for number in changed.get(line.clause_id, ())
            if number in proposed
        ]
        threads = [writer.thread(remark) for remark in on_clauses.pop(line.clause_id, ())]
        if reasons or threads:
            anchors[line.clause_id] = (*reasons, *threads)
    lost = [writer.thread(remark) for those in on_clauses.values() for remark in those]
    return Notes(tuple(writer.notes), {**anchors, NOWHERE: tuple(lost)} if lost else anchors)


def amendments_by_clause(lines: Iterable[Line]) -> dict[str, list[int]]:
    """The amendments that changed something, each with the first clause in which it did."""
    found: dict[str, list[int]] = {}
    seen: set[int] = set()
    for line in lines:
        if line.change in ("kept", "moved_away"):
            continue
        numbers = {n for run in line.runs if run.op != "=" for n in run.backing.amendments}
        for number in sorted({*numbers, *line.backing.amendments} - seen):
            found.setdefault(line.clause_id, []).append(number)
            seen.add(number)
    return found


def _by_place(remarks: Iterable[Remark]) -> tuple[dict[str, list[Remark]], dict[int, list[Remark]]]:
    on_clauses: dict[str, list[Remark]] = {}
    on_amendments: dict[int, list[Remark]] = {}
    for remark in sorted(remarks, key=lambda one: (one.start or 0, one.id)):
        if remark.clause_id is not None:
            on_clauses.setdefault(remark.clause_id, []).append(remark)
        elif remark.amendment is not None:
            on_amendments.setdefault(remark.amendment, []).append(remark)
    return on_clauses, on_amendments


class _Writer:
    """Numbers comments in the order in which they are written."""

    def __init__(self, document: Document, words: Words) -> None:
        self._document, self._words = document, words
        self.notes: list[Note] = []

    def thread(self, remark: Remark) -> Anchor:
        lost = remark.quote if remark.start is None else ""
        said = f"“{lost}”\n{remark.body}" if lost else remark.body
        first = self._add(remark, said, None, remark.is_resolved)
        replies = [self._add(reply, reply.body, first, remark.is_resolved) for reply in remark.replies]
        return Anchor((first, *replies), remark.start, remark.end)

    def reason(self, amendment: Proposed, talk: Iterable[Remark]) -> Anchor:
        """An amendment's reason; what was said about the amendment answers it."""
        name = f"A{amendment.number}. {amendment.title}".rstrip(". ") + "."
        who = ", ".join(map(str, amendment.parties)) or amendment.author
        at = amendment.at or self._document.version.at
        first = self._note(who, amendment.party, at, f"{name}\n{amendment.rationale}", None, resolved=False)
        replies = [self._add(one, one.body, first, False) for remark in talk for one in (remark, *remark.replies)]
        return Anchor((first, *replies), amendment=amendment.number)

    def _add(self, remark: Remark, said: str, parent: int | None, resolved: bool) -> int:
        at = remark.at or self._document.version.at
        return self._note(_who(remark), remark.party, at, said or "…", parent, resolved=resolved)

    def _note(
        self, who: str, party: Party | None, at: datetime, said: str, parent: int | None, *, resolved: bool
    ) -> int:
        author = who or self._words.participant
        initials = party.code if party else "".join(word[0] for word in author.split() if word[0].isalpha())[:3]
        self.notes.append(Note(len(self.notes), author[:255], initials, at, said, parent, resolved))
        return len(self.notes) - 1


def _who(remark: Remark) -> str:
    if remark.party is None or not remark.author:
        return remark.author or (str(remark.party) if remark.party else "")
    return f"{remark.author} ({remark.party.code})"


def start(anchor: Anchor) -> str:
    """Where words that comments are about begin."""
    return "".join(w("commentRangeStart", id=id) for id in anchor.ids)


def end(anchor: Anchor) -> str:
    return "".join(w("commentRangeEnd", id=id) for id in anchor.ids)


def references(anchor: Anchor) -> Iterator[str]:
    """The runs that hang the comments on the text."""
    style = w("rPr", w("rStyle", val="CommentReference"))
    return (w("r", style + w("commentReference", id=id)) for id in anchor.ids)


def comments(found: Iterable[Note]) -> str:
    """The part `comments.xml`."""
    return part("comments", "".join(map(_comment, found)))


def _comment(note: Note) -> str:
    mark = w("r", w("rPr", w("rStyle", val="CommentReference")) + w("annotationRef"))
    style = w("pPr", w("pStyle", val="CommentText"))
    lines = note.words.replace("\r\n", "\n").split("\n")
    paragraphs = [
        f'<w:p w14:paraId="{_paragraph_id(note.id, behind)}">{style}{mark if at == 0 else ""}{run(line)}</w:p>'
        for at, (line, behind) in enumerate(zip(lines, reversed(range(len(lines))), strict=True))
    ]
    return w(
        "comment", "".join(paragraphs), id=note.id, author=note.author, date=moment(note.at), initials=note.initials
    )  # fmt: skip


def _paragraph_id(id: int, behind: int = 0) -> str:
    """Of a comment's paragraph, by how many follow it: the last one stands for the comment. Below 0x80000000."""
    return f"{0x10000000 + (id << 12) + min(behind, 0xFFF):08X}"


def extended(found: Iterable[Note]) -> str:
    """The part `commentsExtended.xml`: which comment answers which, and what is settled."""
    said = "".join(
        f'<w15:commentEx w15:paraId="{_paragraph_id(note.id)}"'
        + (f' w15:paraIdParent="{_paragraph_id(note.parent)}"' if note.parent is not None else "")
        + f' w15:done="{int(note.is_resolved)}"/>'
        for note in found
    )
    return f"{HEAD}<w15:commentsEx {NAMESPACES}>{said}</w15:commentsEx>"
