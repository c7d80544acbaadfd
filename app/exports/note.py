"""The explanatory note to a draft law (справка-обоснование, негиздеме-маалымкат): a skeleton filled with what is known.

What nobody has written yet stands in a frame that says so, so that it is never taken for a statement.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.clauses import Kind
from app.exports import docx_paper, pdf_paper
from app.exports.document import Document, Issued, Line, Party, Proposed
from app.exports.note_changes import changes
from app.exports.note_discussion import discussion
from app.exports.note_words import NoteWords, note_words
from app.exports.paper import Block, Grid, Heading, Item, Paper, Paragraph
from app.exports.record_blocks import BULLET, escaped
from app.exports.words import day, words_for

STATES = ("adopted", "adopted_in_part", "not_adopted", "superseded", "submitted", "taken_up", "withdrawn")
ROOM = "\n\u00a0\n\u00a0"
"""Two lines to write on."""
MOST_OF_AIM = 3
"""Clauses of the article that says what the law is for."""


@dataclass(frozen=True, slots=True)
class Held:
    """A session of the workshop that was opened."""

    number: int
    title: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attached:
    """A reservation or an explanation of position, printed with a clause. Where nobody may be named it has no text."""

    kind: str
    human: str
    party: Party | None
    text: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """A public discussion of the draft that is over: its first and last day, how many comments came, how many of them
    were published and refused, and how many were answered in public. None is known of what was published and refused
    where it was held elsewhere."""

    since: datetime
    until: datetime
    comments: int
    accepted: int | None = None
    refused: int | None = None
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of the work on a draft. `document` is the version with the positions on it, marked up against the
    first one; `parties` took part, none where nobody may be named; `seats` stand at the table."""

    document: Document
    versions: tuple[Issued, ...]
    parties: tuple[Party, ...] = ()
    seats: int = 0
    sessions: tuple[Held, ...] = ()
    attached: tuple[Attached, ...] = ()
    consultation: Consultation | None = None

    @property
    def file_stem(self) -> str:
        """What its files are called, without an ending."""
        return f"{self.document.slug}-{self.document.version.number}.{self.document.language}.note"


def docx(note: Note) -> bytes:
    return docx_paper.paper(paper(note))


def pdf(note: Note) -> bytes:
    return pdf_paper.paper(paper(note))


def paper(note: Note) -> Paper:
    """Numbered parts in the order in which they are asked for."""
    document, words = note.document, note_words(note.document.language)
    version, said = document.version, words_for(document.language)
    date = said.of_date.format(date=day(version.at, document.language))
    foot = f"{said.version.format(number=version.number)} {date} · {version.fingerprint}"
    title = words.title.format(title=escaped(document.title))
    return Paper(title, document.language, version.at, tuple(_blocks(note, words)), foot)


def _blocks(note: Note, words: NoteWords) -> Iterator[Block]:
    yield _framed(words.skeleton)
    parts = (
        (words.aims, _aims(note.document, words)),
        (words.description, _description(note, words)),
        (words.forecasts, _forecasts(words)),
        (words.consultation, _consultation(note, words)),
        (words.compliance, (_blank(words, words.compliance_fill),)),
        (words.funding, (_blank(words, words.funding_fill),)),
        (words.impact, (_blank(words, words.impact_fill),)),
    )
    for number, (heading, blocks) in enumerate(parts, 1):
        yield Heading(1, f"{number}. {heading}")
        yield from blocks
    yield Heading(1, words.signature)
    yield _blank(words, words.signature_fill)


def _framed(words: str) -> Block:
    return Grid((), ((words,),))


def _blank(words: NoteWords, what: str) -> Block:
    """A part that nobody has written yet."""
    return _framed(words.blank.format(what=what) + ROOM)


def _aims(document: Document, words: NoteWords) -> Iterator[Block]:
    yield _blank(words, words.aims_fill)
    found = _aim(document, words)
    if len(found) > 1:
        yield Paragraph(words.aims_in_text.format(unit=escaped(found[0].human)))
        for line in found[1:]:
            yield Item(escaped(line.label), line.new_body, 0)


def _aim(document: Document, words: NoteWords) -> list[Line]:
    """The first article whose heading says that it tells what the law is for, and the first clauses below it."""
    found: list[Line] = []
    for line in document.text():
        if found and (line.depth <= found[0].depth or len(found) > MOST_OF_AIM):
            break
        if found or (line.kind is Kind.ARTICLE and words.aim.search(line.new_body)):
            found.append(line)
    return found


def _description(note: Note, words: NoteWords) -> Iterator[Block]:
    yield _blank(words, words.description_fill)
    yield Heading(2, words.draft)
    yield from _draft(note.document, words)
    yield Heading(2, words.preparation)
    yield from _preparation(note, words)
    yield Heading(2, words.amendments)
    yield from _amendments(note.document, words)
    yield from changes(note.document, words)
    yield Heading(2, words.discussion)
    yield from discussion(note.document, [(one.kind, one.human, one.party, one.text) for one in note.attached], words)


def _draft(document: Document, words: NoteWords) -> Iterator[Block]:
    version, kinds = document.version, Counter(line.kind for line in document.text())
    date = day(version.at, document.language)
    yield Paragraph(words.text_is.format(title=escaped(document.title), number=version.number, date=date))
    if document.base is None or document.base.number == version.number:
        yield Paragraph(words.first_version)
    yield Paragraph(words.units.format(chapters=kinds[Kind.CHAPTER], articles=kinds[Kind.ARTICLE]))
    yield Paragraph(words.fingerprint.format(sha256=version.sha256))


def _preparation(note: Note, words: NoteWords) -> Iterator[Block]:
    if note.parties:
        yield Paragraph(words.took_part)
        yield from (Item(BULLET, escaped(party.name or party.code)) for party in note.parties)
    elif note.document.attribution == "unattributed":
        yield Paragraph(words.nobody_named)
    yield Paragraph(words.seats.format(count=note.seats))
    if note.sessions:
        yield Paragraph(words.sessions)
        yield from (_session(one, note.document.language, words) for one in note.sessions)
    rows = ((f"{one.number}", day(one.at, note.document.language), escaped(one.message)) for one in note.versions)
    yield Grid(words.versions_heads, tuple(rows), (2, 3, 9))


def _session(one: Held, language: str, words: NoteWords) -> Block:
    name = words.session.format(number=one.number, title=escaped(one.title))
    return Item(BULLET, "; ".join(filter(None, (name, escaped(one.place), day(one.at, language)))))


def _amendments(document: Document, words: NoteWords) -> Iterator[Block]:
    states = Counter(_state_at(one, document.version.number) for one in document.amendments)
    rows = [(words.states[state], f"{states[state]}") for state in STATES if states[state]]
    rows.append((f"**{words.all_together}**", f"**{len(document.amendments)}**"))
    yield Grid(words.amendments_heads, tuple(rows), (5, 1))


def _state_at(one: Proposed, number: int) -> str:
    """What had become of an amendment when a version was issued: a later one decided nothing yet."""
    return one.state if (one.settled_version or number) <= number else "submitted"


def _forecasts(words: NoteWords) -> Iterable[Block]:
    for number, (name, what) in enumerate(words.forecast, 1):
        yield Heading(2, f"3.{number}. {name}")
        yield _blank(words, what)


def _consultation(note: Note, words: NoteWords) -> Iterator[Block]:
    held, language = note.consultation, note.document.language
    if held is not None:
        since, until = day(held.since, language), day(held.until, language)
        yield Paragraph(words.held.format(since=since, until=until, count=held.comments))
        if held.accepted is not None and held.refused is not None:
            counts = {"accepted": held.accepted, "refused": held.refused, "answered": held.answered}
            yield Paragraph(words.of_these.format(**counts))
    yield _blank(words, words.consultation_fill)
