"""Who is behind a change, said at the edge of a printed redline; and the amendments at its end."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.exports.document import Backing, Document, Line, Party, Proposed
from app.exports.pdf_pieces import Said, emphasised, said
from app.exports.pdf_words import printed_words
from app.exports.words import words_for

Told = tuple[str, Sequence[dict[str, Any]]]
"""A heading, and below it items: what each is about (`name`) and the paragraphs below that (`words`)."""
Note = list[list[Said]]
NARROW = 16
"""Letters without a place to part them that have room at the edge."""


def notes_on(document: Document, lines: Sequence[Line]) -> dict[int, Note]:
    """What stands beside changed clauses, by their place among the lines: what became of each as a whole, and who is
    behind that and behind its words. What came, went or moved with what it stands in says so no second time."""
    places = _Places(document)
    found: dict[int, Note] = {}
    outer: Line | None = None
    said_outer: Note = []
    for at, line in enumerate(lines):
        if line.change == "kept":
            outer = None
            continue
        note = [*places.became(line), *(told for backing in _backings(line) for told in _behind(backing, document))]
        if outer is not None and line.change == outer.change and line.depth > outer.depth:
            found[at] = [] if line.move or note == said_outer else note
            continue
        outer, said_outer, found[at] = line, note, note
    return found


class _Places:
    """Where what moved stands and stood."""

    def __init__(self, document: Document) -> None:
        self._words = printed_words(document.language)
        moved = [line for line in document.lines if line.move]
        self._here = {line.clause_id: line.human for line in moved if not line.is_gone}
        self._there = {line.clause_id: line.human for line in moved if line.is_gone}

    def became(self, line: Line) -> Note:
        words = self._words
        match line.change:
            case "inserted":
                told = words.new_here
            case "deleted":
                told = words.taken_out
            case "moved_away":
                told = words.moved_on.format(unit=self._here.get(line.clause_id) or "…")
            case "moved" | "moved_and_edited":
                told = words.moved_from.format(unit=self._there.get(line.clause_id) or "…")
            case _:
                return []
        return [list(said(told, "i", NARROW))]


def _backings(line: Line) -> Iterable[Backing]:
    own = () if line.change == "edited" else (line.backing,)
    return dict.fromkeys((*own, *(run.backing for run in line.runs if run.op != "=")))


def _behind(backing: Backing, document: Document) -> Iterable[list[Said]]:
    """The amendments with their institutions; of what nobody proposed the version, where it might be another one."""
    who = codes(backing.parties)
    if backing.amendments:
        numbers = ", ".join(f"A{number}" for number in backing.amendments)
        yield [*said(numbers, "b"), *said(f" {who}" if who else "", "", NARROW)]
    elif backing.version and backing.version != document.version.number:
        yield list(said(words_for(document.language).version.format(number=backing.version), "f"))


def codes(parties: Iterable[Party]) -> str:
    return ", ".join(party.code for party in parties)


def amendments_behind(document: Document) -> Told:
    """The amendments whose words are marked, with their institutions and reasons."""
    numbers = {
        number
        for line in document.changed()
        for backing in (line.backing, *(run.backing for run in line.runs if run.op != "="))
        for number in backing.amendments
    }
    found = [one for one in document.amendments if one.number in numbers]
    return printed_words(document.language).behind_changes, [described(one, one.rationale) for one in found]


def described(one: Proposed, more: str = "") -> dict[str, Any]:
    """An amendment: number, title, institutions by name."""
    who = ", ".join(map(str, one.parties))
    name = emphasised(one.title) or list(said(who, "f"))
    below = [list(said(who, "f")) if one.title else [], emphasised(more)]
    return {"name": [[f"A{one.number}. ", "b"], *name], "words": [part for part in below if part]}
