"""The views of a text beside the clean one: with brackets, as a redline, with the provenance of every word."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from sqlalchemy.orm import Session

from app.domain.brackets import Bracket, Bracketed, Note, Run, bracketed, spaces_around
from app.domain.clauses import Clause, Kind
from app.domain.provenance import Origin
from app.domain.redline import GONE, Line, redline
from app.services.indexes import index_of
from app.services.kept import Kept
from app.services.pages import ClauseLine
from app.services.pages_reading import (
    BracketShown,
    BracketsShown,
    KeptShown,
    NoteShown,
    OriginRun,
    OriginShown,
    ProvenanceShown,
    RedlineShown,
    SideShown,
)
from app.services.tabling import Tabled
from app.services.texts import MOST, IssuedText
from app.store import fates
from app.store.versions import StoredClause

_BRACKETED: Kept[Bracketed] = Kept(MOST)


def brackets_of(text: IssuedText, tabled: Tabled) -> Bracketed:
    """What is open about the latest text; it follows from the text and its amendments alone."""
    return _BRACKETED.get((text.key, tabled.mergeable), lambda: bracketed(text.law, tabled.mergeable, index_of(text)))


def in_brackets(text: IssuedText, tabled: Tabled, lines: Sequence[ClauseLine]) -> BracketsShown:
    """The latest text with everything that is open about it in brackets. `lines` are those that are shown."""
    found = brackets_of(text, tabled)
    ids = {*found.runs, *found.at, *found.behind}
    shown = [line.id for line in lines if line.id in ids and found.count(line.id)]
    return BracketsShown(
        {clause_id: tuple(_run(run, tabled) for run in runs) for clause_id, runs in found.runs.items()},
        {clause_id: tuple(_note(note, text, tabled) for note in notes) for clause_id, notes in found.at.items()},
        {clause_id or "": tuple(_note(n, text, tabled) for n in notes) for clause_id, notes in found.behind.items()},
        {clause_id or "": found.count(clause_id) for clause_id in ids},
        found.total,
        next(iter(shown), ""),
        dict(pairwise(shown)),
    )


def kept_brackets(session: Session, draft_id: int, text: IssuedText, tabled: Tabled) -> tuple[KeptShown, ...]:
    """What a version was issued with in brackets: one statement."""
    return tuple(
        KeptShown(row.clause_id or "", text.human(row.clause_id or ""), row.reason, _kept(row, tabled))
        for row in fates.kept_in(session, draft_id, text.number)
    )


def _kept(row: fates.KeptBracket, tabled: Tabled) -> BracketShown:
    sides = tuple(
        SideShown(side["text"].strip(), tuple(tabled.by[n] for n in side["amendments"] if n in tabled.by))
        for side in row.sides
    )
    return BracketShown("", row.base.strip(), sides, "")


def _run(run: Run, tabled: Tabled) -> str | BracketShown:
    if not isinstance(run, Bracket):
        return run
    before, after = spaces_around(run)
    sides = tuple(SideShown(side.text.strip(), tabled.named(side.amendments)) for side in run.sides)
    return BracketShown(before, run.base.strip(), sides, after)


def _note(note: Note, text: IssuedText, tabled: Tabled) -> NoteShown:
    return NoteShown(note.kind, note.text, text.human(note.place or ""), tabled.named(note.amendments))


def marked_up(old: IssuedText, new: IssuedText, part: Collection[str] | None = None) -> tuple[RedlineShown, ...]:
    """The new text with everything that changed since the old one; of a part of it (clause ids) only that part."""
    lines = redline(_without_head(old.law), _without_head(new.law))
    return tuple(_redline(line, old, new) for line in _of_part(lines, part))


def _of_part(lines: Iterable[Line], part: Collection[str] | None) -> Iterable[Line]:
    """What went belongs to the part that it stood behind."""
    inside = part is None
    for line in lines:
        if part is not None and line.kind not in GONE:
            inside = line.clause_id in part
        if inside:
            yield line


def _without_head(law: Mapping[str, Clause]) -> dict[str, Clause]:
    return {clause_id: clause for clause_id, clause in law.items() if clause.kind is not Kind.FRONT_MATTER}


def _redline(line: Line, old: IssuedText, new: IssuedText) -> RedlineShown:
    text = old if line.kind in GONE else new
    shown = text.lines[text.places[line.clause_id]]
    was = old.human(line.clause_id)
    before = old.law.get(line.clause_id)
    was_otherwise = was if was != shown.human else ""
    return RedlineShown(line.kind, shown, line.spans, was_otherwise, before.label if before else "")


def traced(text: IssuedText, tabled: Tabled) -> ProvenanceShown:
    """Where the words of the text come from; words of the first version are not marked."""
    runs: dict[str, tuple[OriginRun, ...]] = {}
    legend: dict[OriginShown, None] = {}
    for one in text.stored:
        if one.clause.kind is Kind.FRONT_MATTER or not any(_is_later(origin) for _, origin in one.origins):
            continue
        runs[one.id] = tuple(_runs(one, tabled))
        legend.update((run.origin, None) for run in runs[one.id] if run.origin)
    return ProvenanceShown(runs, tuple(legend))


def _is_later(origin: Origin) -> bool:
    return bool(origin.amendments) or origin.version > 1


def _runs(one: StoredClause, tabled: Tabled) -> Iterable[OriginRun]:
    at = 0
    for length, origin in one.origins:
        by = tabled.named(origin.amendments)
        shown = OriginShown(origin.version, by, origin.settled) if _is_later(origin) else None
        yield OriginRun(one.clause.body[at : at + length], shown)
        at += length
