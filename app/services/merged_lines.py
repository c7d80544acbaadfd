"""The clauses that a merge changes, each shown as what became of it, with who brought every word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.domain.diff import diff
from app.domain.edits import ClauseId, MoveClause
from app.domain.merge import Merged, MergedClause
from app.domain.provenance import part
from app.services.amended_text import AmendedText
from app.services.amending import Table
from app.services.pages import AmendmentLine, InstitutionMark, TracedSpan
from app.services.pages_bench import MergedLine
from app.store.amendments import number_of

Lines = Mapping[int, AmendmentLine]


def merged_lines(merged: Merged, on_table: Table, lines: Lines) -> tuple[MergedLine, ...]:
    """In the order of the result; what was taken out stands where it stood."""
    text = AmendedText(merged, on_table)
    found = [line for id, clause in merged.touched.items() if (line := _changed(clause, text, on_table, lines))]
    found += [_deleted(clause_id, keys, text, lines) for clause_id, keys in merged.removed.items()]
    return tuple(sorted(found, key=lambda line: text.place(line.clause_id)))


def proposers(numbers: Sequence[int], lines: Lines) -> tuple[InstitutionMark, ...]:
    """The institutions behind amendments, each once: who proposed one and who joined."""
    known = (lines[number] for number in numbers if number in lines)
    marks = (mark for line in known for mark in (line.institution, *line.sponsors) if mark is not None)
    return tuple(dict.fromkeys(marks))


def _changed(clause: MergedClause, text: AmendedText, on_table: Table, lines: Lines) -> MergedLine | None:
    """None where only the clause's place in the numbering of addresses, its depth or white space is another."""
    if not clause.changed or clause.id in text.merged.lost:
        return None
    before = text.base.law.get(clause.id)
    numbers = _numbers(clause.amendments)
    line = MergedLine(
        clause.id, text.cited(clause.id), "inserted", clause.clause.label, tuple(_spans(clause, text, lines)),
        amendments=numbers, institutions=proposers(numbers, lines), linked=before is not None,
    )  # fmt: skip
    if before is None:
        return replace(line, behind=_behind_new(clause.id, text))
    moved = _moves(clause, on_table) and text.behind(clause.id) != text.was_behind(clause.id)
    edited, relabelled = before.body != clause.clause.body, before.lead != clause.clause.lead
    kind = _kind(moved=moved, edited=edited, relabelled=relabelled)
    if not kind:
        return None
    if relabelled:
        line = replace(line, old_label=before.label)
    if moved:
        line = replace(line, behind=_behind(clause.id, text), was_behind=_was_behind(clause.id, text))
    return replace(line, kind=kind)


def _kind(*, moved: bool, edited: bool, relabelled: bool) -> str:
    if moved:
        return "moved_and_edited" if edited else "moved"
    if relabelled:
        return "edited_and_renumbered" if edited else "renumbered"
    return "edited" if edited else ""


def _moves(clause: MergedClause, on_table: Table) -> bool:
    edits = (edit for number in _numbers(clause.amendments) for edit in on_table.mergeable[number].edits)
    return any(isinstance(edit, MoveClause) and edit.clause_id == clause.id for edit in edits)


def _behind_new(clause_id: ClauseId, text: AmendedText) -> str:
    """Of a new clause; empty where it goes with the new one before it."""
    before = text.behind(clause_id)
    return text.cited(before) if before is not None and before in text.base.law else ""


def _behind(clause_id: ClauseId, text: AmendedText) -> str:
    before = text.behind(clause_id)
    return "" if before is None else text.cited(before)


def _was_behind(clause_id: ClauseId, text: AmendedText) -> str:
    before = text.was_behind(clause_id)
    return "" if before is None else text.base.cited[before]


def _deleted(clause_id: ClauseId, keys: Sequence[str], text: AmendedText, lines: Lines) -> MergedLine:
    numbers, clause = _numbers(keys), text.base.law[clause_id]
    marks = proposers(numbers, lines)
    span = TracedSpan("-", clause.body, numbers, marks)
    return MergedLine(
        clause_id, text.base.cited[clause_id], "deleted", clause.label, (span,), amendments=numbers, institutions=marks
    )


def _spans(merged: MergedClause, text: AmendedText, lines: Lines) -> Iterator[TracedSpan]:
    before = text.base.law.get(merged.id)
    at = 0
    for span in diff(before.body if before else "", merged.clause.body):
        if span.op == "-":
            yield TracedSpan("-", span.text, (), ())
            continue
        for length, origin in part(merged.origins, at, at + len(span.text)):
            numbers = _numbers(origin.amendments) if span.op == "+" else ()
            yield TracedSpan(span.op, merged.clause.body[at : at + length], numbers, proposers(numbers, lines))
            at += length


def _numbers(keys: Sequence[str]) -> tuple[int, ...]:
    return tuple(sorted(number_of(key) for key in keys))
