"""What an amendment changed, in the sentences of an amending act, made from the articles it is about alone: to compare
a whole code of law for each of a thousand amendments would take minutes."""

from collections.abc import Iterator

from app.domain.clauses import Kind
from app.domain.edits import Amendment, ClauseId, DeleteClause, Edit, InsertClauses, Law, MoveClause
from app.domain.indexed import Index
from app.domain.instructions import Style
from app.services.saying import said_of_amendment


def sentences_of(amendment: Amendment, index: Index, style: Style) -> tuple[str, ...]:
    """The sentences; none where none can be made."""
    return said_of_amendment(_around(amendment, index), amendment, "", style).sentences


def _around(amendment: Amendment, index: Index) -> Law:
    """The articles that an amendment touches, with the headings they stand under."""
    wanted = {clause_id for edit in amendment.edits for place in _places(edit) for clause_id in _unit(place, index)}
    wanted |= {
        below
        for edit in amendment.edits
        if isinstance(edit, DeleteClause | MoveClause)
        for below in index.tree.below(edit.clause_id)
    }
    return {clause_id: index.law[clause_id] for clause_id in sorted(wanted, key=index.places.__getitem__)}


def _places(edit: Edit) -> Iterator[ClauseId | None]:
    if not isinstance(edit, InsertClauses):
        yield edit.clause_id
    if isinstance(edit, InsertClauses | MoveClause):
        yield edit.after


def _unit(clause_id: ClauseId | None, index: Index) -> Iterator[ClauseId]:
    """The clauses above one, and its article with all below; outside of articles, those beside it."""
    path = index.tree.path(clause_id)
    yield from path
    article = next((one for one in path if index.law[one].kind is Kind.ARTICLE), None)
    if article is not None:
        yield from index.tree.below(article)
    else:
        yield from index.tree.children[path[-2] if len(path) > 1 else None]
