"""Discussing: comments and replies on clauses and amendments, on chosen words in them, naming whom they are for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.anchors import occurrences
from app.domain.edits import InsertClauses, Relabel, ReplaceWords, RestateClause
from app.domain.errors import Invalid, NotFound
from app.domain.mentions import mentioned
from app.domain.permissions import Action, check_can
from app.services.owning import find_known
from app.services.receipts import hash_kept
from app.services.showing import NoSuchClause, enter_to_read
from app.store import amendments, comments, events, threads, versions
from app.store.amendments import AmendmentRow
from app.store.comments import Comment
from app.store.memberships import Entry, enter_to_write

KINDS = (
    "comment", "question", "position", "drafting", "experience", "proposal", "advice", "support", "reservation",
    "concern", "parking_lot",
)  # fmt: skip
LONGEST = 20_000
LARGEST_ID = 2**31 - 1  # what a database's integer holds


class EmptyComment(Invalid):
    def __init__(self) -> None:
        super().__init__("Write your comment first: it is empty.")


class TooLong(Invalid):
    def __init__(self, length: int) -> None:
        super().__init__(f"The comment has {length} characters; the longest possible has {LONGEST}.")


class QuoteNotFound(Invalid):
    def __init__(self, quote: str) -> None:
        super().__init__(
            f"The words “{quote}” do not stand in this clause. Copy them exactly, or leave the field empty."
        )
        self.quote = quote


class QuoteNotThatOften(Invalid):
    def __init__(self, quote: str, occurrence: int, count: int) -> None:
        super().__init__(
            f"The words “{quote}” stand in this clause {count} time(s), so there is no number {occurrence} of them."
        )
        self.quote, self.occurrence, self.count = quote, occurrence, count


class QuoteNotInAmendment(Invalid):
    def __init__(self, quote: str) -> None:
        super().__init__(
            f"The words “{quote}” stand neither in the amendment's new text nor in its reason. Copy them exactly, or "
            "leave the field empty."
        )
        self.quote = quote


@dataclass(frozen=True, slots=True)
class Spot:
    """What a comment is on: a clause, or an amendment by its number."""

    clause_id: str | None
    amendment: int | None


def spot_of(session: Session, *, slug: str, comment_id: int, user_id: int | None) -> Spot:
    """Raises NoSuchDraft, NoSuchComment."""
    entry = enter_to_read(session, slug, user_id)
    return _spot(session, comments.find(session, entry.draft.id, comment_id))


def _spot(session: Session, comment: Comment) -> Spot:
    amendment = session.get(AmendmentRow, comment.amendment_id) if comment.amendment_id else None
    return Spot(comment.clause_id, amendment.number if amendment else None)


def facts_about(session: Session, comment: Comment) -> dict[str, str | int]:
    """Where a comment stands, for the record."""
    spot = _spot(session, comment)
    return {"clause": spot.clause_id} if spot.clause_id else {"amendment": spot.amendment or 0}


def comment_on_clause(
    session: Session, *, slug: str, clause_id: str, user_id: int | None, kind: str, body: str, quote: str,
    reply_to: int | None, now: datetime, occurrence: int = 1, receipt: str = "",
) -> int:  # fmt: skip
    """Add a comment to a clause, on words in it where `quote` is given: on the first of them, or the `occurrence`-th.
    `receipt`: the code that proves it was theirs, where the author is not stored.

    Its id. Raises the refusals of this module.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.COMMENT)
    check_comment(kind, body)
    history = versions.history_of(session, clause_id, entry.draft.language)
    if not history or history[-1].draft_id != entry.draft.id:
        raise NoSuchClause
    text = history[-1]
    number = text.last_version or versions.latest_number(session, entry.draft.id)
    comment = _new(entry, number, kind, body, now, receipt)
    comment.clause_id = clause_id
    if quote.strip():
        start, end = _found(quote.strip(), text.body, occurrence)
        comment.quote, comment.quote_start = text.body[start:end], start
    if reply_to is not None:
        comment.reply_to = _checked_reply(session, reply_to, clause_id=clause_id)
    return _store(session, entry, comment, now, clause=clause_id)


def _found(quote: str, body: str, occurrence: int) -> tuple[int, int]:
    places = occurrences(quote, body)
    if not places:
        raise QuoteNotFound(quote)
    if not 1 <= occurrence <= len(places):
        raise QuoteNotThatOften(quote, occurrence, len(places))
    return places[occurrence - 1]


def comment_on_amendment(
    session: Session, *, slug: str, number: int, user_id: int | None, kind: str, body: str, reply_to: int | None,
    now: datetime, quote: str = "", receipt: str = "",
) -> int:  # fmt: skip
    """Add a comment to an amendment, on words of its new text or reason where `quote` is given.

    Its id. Raises the refusals of this module and NoSuchAmendment.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.COMMENT)
    check_comment(kind, body)
    amendment = find_known(session, entry, number)
    comment = _new(entry, amendment.base_version, kind, body, now, receipt)
    comment.amendment_id = amendment.id
    if quote.strip():
        comment.quote = _found_in(quote.strip(), _texts(session, entry, amendment))
    if reply_to is not None:
        comment.reply_to = _checked_reply(session, reply_to, amendment_id=amendment.id)
    return _store(session, entry, comment, now, amendment=number)


def _texts(session: Session, entry: Entry, amendment: AmendmentRow) -> list[str]:
    """What an amendment says in its own words."""
    edits = amendments.edits_of(session, entry.draft.id).get(amendment.id, ())
    new = [edit.new for edit in edits if isinstance(edit, ReplaceWords | RestateClause | Relabel)]
    inserted = [edit.source for edit in edits if isinstance(edit, InsertClauses)]
    return [*new, *inserted, amendment.rationale, amendment.title]


def _found_in(quote: str, texts: Iterable[str]) -> str:
    for text in texts:
        for start, end in occurrences(quote, text):
            return text[start:end]
    raise QuoteNotInAmendment(quote)


def check_comment(kind: str, body: str) -> None:
    """Raises EmptyComment, TooLong and what else a comment's words can be refused for."""
    if kind not in KINDS:
        raise Invalid(f"“{kind}” is no kind of comment.")
    if not body.strip():
        raise EmptyComment
    if len(body) > LONGEST:
        raise TooLong(len(body))
    if "\0" in body:
        raise Invalid("The comment has a null character in it, which no text needs.")


def _checked_reply(
    session: Session, comment_id: int, *, clause_id: str | None = None, amendment_id: int | None = None
) -> int:
    """A reply answers a comment on the same thing."""
    answered = session.get(Comment, comment_id) if 0 < comment_id <= LARGEST_ID else None
    if answered is None or (answered.clause_id, answered.amendment_id) != (clause_id, amendment_id):
        raise NotFound("The comment you reply to is not there.")
    return comment_id


def _new(entry: Entry, number: int, kind: str, body: str, now: datetime, receipt: str) -> Comment:
    return Comment(
        draft_id=entry.draft.id, version=number, language=entry.draft.language, kind=kind, body=body.strip(), quote="",
        institution_id=entry.author_institution_id, author_id=entry.author_id, receipt_hash=hash_kept(entry, receipt),
        created_at=entry.told_at(now),
    )  # fmt: skip


def _store(session: Session, entry: Entry, comment: Comment, now: datetime, **about: str | int) -> int:
    comments.add(session, comment)
    named = name_those_mentioned(session, entry, comment)
    events.record(
        session, entry.draft, "comment_made", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        comment=comment.id, comment_kind=comment.kind, body=comment.body, quote=comment.quote,
        reply_to=comment.reply_to, mentions=named, **about,
    )  # fmt: skip
    made = comment.id
    session.commit()
    return made


def name_those_mentioned(session: Session, entry: Entry, comment: Comment) -> list[str]:
    """Store whom a comment names; their names as they sign in, or codes of institutions."""
    if "@" not in comment.body:
        threads.set_mentions(session, comment.id, ())
        return []
    known = {one.name: one for one in threads.addressees(session, entry.draft.id)}
    named = mentioned(comment.body, known)
    threads.set_mentions(session, comment.id, named)
    return [one.name for one in named]
