"""Threads as pages show them: comments with the replies below, where their words stand, what was edited or settled."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy.orm import Session

from app.domain.anchors import Detached, InPlace, Text, place
from app.domain.diff import diff
from app.domain.mentions import parts
from app.domain.permissions import Action, Role, can
from app.services.attributing import NAMED
from app.services.marks import Marks
from app.services.pages import CommentLine
from app.services.pages_comments import (
    Addressee,
    CommentedWords,
    ResolvedLine,
    SaidPart,
    Standing,
    WordingLine,
)
from app.store import comments, threads
from app.store.comments import About, Comment, CommentWording, Resolution, Told
from app.store.drafts import ClauseText
from app.store.memberships import Entry
from app.store.threads import Named

Placing = Callable[[Comment], Standing | None]
SETTLERS = (Role.FACILITATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class _Around:
    """What hangs on the comments of one place, and who looks."""

    entry: Entry
    institutions: Marks
    wordings: Mapping[int, list[CommentWording]]
    resolutions: Mapping[int, tuple[Resolution, str]]
    mentions: Mapping[int, list[Named]]
    placing: Placing


def may_settle(entry: Entry, first: Comment) -> bool:
    """Who may resolve and reopen a thread: facilitators, administrators, and the institution that began it."""
    began = entry.speaks_in_place_of(first.institution_id)
    alone = first.institution_id is None and is_own(entry, first)
    return can(entry.role, Action.COMMENT) and (entry.role in SETTLERS or began or alone)


def is_own(entry: Entry, comment: Comment) -> bool:
    """Whether somebody made a comment: as the author that is stored, or as who holds its receipt."""
    return comment.author_id == entry.user_id or entry.holds(comment.receipt_hash)


def may_take_out(entry: Entry, comment: Comment) -> bool:
    """Whether somebody may take out, for the sake of order, a comment whose author nobody knows."""
    return comment.author_id is None and comment.institution_id is None and entry.role in SETTLERS


@dataclass(frozen=True, slots=True)
class Read:
    """Threads, the rows behind them, and who is named in which comment."""

    lines: tuple[CommentLine, ...]
    rows: Mapping[int, Comment]
    mentions: Mapping[int, list[Named]]


def read(session: Session, entry: Entry, institutions: Marks, about: About, placing: Placing) -> Read:
    """The threads about something, in four statements; one where nothing was said."""
    told = comments.told(session, about)
    if not told:
        return Read((), {}, {})
    mentions = threads.mentions(session, about)
    around = _Around(
        entry, institutions, threads.wordings(session, about), threads.resolutions(session, about), mentions, placing
    )
    return Read(_threads(told, around), {one.comment.id: one.comment for one in told}, mentions)


def on_clause(
    session: Session, entry: Entry, institutions: Marks, clause_id: str, history: Sequence[ClauseText], latest: int
) -> tuple[CommentLine, ...]:
    placing = in_texts({clause_id: history}, latest)
    return read(session, entry, institutions, comments.on_clause(clause_id), placing).lines


def on_amendment(session: Session, entry: Entry, institutions: Marks, amendment_id: int) -> tuple[CommentLine, ...]:
    return read(session, entry, institutions, comments.on_amendment(amendment_id), lambda _: None).lines


def addressees(session: Session, entry: Entry, institutions: Marks) -> tuple[Addressee, ...]:
    """Who can be named in a comment of this draft: people only where they may be named at all, and never to guests and
    others who only read and comment."""
    people = institutions.mode == NAMED and can(entry.role, Action.PROPOSE)
    return tuple(
        Addressee(one.name, _title(one, institutions))
        for one in threads.addressees(session, entry.draft.id, people=people)
    )


def in_texts(texts: Mapping[str, Sequence[ClauseText]], latest: int) -> Placing:
    """Places comments on clauses through the stored texts of each clause."""

    def standing(comment: Comment) -> Standing | None:
        rows = texts.get(comment.clause_id or "")
        if not rows:
            return None
        found = place(comment.quote, comment.quote_start or 0, texts_since(rows, comment.version))
        if isinstance(found, InPlace):
            return Standing("in_place", latest, found.start)
        return _detached(found)

    return standing


def _detached(found: Detached) -> Standing:
    return Standing("deleted" if found.deleted else "changed", found.version)


def texts_since(rows: Sequence[ClauseText], version: int) -> list[Text]:
    """A clause's texts from a version on, with the versions in which it is missing."""
    valid = [row for row in rows if row.last_version is None or row.last_version >= version]
    found: list[Text] = []
    for row, following in zip(valid, [*valid[1:], None][: len(valid)], strict=True):
        found.append((max(row.first_version, version), row.body))
        if row.last_version is not None and (following is None or following.first_version > row.last_version + 1):
            found.append((row.last_version + 1, None))
    return found


def commented(lines: Iterable[CommentLine]) -> tuple[CommentedWords, ...]:
    """The words that threads are about, where they stand; comments on the same words together."""
    found: dict[tuple[int, int], list[int]] = {}
    for line in lines:
        if line.quote and line.standing and not line.standing.is_detached and not line.withdrawn_at:
            start = line.standing.start
            found.setdefault((start, start + len(line.quote)), []).append(line.id)
    return tuple(CommentedWords(start, end, tuple(ids)) for (start, end), ids in sorted(found.items()))


def _threads(told: Sequence[Told], around: _Around) -> tuple[CommentLine, ...]:
    """Every reply under the first comment of its thread, in the order they were made: nothing nests without end."""
    by_id = {one.comment.id: one for one in told}
    first: dict[int, int] = {}
    replies: dict[int, list[Told]] = {}
    for one in told:  # a reply was made after what it answers
        row = one.comment
        first[row.id] = row.id if row.reply_to is None else first[row.reply_to]
        replies.setdefault(first[row.id], []).append(one)
    return tuple(
        _line(by_id[begun], tuple(_line(one, (), around, by_id) for one in below[1:]), around, by_id)
        for begun, below in replies.items()
    )


def _line(one: Told, replies: tuple[CommentLine, ...], around: _Around, by_id: Mapping[int, Told]) -> CommentLine:
    row, entry = one.comment, around.entry
    hidden = row.withdrawn_at is not None
    institution = around.institutions.get(row.institution_id) if row.institution_id else None
    marks, told, own = around.institutions, _told(row), is_own(entry, row)
    return CommentLine(
        row.id, row.kind, marks.words(row.quote), "" if hidden else row.body if own else marks.words(row.body),
        marks.person(one.author), institution, row.version, marks.when(row.created_at, told=told), replies,
        parts=() if hidden else _parts(row.body, around.mentions.get(row.id, ()), marks),
        standing=around.placing(row),
        answers=_answered(row, by_id, around.institutions),
        former=() if hidden else _former(row, around.wordings.get(row.id, ()), marks),
        withdrawn_at=marks.when(row.withdrawn_at, told=told) if row.withdrawn_at else None,
        resolved=_resolved(row, replies, around),
        mine=not hidden and own and can(entry.role, Action.COMMENT),
        may_settle=row.reply_to is None and may_settle(entry, row),
        may_take_out=not hidden and not own and may_take_out(entry, row),
    )  # fmt: skip


def _parts(body: str, named: Sequence[Named], institutions: Marks) -> tuple[SaidPart, ...]:
    """The words with who is named in them, as far as they may be told."""
    titles = {one.name: _title(one, institutions) for one in named if _is_told(one, institutions)}
    return tuple(SaidPart(part.text, titles.get(part.name, "")) for part in parts(institutions.words(body), titles))


def _is_told(one: Named, institutions: Marks) -> bool:
    """Whether it may be said that a comment names somebody."""
    return institutions.mode == NAMED or (one.institution_id is not None and not institutions.hides)


def _title(one: Named, institutions: Marks) -> str:
    return one.title or institutions.seats[one.institution_id or 0].name


def _answered(row: Comment, by_id: Mapping[int, Told], institutions: Marks) -> tuple[int, str] | None:
    """Of a reply to a reply, whom it answers."""
    answered = by_id.get(row.reply_to or 0)
    if answered is None or answered.comment.reply_to is None:
        return None
    institution = institutions.get(answered.comment.institution_id or 0)
    return answered.comment.id, institutions.person(answered.author) or (institution.name if institution else "")


def _told(row: Comment) -> bool:
    """Whether it is stored whose a comment is."""
    return row.institution_id is not None or row.author_id is not None


def _former(row: Comment, wordings: Sequence[CommentWording], marks: Marks) -> tuple[WordingLine, ...]:
    bodies = [marks.words(body) for body in (*(wording.body for wording in wordings), row.body)]
    lines = [
        WordingLine(marks.when(wording.written_at, told=_told(row)), wording.kind, diff(before, after))
        for wording, (before, after) in zip(wordings, pairwise(bodies), strict=True)
    ]
    return tuple(reversed(lines))


def _resolved(row: Comment, replies: Sequence[CommentLine], around: _Around) -> ResolvedLine | None:
    if row.id not in around.resolutions:
        return None
    resolution, name = around.resolutions[row.id]
    marks = around.institutions
    institution = marks.get(resolution.institution_id or 0)
    by = marks.person(name) or (institution.name if institution else "")
    since = sum(_is_since(reply, resolution) for reply in replies)
    return ResolvedLine(by, marks.when(resolution.resolved_at, told=_told(row)), since)


def _is_since(reply: CommentLine, resolution: Resolution) -> bool:
    """Of threads settled long ago it is not stored which comment was the last: the moments say it."""
    if resolution.last_comment is None:
        return reply.created_at > resolution.resolved_at
    return reply.id > resolution.last_comment
