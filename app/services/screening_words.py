"""The words of an item of the agenda for the big screen: as they stand, in brackets, or as a redline.

A redline is against the text that lay on the table when the session was opened. Where nothing of the item has changed
since, it is of the one counter-text on the table, or else of the one open amendment; where there are several or none,
they stand in brackets: a redline of several at once would hide whose words are whose.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.domain.brackets import Bracket, Bracketed, Note, bracketed
from app.domain.diff import Span
from app.domain.edits import Amendment
from app.domain.fitting import Block, Run
from app.domain.lifecycle import State
from app.domain.redline import GONE
from app.services import texts, viewing
from app.services.amending import changes_of, past, text_as_issued
from app.services.colliding import touched
from app.services.indexes import index_of
from app.services.pages import ChangeLine, ClauseLine, DraftHead
from app.services.pages_reading import BracketShown, NoteShown, RedlineShown
from app.services.pages_screen import Against, Manner, OnScreen, Words
from app.services.pages_session import AgendaLine
from app.services.saying import said_of_amendment, style_for
from app.services.tabling import Tabled
from app.services.texts import IssuedText
from app.store import amendments
from app.store.amendments import key_of, number_of
from app.store.memberships import Entry

MARK = 3.0
"""How wide an institution's mark is, and the number of an amendment, in letters' heights."""
NOTED = {"insert": 12.0, "delete": 26.0, "move": 24.0, "arrive": 24.0, "relabel": 14.0, "nothing": 12.0}
"""How wide is what a note says, in the widest of the languages."""
AS_IT_IS, CAME, WENT, BASE = Manner(), Manner("+"), Manner("-"), Manner("base")
Manners = Run[Manner]


@dataclass(frozen=True, slots=True)
class Table:
    """What the words of an item are made from."""

    entry: Entry
    head: DraftHead
    text: IssuedText
    tabled: Tabled
    language: str  # of the interface


def words_of(session: Session, table: Table, item: AgendaLine, show: str, opened_on: int | None) -> Words:
    """The words of an item; `show` is what is asked for, `opened_on` the version that lay on the table."""
    if item.kind == "amendment" and item.amendment:
        return _of_amendment(session, table, item.amendment)
    if item.kind == "matter":
        return Words("text", (Block("matter", "", (Run(item.heading, AS_IT_IS),)),))
    if item.clause_id is None or item.clause_id not in table.text.places:
        return Words("text", ())
    start, end = texts.below(table.text, item.clause_id)
    lines = table.text.lines[start:end]
    found = _redline(session, table, lines, opened_on) if show == "redline" else None
    if found is None:
        found = _as_it_stands(lines) if show == "text" else _brackets(table, lines)
    return replace(found, clauses=_outermost(_without_title(found.clauses)))


def _without_title(clauses: tuple[OnScreen, ...]) -> tuple[OnScreen, ...]:
    """The heading of an item stands above its words already, unless it is to be another one."""
    first, *others = clauses
    as_it_is = first.heading and all(run.mark == AS_IT_IS for run in first.runs)
    return tuple(others) if as_it_is and others else clauses


def _outermost(clauses: tuple[OnScreen, ...]) -> tuple[OnScreen, ...]:
    """What is indented least is not indented."""
    least = min((block.indent for block in clauses if not block.heading and block.label), default=0)
    return tuple(replace(block, indent=max(0, block.indent - least)) for block in clauses)


def _as_it_stands(lines: Sequence[ClauseLine]) -> Words:
    clauses = tuple(_block(line, (Run(line.body, AS_IT_IS),)) for line in lines)
    return Words("text", clauses, html={line.id: line.html for line in lines})


def _block(line: ClauseLine, runs: Iterable[Manners]) -> OnScreen:
    return Block(line.id, line.label, tuple(runs), min(line.indent, 2), bool(line.level))


def _brackets(table: Table, lines: Sequence[ClauseLine]) -> Words:
    found = viewing.in_brackets(table.text, table.tabled, lines)
    if not found.first:
        return _as_it_stands(lines)
    clauses: list[OnScreen] = []
    for line in lines:
        runs = _bracket_runs(found.runs.get(line.id, (line.body,)))
        clauses.append(_block(line, (*runs, *(run for note in found.at.get(line.id, ()) for run in _note(note)))))
        clauses += (
            Block(f"{line.id}-{at}", "", tuple(_note(note)), min(line.indent, 2))
            for at, note in enumerate(found.behind.get(line.id, ()))
        )
    return Words("brackets", tuple(clauses))


def _bracket_runs(runs: Iterable[str | BracketShown]) -> Iterator[Manners]:
    before: str | BracketShown = ""
    for run in runs:
        if isinstance(run, str):
            yield Run(run, AS_IT_IS)
        else:
            glued = isinstance(before, BracketShown) and not before.after and not run.before
            yield Run(" " if glued else run.before, AS_IT_IS)
            yield from _bracket(run)
            yield Run(run.after, AS_IT_IS)
        before = run


def _bracket(group: BracketShown) -> Iterator[Manners]:
    if group.base:
        yield Run(group.base, BASE, 0.8)
    for at, side in enumerate(group.sides):
        if at or group.base:
            yield Run(" ", AS_IT_IS)
        wide = 1.5 + sum(MARK * (2 + len(by.sponsors)) for by in side.by)
        if side.text:
            yield Run(side.text, Manner("side", side.by), wide)
        else:
            yield Run("", Manner("nothing", side.by), wide + NOTED["nothing"])


def _note(note: NoteShown) -> Iterator[Manners]:
    wide = sum(MARK * (2 + len(by.sponsors)) for by in note.by) + NOTED.get(note.kind, 26.0)
    yield Run(" ", AS_IT_IS)
    yield Run(note.text, Manner(note.kind, note.by, note.human), wide)


def _redline(session: Session, table: Table, lines: Sequence[ClauseLine], opened_on: int | None) -> Words | None:
    """None: nothing to mark up, or too much for one redline."""
    return _since_opened(session, table, lines, opened_on) or _of_the_one(session, table, lines)


def _since_opened(session: Session, table: Table, lines: Sequence[ClauseLine], opened_on: int | None) -> Words | None:
    then = next((head for head in table.head.versions if head.number == opened_on), None)
    if then is None or then == table.head.latest:
        return None
    rows = viewing.marked_up(
        texts.issued(session, table.entry.draft, then), table.text, frozenset(line.id for line in lines)
    )
    if all(row.kind == "kept" for row in rows):
        return None
    return Words("redline", tuple(map(_marked, rows)), Against(version=then.number))


def _marked(row: RedlineShown) -> OnScreen:
    if row.kind in GONE:
        return _block(row.line, (Run(row.line.body, WENT),))
    spans = row.spans or (Span("+" if row.kind == "inserted" else "=", row.line.body),)
    return _block(row.line, map(_run, spans))


def _run(span: Span) -> Manners:
    return Run(span.text, Manner(span.op))


def _of_the_one(session: Session, table: Table, lines: Sequence[ClauseLine]) -> Words | None:
    """The redline of the one counter-text on the table about these clauses, or else of the one amendment."""
    ids = {line.id for line in lines}
    about = {number_of(one.key): one for one in table.tabled.mergeable if touched(one.edits) & ids}
    rows = amendments.all_of(session, table.entry.draft.id) if about else []
    counter_texts = [row.number for row in rows if row.kind == "counter_text" and row.number in about]
    choice = counter_texts or list(about)
    if len(choice) != 1:
        return None
    found = bracketed(table.text.law, (about[choice[0]],), index_of(table.text))
    against = Against(amendment=choice[0], counter_text=bool(counter_texts))
    return Words("redline", tuple(_amended(table.text, lines, found)), against)


def _amended(text: IssuedText, lines: Sequence[ClauseLine], found: Bracketed) -> Iterator[OnScreen]:
    gone_until = -1
    for at, line in enumerate(lines):
        notes = found.at.get(line.id, ())
        if any(note.kind == "delete" for note in notes):
            start, end = texts.below(text, line.id)
            gone_until = at + end - start
        runs = [run for one in found.runs.get(line.id, (line.body,)) for run in _amended_run(one, at < gone_until)]
        yield _block(line, (*runs, *(_plain_note(note, text) for note in notes if note.kind != "delete")))
        for place, note in enumerate(found.behind.get(line.id, ())):
            yield Block(f"{line.id}-{place}", "", (_plain_note(note, text),), min(line.indent, 2))


def _amended_run(run: str | Bracket, gone: bool) -> Iterator[Manners]:
    if isinstance(run, str):
        yield Run(run, WENT if gone else AS_IT_IS)
        return
    if run.base:
        yield Run(run.base, WENT)
    yield from (Run(side.text, CAME) for side in run.sides if side.text)


def _plain_note(note: Note, text: IssuedText) -> Manners:
    if note.kind == "insert":
        return Run(note.text, CAME)
    return Run(note.text, Manner(note.kind, (), text.human(note.place or "")), NOTED[note.kind])


def _of_amendment(session: Session, table: Table, number: int) -> Words:
    """What an amendment changes, clause by clause, with the sentences in which an amending act would say it."""
    row = amendments.find(session, table.entry.draft.id, number)
    if State(row.state) is State.DRAFT:
        return Words("redline", ())
    edits = amendments.edits_of(session, table.entry.draft.id).get(row.id, ())
    known = past(session, table.entry, table.head, {row.base_version} - {table.text.number})
    base = known.get(row.base_version) or text_as_issued(table.text)
    style = style_for(table.entry.draft.language, table.language)
    said = said_of_amendment(base.law, Amendment(key_of(number), edits), table.entry.draft.title, style)
    clauses = tuple(block for change in changes_of(edits, base) for block in _changed(change))
    return Words("redline", clauses, Against(amendment=number), said.sentences, said.language)


def _changed(change: ChangeLine) -> Iterator[OnScreen]:
    key = change.clause_id or "beginning"
    if change.human:
        yield Block(f"{key}-head", change.human, (), heading=True)
    yield Block(key, "", tuple(map(_run, change.spans)))
