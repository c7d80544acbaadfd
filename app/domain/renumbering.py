"""Renumbering a law now, with every reference rewritten: the draft's numbers run on without gaps, doubles and suffixes.

Every label keeps its form. A reference leads to the clause it led to, or is reported: nothing is guessed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.citations.cited import Cited, by_clause, cited_in
from app.domain.citations.consequential import Reason, Unresolved, followed
from app.domain.citations.languages import grammar_of
from app.domain.citations.targets import Units
from app.domain.clauses import Clause
from app.domain.edits import Amendment, ClauseId, Edit, Law, Relabel, ReplaceWords
from app.domain.labels import canonical
from app.domain.merge import merge
from app.domain.numbering import follows_in_alphabet
from app.domain.relabelling import SCRIPTS, Numeral, Script, numerals, with_number
from app.domain.series import Series, series_of


@dataclass(frozen=True, slots=True)
class NewLabel:
    """A clause whose number changes."""

    clause_id: ClauseId
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Renumbering:
    """What renumbering does: `edits` of one amendment; the new labels in reading order; and the references (characters
    of the bodies as they stand now) that a person must look at."""

    edits: tuple[Edit, ...]
    labels: tuple[NewLabel, ...]
    unfollowed: tuple[Unresolved, ...]


NOTHING_TO_DO = Renumbering((), (), ())


def renumbering(law: Law, language: str | None = None) -> Renumbering:
    """The edits that make the numbers of each series run from 1; a series with a number that has no sure form stays.

    Merged as one amendment they give a law whose numbers do not jump and whose references lead where they led, but for
    those in `unfollowed`. Nothing is to do the second time.
    """
    labels = new_labels(law)
    if not labels:
        return NOTHING_TO_DO
    relabels = tuple(_relabel(clause_id, law[clause_id], new) for clause_id, new in labels.items())
    after = merge(law, [Amendment("renumbering", relabels)]).amended
    words, left = followed(law, after, language)
    missed = _missed(law, _with_words(after, words), words, left, language)
    changed = tuple(
        NewLabel(clause_id, law[clause_id].label, labels[clause_id]) for clause_id in law if clause_id in labels
    )
    return Renumbering((*relabels, *words), changed, (*left, *missed))


def new_labels(law: Law) -> dict[ClauseId, str]:
    """The label of every clause whose number changes."""
    labels: dict[ClauseId, str] = {}
    for series in series_of(law):
        labels |= _of_series(law, series, labels)
    return {clause_id: label for clause_id, label in labels.items() if label != law[clause_id].label}


def _of_series(law: Law, series: Series, known: Mapping[ClauseId, str]) -> dict[ClauseId, str]:
    """The labels of one series; none where one of them cannot be written surely."""
    labels = [law[clause_id].label for clause_id in series.clauses]
    read = _read_alike(labels)
    if read is None or (read[0].script == "letter" and follows_in_alphabet(labels)):
        return {}
    above = "" if series.above is None else known.get(series.above, law[series.above].label)
    prefix = canonical(above).replace("-", ".") + "." if above else ""
    doubled = read[0].script == "letter" and all(one.end - one.start == 2 for one in read)
    new: list[str] = []
    number = 1
    for label, numeral in zip(labels, read, strict=True):
        written = with_number(label, numeral, number, prefix, doubled=doubled)
        if written is None:
            return {}
        new.append(written)
        number += numeral.last - numeral.first + 1
    return dict(zip(series.clauses, new, strict=True))


def _read_alike(labels: Sequence[str]) -> list[Numeral] | None:
    """The numbers of a series, all Roman or all letters where they may be both: as most of them run on."""
    read = [{numeral.script: numeral for numeral in numerals(label)} for label in labels]
    scripts = [script for script in SCRIPTS if all(script in one for one in read)]
    if not scripts:
        return [next(iter(one.values())) for one in read] if all(read) and _mixed(read) else None
    best = max(scripts, key=lambda script: sum(one[script].first == at for at, one in enumerate(read, 1)))
    return [one[best] for one in read]


def _mixed(read: Sequence[Mapping[Script, Numeral]]) -> bool:
    """Whether Arabic and Roman numbers stand in one series, each written its own way."""
    return all("arabic" in one or "roman" in one for one in read)


def _relabel(clause_id: ClauseId, clause: Clause, label: str) -> Relabel:
    return Relabel(clause_id, clause.lead, clause.lead.replace(clause.label, label, 1))


def _with_words(law: Law, edits: Sequence[ReplaceWords]) -> Law:
    changed = dict(law)
    for edit in sorted(edits, key=lambda edit: -edit.start):
        clause = changed[edit.clause_id]
        body = clause.body[: edit.start] + edit.new + clause.body[edit.start + len(edit.old) :]
        changed[edit.clause_id] = clause._replace(body=body)
    return changed


def _missed(
    law: Law, after: Law, words: Sequence[ReplaceWords], left: Sequence[Unresolved], language: str | None
) -> Iterator[Unresolved]:
    """References that lead elsewhere in the end: one to a clause that was gone, whose number is another's now; words
    of which it was not clear where they lead, and that lead somewhere now."""
    known = {(one.clause_id, one.start) for one in left}
    before, now = _cited(law, language), _cited(after, language)
    shifts: dict[ClauseId, list[ReplaceWords]] = {}
    for edit in words:
        shifts.setdefault(edit.clause_id, []).append(edit)
    for clause_id in dict.fromkeys((*before, *now)):
        was, leads = before.get(clause_id, []), now.get(clause_id, [])
        for one, reason in _changed(was, leads, shifts.get(clause_id, ())):
            if (clause_id, one[0]) not in known:
                yield Unresolved(clause_id, *one, law[clause_id].body[slice(*one)], reason)


Leads = Sequence[tuple[Cited, ClauseId | None]]


def _changed(was: Leads, leads: Leads, edits: Sequence[ReplaceWords]) -> Iterator[tuple[tuple[int, int], Reason]]:
    """The characters (of the body as it stands) of the references of one clause that do not lead where they led."""
    if len(was) == len(leads):
        for (one, target), (_, other) in zip(was, leads, strict=True):
            if target != other:
                yield _span(one), Reason.TARGET_DELETED if target is None else Reason.NO_SURE_WORDING
        return
    standing = Counter(target for _, target in leads)
    for one, target in was:
        if not standing[target]:
            yield _span(one), Reason.TARGET_DELETED if target is None else Reason.NO_SURE_WORDING
        standing[target] -= 1
    for one, target in leads:
        if target is not None and standing[target] > 0:
            yield _span(one, _shift(edits, one.item.start)), Reason.WRITTEN_ANEW


def _span(one: Cited, shift: int = 0) -> tuple[int, int]:
    return one.item.start - shift, one.item.end - shift


def _shift(edits: Sequence[ReplaceWords], position: int) -> int:
    """How far the edits before a place of the new body have moved it."""
    shift = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start + shift < position:
            shift += len(edit.new) - len(edit.old)
    return shift


def _cited(law: Law, language: str | None) -> dict[ClauseId, list[tuple[Cited, ClauseId | None]]]:
    """Every reference by the clause it stands in, with the clause it leads to."""
    clauses, ids = tuple(law.values()), list(law)
    grammar = grammar_of(clauses, language)
    if grammar is None:
        return {}
    return {
        ids[at]: [(one, None if one.target is None else ids[one.target]) for one in those]
        for at, those in by_clause(cited_in(Units(clauses, grammar))).items()
    }
