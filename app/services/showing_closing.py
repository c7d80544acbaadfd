"""From rows to what pages show around the positions on a clause: answers, reopening, linked clauses, printed words."""

from collections.abc import Callable, Iterable, Mapping

from app.domain.agreement import State, overall
from app.domain.typography import same_words
from app.services import reopening, seating
from app.services.agreeing import Agreement, Spoken
from app.services.marks import Marks
from app.services.packaging import may_link
from app.services.pages_closing import AnswerLine, Closing, ExplanationLine, LinkedClause, PackageLine, Reopened
from app.services.positioning import ENTERING, barred, seated_in
from app.services.texts import IssuedText, below
from app.store.explanations import Explanation
from app.store.memberships import Entry
from app.store.packages import Package
from app.store.positions import Answered, Reopening

Names = Mapping[int, str]


def answer_lines(answers: Iterable[Answered], names: Names, marks: Marks) -> tuple[AnswerLine, ...]:
    """The answers to one objection, in the order they were given."""
    return tuple(
        AnswerLine(
            one.row.id, one.row.kind, marks.words(one.row.text), names.get(one.row.author_id or 0, ""),
            marks.when(one.row.created_at), one.row.version, one.amendment, one.state or "", one.counts,
            marks.when(one.row.maintained_at) if one.row.maintained_at else None,
        )
        for one in answers
    )  # fmt: skip


def closing(
    entry: Entry, institutions: Marks, text: IssuedText, found: Agreement, states: Mapping[str, State], clause_id: str,
    rows: Iterable[Explanation], names: Names, body_then: Callable[[int], str | None],
) -> Closing:  # fmt: skip
    """What belongs to the closing of a clause, whose words in a version `body_then` gives."""
    now = text.law[clause_id].body if clause_id in text.places else None
    here = clause_id in text.places
    reopened = found.spoken.reopenings.get(clause_id)
    return Closing(
        _reopened(reopened, institutions, names) if reopened else None,
        here and _may_reopen(entry, found, clause_id),
        package_lines(found, text, states, names, clause_id, institutions),
        here and may_link(entry),
        explanation_lines(
            entry, found.spoken, institutions, rows, lambda row: reads_otherwise(body_then(row.version), now), names
        ),
    )


def reads_otherwise(then: str | None, now: str | None) -> bool:
    """Whether a clause says something else than it did, or is gone. How its words are set is no matter."""
    return then is None or now is None or not same_words(then, now)


def authors(found: Spoken, rows: Iterable[Explanation]) -> set[int]:
    """Whose names all this needs, beside those of positions."""
    answers = (one.row.author_id for those in found.answers.values() for one in those)
    packaged = (package.author_id for package, _ in found.packages.values())
    reopened = (row.author_id for row in found.reopenings.values())
    return {id for id in (*answers, *packaged, *reopened, *(row.author_id for row in rows)) if id}


def _reopened(row: Reopening, institutions: Marks, names: Names) -> Reopened:
    mark = institutions.get(row.institution_id) if row.institution_id else None
    by, at = names.get(row.author_id or 0, ""), institutions.when(row.created_at)
    return Reopened(institutions.words(row.reason), by, mark, at)


def _may_reopen(entry: Entry, found: Agreement, clause_id: str) -> bool:
    return reopening.is_agreed(found.decisions.get(clause_id)) and reopening.may_reopen(entry, found.spoken.places)


def package_lines(
    found: Agreement, text: IssuedText, states: Mapping[str, State], names: Names, clause_id: str, marks: Marks
) -> tuple[PackageLine, ...]:
    """The packages that a clause belongs to, by itself or by what it stands in."""
    linked = found.spoken.packages.items()
    return tuple(
        _package(package, clause_ids, text, states, names, marks)
        for package_id, (package, clause_ids) in linked
        if clause_id in clause_ids or clause_id in found.packages[package_id]
    )


def _package(
    package: Package, clause_ids: Iterable[str], text: IssuedText, states: Mapping[str, State], names: Names,
    marks: Marks,
) -> PackageLine:  # fmt: skip
    ordered = sorted(clause_ids, key=lambda id: text.places.get(id, len(text.places)))
    lines = tuple(_linked(text, states, id) for id in ordered)
    by, at = names.get(package.author_id or 0, ""), marks.when(package.created_at)
    return PackageLine(package.id, marks.words(package.reason), by, at, lines)


def _linked(text: IssuedText, states: Mapping[str, State], clause_id: str) -> LinkedClause:
    """A clause and how far it is with all that stands below it."""
    if clause_id not in text.places:
        return LinkedClause(clause_id, "", "")
    start, end = below(text, clause_id)
    state = overall([states.get(line.id, State.OPEN) for line in text.lines[start:end]])
    return LinkedClause(clause_id, text.human(clause_id), state.value, text.lines[start].level, end - start > 1)


def explanation_lines(
    entry: Entry, said: Spoken, institutions: Marks, rows: Iterable[Explanation],
    changed: Callable[[Explanation], bool], names: Names,
) -> tuple[ExplanationLine, ...]:  # fmt: skip
    """`changed`: whether the clause of one says something else now."""
    speaks = not barred(entry, seated_in(said.places))
    ours = seating.those_of(said.places, entry.institution_id) if speaks else frozenset()
    return tuple(
        ExplanationLine(
            row.id, row.kind, institutions[row.institution_id], institutions.words(row.text),
            names.get(row.author_id or 0, ""), row.entered_for and not institutions.hides,
            institutions.when(row.created_at), row.version, changed(row),
            institutions.when(row.withdrawn_at) if row.withdrawn_at else None,
            row.institution_id in ours or (row.entered_for and entry.role in ENTERING),
        )
        for row in rows
    )  # fmt: skip
