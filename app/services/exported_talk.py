"""What was said about a version: its amendments, and the comments with where their words stand in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.anchors import InPlace, place
from app.exports.document import Proposed, ProposedChange, Remark
from app.services import threads
from app.services.attributing import Attribution
from app.services.marks import Marks
from app.services.pages import AmendmentLine, CommentLine
from app.services.pages_comments import Standing
from app.store import amendments, comments
from app.store.comments import Comment
from app.store.drafts import ClauseText
from app.store.memberships import Entry
from app.store.threads import texts_of_commented

IN_PLACE, ELSEWHERE = "in_place", "changed"


def proposed(lines: Iterable[AmendmentLine], number: int, attribution: Attribution) -> tuple[Proposed, ...]:
    """The amendments that were made on a version or an earlier one, by number."""
    found = sorted((line for line in lines if line.made_on <= number), key=lambda line: line.number)
    return tuple(_proposed(line, attribution) for line in found)


def _proposed(line: AmendmentLine, attribution: Attribution) -> Proposed:
    changes = tuple(
        ProposedChange(one.kind, one.clause_id, one.human, one.label, tuple(one.spans), one.before, one.after)
        for one in line.changes
    )
    return Proposed(
        line.number, attribution.words(line.title), attribution.party(line.institution),
        attribution.parties(line.sponsors),
        attribution.person(line.author), line.state, attribution.words(line.rationale), line.made_on, line.base_version,
        line.settled_version, attribution.time(line.created_at), changes, line.collides_with,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Around:
    """What hangs on comments, and what may be told of them. `numbers` are those of amendments, by row id."""

    number: int
    attribution: Attribution
    rows: Mapping[int, Comment]
    numbers: Mapping[int, int]


def remarks(
    session: Session, entry: Entry, institutions: Marks, language: str, number: int, attribution: Attribution
) -> tuple[Remark, ...]:
    """The threads begun on a version or an earlier one, placed in its text. Seven statements."""
    texts = texts_of_commented(session, entry.draft.id, language)
    said = threads.read(session, entry, institutions, comments.in_draft(entry.draft.id), _placing(texts, number))
    numbers = {row.id: row.number for row in amendments.all_of(session, entry.draft.id)}
    around = _Around(number, attribution, said.rows, numbers)
    made = (_remark(line, around) for line in said.lines if line.version <= number)
    return tuple(one for one in made if not one.is_withdrawn or one.replies)


def _placing(texts: Mapping[str, Sequence[ClauseText]], number: int) -> threads.Placing:
    """Places comments in the text of a version, whatever came later."""

    def standing(comment: Comment) -> Standing | None:
        rows = texts.get(comment.clause_id or "", ())
        until = [text for text in threads.texts_since(rows, comment.version) if text[0] <= number]
        if not until or not comment.quote:
            return None
        found = place(comment.quote, comment.quote_start or 0, until)
        return Standing(IN_PLACE, number, found.start) if isinstance(found, InPlace) else Standing(ELSEWHERE, number)

    return standing


def _remark(line: CommentLine, around: _Around) -> Remark:
    row, attribution = around.rows[line.id], around.attribution
    stands = line.standing is not None and line.standing.state == IN_PLACE
    start = line.standing.start if line.standing is not None and stands else None
    replies = (_remark(one, around) for one in line.replies if one.version <= around.number)
    return Remark(
        line.id, line.kind, row.clause_id, around.numbers.get(row.amendment_id or 0), line.quote, start,
        None if start is None else start + len(line.quote), attribution.words(line.body),
        attribution.party(line.institution), attribution.person(line.author), attribution.time(line.created_at),
        line.version, line.resolved is not None, line.withdrawn_at is not None,
        tuple(one for one in replies if not one.is_withdrawn),
    )  # fmt: skip
