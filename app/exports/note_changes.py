"""What changed since the first version, chapter by chapter, each change with the reasons of those who proposed it.

Of the first version itself nothing is told.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from app.domain.clauses import Kind
from app.exports.document import Document, Line, Proposed
from app.exports.inline import words as said
from app.exports.note_words import NoteWords
from app.exports.paper import Block, Grid, Heading, Paragraph
from app.exports.record_blocks import escaped
from app.exports.rows import behind, units

HEADINGS = (Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER)
LONGEST_NAME = 80
"""Characters with which a clause without a number is named."""
WIDTHS = (2, 2, 5)


def changes(document: Document, words: NoteWords) -> Iterator[Block]:
    """A table for each chapter in which something differs. A reason is told where it is first needed."""
    number, base = document.version.number, document.base
    if base is None or base.number == number:
        return
    yield Heading(2, words.changes.format(base=base.number, number=number))
    chapters, told = _chapters(document), set[int]()
    proposed = {one.number: one for one in document.amendments}
    found = list(units([line for line in document.changed() if line.change != "moved_away"]))
    if not found:
        yield Paragraph(words.nothing_changed)
    for chapter, those in groupby(found, key=lambda unit: chapters[unit[0].clause_id]):
        if chapter or any(chapters.values()):
            yield Heading(3, chapter or words.of_text_without_chapter)
        rows = [(_name(unit[0]), words.kinds[unit[0].change], _reasons(behind(unit, proposed), told)) for unit in those]
        yield Grid(words.changes_heads, tuple(rows), WIDTHS)


def _chapters(document: Document) -> dict[str, str]:
    """By clause id, the headings above it, its own among them; empty above the first one."""
    found: dict[str, str] = {}
    above: dict[Kind, str] = {}
    for line in document.lines:
        if line.change == "moved_away":
            continue
        if line.kind in HEADINGS:
            place = HEADINGS.index(line.kind)
            above = {kind: name for kind, name in above.items() if HEADINGS.index(kind) < place}
            above[line.kind] = _heading(line)
        found[line.clause_id] = " · ".join(above.values())
    return found


def _heading(line: Line) -> str:
    return " ".join(part for part in (escaped(line.label), line.new_body or line.old_body) if part)


def _name(line: Line) -> str:
    """How it is cited; what has no number by its first words."""
    if line.human:
        return escaped(line.human)
    name = " ".join(said(line.new_body or line.old_body).split())
    return escaped(name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME].rstrip()}…")


def _reasons(those: Sequence[Proposed], told: set[int]) -> str:
    found = []
    for one in those:
        who = ", ".join(party.code for party in one.parties)
        name = f"A{one.number}" + (f" ({who})" if who else "")
        found.append(name if one.number in told else f"*{name}:* {one.rationale}")
        told.add(one.number)
    return "\n".join(found) or "—"
