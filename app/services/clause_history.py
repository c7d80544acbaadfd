"""A clause through the versions: how it read, who issued it, and which amendments brought its words.

Everything is read out of what is stored: the clause's own texts and the origins of their words. Words that left leave
no origin behind: they were taken out by the amendments to the clause that this version adopted in full.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from app.domain.diff import Span, diff
from app.domain.lifecycle import State
from app.domain.provenance import Origins, decode
from app.services.indexes import index_of
from app.services.pages import AmendmentLine, VersionHead
from app.services.pages_history import Bringer, ClauseHistory, HistoryEntry, WordsFrom
from app.services.texts import IssuedText
from app.store.amendments import number_of
from app.store.drafts import ClauseText

OWN = ("replace_words", "restate", "relabel")
"""Edits that change the clause they name and none below it."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a clause: its id and those of the clauses it stands in, versions, amendments by number."""

    clause_id: str
    above: Set[str]
    versions: Mapping[int, VersionHead]
    lines: Mapping[int, AmendmentLine]

    def bringers(self, numbers: Iterable[int]) -> tuple[Bringer, ...]:
        found = (self.lines[number] for number in sorted(set(numbers)) if number in self.lines)
        return tuple(Bringer(line.number, line.institution, line.title, line.rationale) for line in found)

    def adopted_in(self, version: int, *kinds: str) -> set[int]:
        """Amendments that a version adopted in full and that did this to the clause, or moved or deleted what it
        stands in."""
        return {
            line.number
            for line in self.lines.values()
            if line.settled_version == version and line.state == State.ADOPTED
            for change in line.changes
            if change.kind in kinds
            and (change.clause_id == self.clause_id or (change.clause_id in self.above and change.kind not in OWN))
        }


def history(
    rows: Sequence[ClauseText],
    text: IssuedText,
    versions: Iterable[VersionHead],
    lines: Iterable[AmendmentLine],
) -> ClauseHistory:
    """The texts of a clause (oldest first) as a history; `text` is the last version that has it."""
    heads, amendments = {head.number: head for head in versions}, {line.number: line for line in lines}
    above = frozenset(index_of(text).tree.path(rows[0].clause_id)[:-1])
    around = Around(rows[0].clause_id, above, heads, amendments)
    entries = [_came(rows[0], around)]
    for before, row in pairwise(rows):
        gone = before.last_version is not None and before.last_version + 1 < row.first_version
        entries += [_gone(before, around)] if gone else []
        entries += _changed(before, row, around, returned=gone)
    entries += [_gone(rows[-1], around)] if rows[-1].last_version is not None else []
    return ClauseHistory(tuple(reversed(entries)), _words(rows[-1], around))


def _came(row: ClauseText, around: Around) -> HistoryEntry:
    return _entry(row, around, ("came",), (Span("+", row.body),) if row.body else (), set())


def _changed(before: ClauseText, row: ClauseText, around: Around, *, returned: bool) -> list[HistoryEntry]:
    """What a new text of the clause changed in what people see; nothing where only white space did."""
    happened = {
        "returned": returned or around.versions[row.first_version].revokes is not None,
        "edited": before.body != row.body,
        "renumbered": before.label != row.label,
        "moved": before.position != row.position and not returned,
        "readdressed": before.address != row.address and (before.label, before.position) == (row.label, row.position),
    }
    deeds = tuple(name for name, is_so in happened.items() if is_so)
    if not deeds:
        return []
    spans = diff(before.body, row.body) if before.body != row.body else ()
    kinds = [*OWN, "move"] if happened["moved"] else OWN
    return [_entry(row, around, deeds, spans, around.adopted_in(row.first_version, *kinds), before)]


def _entry(
    row: ClauseText,
    around: Around,
    deeds: tuple[str, ...],
    spans: tuple[Span, ...],
    changing: set[int],
    before: ClauseText | None = None,
) -> HistoryEntry:
    new = [origin for _, origin in decode(row.origins) if origin.version == row.first_version]
    numbers = {number_of(key) for origin in new for key in origin.amendments} | changing
    version = around.versions[row.first_version]
    return HistoryEntry(
        version,
        deeds,
        spans,
        around.bringers(numbers),
        any(origin.settled for origin in new),
        version.imported,
        before.label if before and before.label != row.label else "",
        before.address if before and before.address != row.address else "",
    )


def _gone(row: ClauseText, around: Around) -> HistoryEntry:
    """The version after the last that had the clause."""
    number = (row.last_version or 0) + 1
    by = around.bringers(around.adopted_in(number, "delete"))
    version = around.versions[number]
    spans = (Span("-", row.body),) if row.body else ()
    return HistoryEntry(version, ("deleted",), spans, by, False, version.imported, "", "")


def _words(row: ClauseText, around: Around) -> tuple[WordsFrom, ...]:
    found: list[WordsFrom] = []
    at = 0
    origins: Origins = decode(row.origins)
    for length, origin in origins:
        by = around.bringers(number_of(key) for key in origin.amendments)
        found.append(WordsFrom(row.body[at : at + length], around.versions.get(origin.version), by, origin.settled))
        at += length
    return tuple(found)
