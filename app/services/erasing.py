"""Legal erasure of what was said in a draft: a comment, or why an amendment was proposed.

What leaves: the words, every former wording, their copies in the facts of events, and the salts by which digests of
them could be guessed. What stays: that something was said, where, when and by which institution, and the chain.
"""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.erasing import RecordDoesNotHold, emptied, reason_of, tombstone
from app.domain.events import ERASED, RecordedEvent, fingerprint_of
from app.domain.permissions import Action, check_can
from app.domain.verifying import vouched
from app.services import verifying
from app.services.owning import find_known
from app.services.pages import DraftHead
from app.services.showing import draft_head
from app.store import amendments, comments, digests, erasures, events
from app.store.memberships import Entry, enter, enter_to_write


@dataclass(frozen=True, slots=True)
class Erasable:
    """Words that may be erased: of a `comment`, on a clause or on an amendment, or of an `amendment` itself."""

    draft: DraftHead
    words: str
    comment: int | None
    clause_id: str | None
    amendment: int | None


def erase_comment(
    session: Session, *, slug: str, comment_id: int, reason: str, user_id: int | None, now: datetime
) -> None:
    """By whoever manages the draft. Raises NoSuchDraft, RoleMayNot, NoSuchComment, NoReasonToErase,
    RecordDoesNotHold."""
    entry = _enter(session, slug, user_id)
    comment = comments.find(session, entry.draft.id, comment_id)
    said = reason_of(reason)
    instead = _instead(entry, now)
    wordings = erasures.wordings_of(session, comment.id)
    gone = {digests.key_of("comments", [comment.id])}
    gone |= {digests.key_of("comment_wordings", [comment.id, one.number]) for one in wordings}
    _check(session, slug)
    comment.body = instead
    for one in wordings:
        one.body = instead
    chain = events.chain(session, entry.draft)
    told = _empty_events(session, entry, chain, ("comment", comment.id), ("body", "former", "text"), instead)
    _forget_salts(session, entry, chain, gone)
    _record(session, entry, told, said, now, comment=comment.id)


def erase_rationale(
    session: Session, *, slug: str, number: int, reason: str, user_id: int | None, now: datetime
) -> None:
    """The title and the rationale of an amendment; its words are proposed law and stay. Raises NoSuchDraft, RoleMayNot,
    NoSuchAmendment, NoReasonToErase, RecordDoesNotHold."""
    entry = _enter(session, slug, user_id)
    row = find_known(session, entry, number)
    said = reason_of(reason)
    instead = _instead(entry, now)
    _check(session, slug)
    row.title, row.rationale = "", instead
    chain = events.chain(session, entry.draft)
    told = _empty_events(session, entry, chain, ("amendment", number), ("title", "rationale"), instead)
    _forget_salts(session, entry, chain, {digests.key_of("amendments", [row.id])})
    _record(session, entry, told, said, now, amendment=number)


def _enter(session: Session, slug: str, user_id: int | None) -> Entry:
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    return entry


def _instead(entry: Entry, now: datetime) -> str:
    return tombstone(entry.draft.language, now.astimezone(entry.zone).date())


def _check(session: Session, slug: str) -> None:
    """What is vouched for anew below must be as it was recorded: nothing altered is made good by an erasure."""
    if not verifying.verify(session, slug=slug).holds:
        raise RecordDoesNotHold


def _empty_events(
    session: Session,
    entry: Entry,
    chain: Sequence[RecordedEvent],
    about: tuple[str, int],
    names: Collection[str],
    instead: str,
) -> dict[str, dict[str, str]]:
    """Empty the facts of the events about one thing, which `about` names as they do; their hashes stay. What the
    erasure says of each, by number."""
    told = {}
    for event in chain:
        if event.facts.get(about[0]) != about[1] or event.kind == ERASED:
            continue
        facts = emptied(event.facts, names, instead)
        if facts != event.facts:
            erasures.set_facts(session, entry.draft.id, event.number, facts)
            told[str(event.number)] = {"hash": event.hash, "now": fingerprint_of(replace(event, facts=facts))}
    return told


def _forget_salts(session: Session, entry: Entry, chain: Sequence[RecordedEvent], gone: Set[str]) -> None:
    """Nothing tells any more whether guessed words were those that were erased. What else the same events vouched for,
    the erasure vouches for instead."""
    said = vouched(chain)
    numbers = erasures.forget_salts(session, entry.draft.id, gone)
    digests.include_again(session, entry.draft.id, {key for key, one in said.items() if one.event in numbers} | gone)


def _record(
    session: Session, entry: Entry, told: dict[str, dict[str, str]], reason: str, now: datetime, **about: int
) -> None:
    events.record(
        session, entry.draft, "personal_data_erased", None, now=now, user_id=entry.user_id, events=told, reason=reason,
        **about,
    )  # fmt: skip
    erasures.forget_files(session, entry.draft.id)
    session.commit()


def erasable_comment(session: Session, *, slug: str, comment_id: int, user_id: int | None) -> Erasable:
    """For the page that asks once more. Raises NoSuchDraft, RoleMayNot, NoSuchComment."""
    entry = enter(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    row = comments.find(session, entry.draft.id, comment_id)
    about = amendments.number_by_id(session, row.amendment_id) if row.amendment_id else None
    return Erasable(draft_head(session, entry), row.body, row.id, row.clause_id, about)


def erasable_rationale(session: Session, *, slug: str, number: int, user_id: int | None) -> Erasable:
    """The same for an amendment. Raises NoSuchDraft, RoleMayNot, NoSuchAmendment."""
    entry = enter(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    row = find_known(session, entry, number)
    words = "\n\n".join(part for part in (row.title, row.rationale) if part)
    return Erasable(draft_head(session, entry), words, None, None, number)
