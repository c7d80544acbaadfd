"""A version with what is open about it in brackets, as formats take it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain import brackets
from app.domain.brackets import spaces_around
from app.domain.errors import Invalid
from app.exports.bracketed import Bracketed, By, Group, Note, Side
from app.services import exporting, showing, tabling, texts, viewing
from app.services.exporting import Wanted
from app.services.marks import Marks
from app.services.texts import IssuedText
from app.store.amendments import number_of
from app.store.memberships import Entry


class BracketsNotInVersion(Invalid):
    def __init__(self, number: int, latest: int) -> None:
        super().__init__(f"What is open stands in brackets in version {latest}, the latest, not in version {number}.")
        self.number, self.latest = number, latest


class BracketsNotInLanguage(Invalid):
    def __init__(self, language: str, authentic: str) -> None:
        super().__init__(f"Amendments are to the text in “{authentic}”: that in “{language}” has no brackets.")
        self.language, self.authentic = language, authentic


def bracketed(session: Session, wanted: Wanted, entry: Entry) -> Bracketed:
    """The latest text of a draft with its open amendments in brackets. A fixed number of statements.

    Raises NoSuchVersion, NotInLanguage, BracketsNotInVersion, BracketsNotInLanguage.
    """
    if wanted.language is not None and wanted.language != entry.draft.language:
        raise BracketsNotInLanguage(wanted.language, entry.draft.language)
    document = exporting.document(session, wanted, entry).alone()
    latest = showing.draft_head(session, entry).latest
    if document.version.number != latest.number:
        raise BracketsNotInVersion(document.version.number, latest.number)
    text = texts.issued(session, entry.draft, latest)
    table = tabling.tabled(session, entry.draft.id, latest.number, text, Marks())
    found = viewing.brackets_of(text, table)
    naming = _Naming(text, {one.number: By(one.number, one.parties) for one in document.amendments})
    return Bracketed(
        document,
        {clause_id: tuple(naming.groups(runs)) for clause_id, runs in found.runs.items()},
        {clause_id: naming.notes(notes) for clause_id, notes in found.at.items()},
        {clause_id or "": naming.notes(notes) for clause_id, notes in found.behind.items()},
    )


@dataclass(frozen=True, slots=True)
class _Naming:
    """Says whose what is, as far as that may be told."""

    text: IssuedText
    known: Mapping[int, By]

    def groups(self, runs: Sequence[brackets.Run]) -> Iterator[Group]:
        at = 0
        for run in runs:
            if isinstance(run, str):
                at += len(run)
                continue
            before, after = spaces_around(run)
            words = run.base.strip()
            start = at + (len(before) if words else 0)
            sides = tuple(Side(side.text.strip(), self.by(side.amendments)) for side in run.sides)
            spaces = ("", "") if words else (before, after)
            yield Group(start, start + len(words) if words else at + len(run.base), sides, *spaces)
            at += len(run.base)

    def notes(self, notes: Sequence[brackets.Note]) -> tuple[Note, ...]:
        return tuple(
            Note(one.kind, one.text, self.text.human(one.place or ""), self.by(one.amendments)) for one in notes
        )

    def by(self, keys: Sequence[str]) -> tuple[By, ...]:
        return tuple(self.known[number] for number in sorted(map(number_of, keys)) if number in self.known)
