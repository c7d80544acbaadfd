"""Comparing two versions of a draft. Identity is stored, so nothing has to be guessed here."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.domain.clauses import Kind
from app.domain.compare import longest_rising
from app.domain.diff import Span, diff
from app.services import showing
from app.services.pages import ComparedLine, ComparePage
from app.store import versions
from app.store.versions import StoredClause


def compare(
    session: Session, *, slug: str, old: int, new: int, everything: bool, user_id: int | None, language: str
) -> ComparePage:
    """How version `new` differs from version `old`. Raises NoSuchDraft, NoSuchVersion."""
    entry = showing.enter_to_read(session, slug, user_id)
    draft = showing.draft_head(session, entry, showing.institution_marks(session, language))
    heads = {head.number: head for head in draft.versions}
    for number in (old, new):
        if number not in heads:
            raise versions.NoSuchVersion(slug, number)
    before, after = (versions.clauses_of(session, entry.draft.id, draft.language, number) for number in (old, new))
    lines = _lines(before, after)
    counts = Counter(line.kind for line in lines)
    shown = tuple(line for line in lines if everything or line.kind != "kept")
    return ComparePage(draft, heads[old], heads[new], shown, tuple(sorted(counts.items())))


def _lines(before: Sequence[StoredClause], after: Sequence[StoredClause]) -> list[ComparedLine]:
    one, other = {c.id: c for c in before}, {c.id: c for c in after}
    cited_before, cited_after = _cited(before), _cited(after)
    places = {c.id: at for at, c in enumerate(before)}
    staying = [c.id for c in after if c.id in one]
    in_order = set(longest_rising(range(len(staying)), [places[clause_id] for clause_id in staying]))
    moved = {clause_id for at, clause_id in enumerate(staying) if at not in in_order}
    lines: list[ComparedLine] = []
    shown: set[str] = set()
    for clause in after:
        if clause.id in one and clause.id not in moved:
            lines += _gone(before, places, clause.id, other, shown, cited_before)
        lines.append(_line(clause, one.get(clause.id), clause.id in moved, cited_before, cited_after))
    lines += [_deleted(c, cited_before) for c in before if c.id not in other and c.id not in shown]
    return [line for line in lines if line.kind != "front_matter"]


def _cited(clauses: Sequence[StoredClause]) -> dict[str, str]:
    return dict(zip((c.id for c in clauses), showing.citations([c.clause for c in clauses]), strict=True))


def _gone(
    before: Sequence[StoredClause],
    places: Mapping[str, int],
    until: str,
    other: Mapping[str, StoredClause],
    shown: set[str],
    cited: Mapping[str, str],
) -> list[ComparedLine]:
    """Deleted clauses that stood right before one that stayed, as far back as the last that stayed."""
    found: list[ComparedLine] = []
    at = places[until] - 1
    while at >= 0 and before[at].id not in other and before[at].id not in shown:
        shown.add(before[at].id)
        found.append(_deleted(before[at], cited))
        at -= 1
    return found[::-1]


def _deleted(clause: StoredClause, cited: Mapping[str, str]) -> ComparedLine:
    line = showing.clause_line(clause, cited[clause.id])
    spans = (Span("-", line.body),)
    return ComparedLine("deleted", clause.id, cited[clause.id], "", line.label, line.level, line.indent, spans, "")


def _line(
    clause: StoredClause,
    before: StoredClause | None,
    moved: bool,
    cited_before: Mapping[str, str],
    cited_after: Mapping[str, str],
) -> ComparedLine:
    line = showing.clause_line(clause, cited_after[clause.id])
    kind = _kind(clause, before, moved)
    spans: tuple[Span, ...] = (Span("+", line.body),) if before is None else ()
    if before is not None and before.clause.body != clause.clause.body:
        spans = diff(before.clause.body, clause.clause.body)
    return ComparedLine(
        kind,
        clause.id,
        cited_before.get(clause.id, ""),
        line.human,
        line.label,
        line.level,
        line.indent,
        spans,
        line.html,
    )


def _kind(clause: StoredClause, before: StoredClause | None, moved: bool) -> str:
    if clause.clause.kind is Kind.FRONT_MATTER:
        return "front_matter"
    if before is None:
        return "inserted"
    edited = before.clause.body != clause.clause.body
    if before.clause.label != clause.clause.label:
        return "edited_and_renumbered" if edited else "renumbered"
    if moved:
        return "moved_and_edited" if edited else "moved"
    return "edited" if edited else "kept"
