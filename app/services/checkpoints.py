"""Checkpoints of a draft's record: made, and checked against what is stored now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain import checkpoints
from app.domain.checkpoints import Checkpoint, OfAnotherDraft
from app.domain.permissions import Action, can, check_can
from app.services import verifying
from app.services.pages import DraftHead
from app.services.showing import draft_head
from app.services.verifying import Verified
from app.store import events, versions
from app.store.drafts import Draft
from app.store.memberships import enter, find_draft


@dataclass(frozen=True, slots=True)
class Held:
    """A checkpoint held against the record: `agrees` where the event has the hash that it says; `known`: there is an
    event of this number at all."""

    number: int
    hash: str
    agrees: bool
    known: bool


@dataclass(frozen=True, slots=True)
class CheckpointPage:
    """What the page of a draft's checkpoint shows; `text` is what is printed or sent; `verifying`: they may have the
    whole record verified here."""

    draft: DraftHead
    checkpoint: Checkpoint | None
    text: str
    verifying: bool
    held: Held | None = None


def page(
    session: Session, *, slug: str, user_id: int | None, now: datetime, held: tuple[int, str] | None = None
) -> CheckpointPage:
    """For whoever may read the draft; `held` is the number and the hash of a checkpoint to be checked.

    Raises NoSuchDraft.
    """
    entry = enter(session, slug, user_id)
    made = _made(session, entry.draft)
    text = checkpoints.written(made, now) if made else ""
    checked = _held(session, entry.draft, *held) if held else None
    return CheckpointPage(draft_head(session, entry), made, text, can(entry.role, Action.MANAGE_MEMBERS), checked)


def read(session: Session, *, slug: str, typed: str, user_id: int | None) -> tuple[int, str]:
    """The number and the hash that a checkpoint of a draft names, for whoever may read the draft.

    Raises NoSuchDraft, NoCheckpoint, OfAnotherDraft.
    """
    enter(session, slug, user_id)
    return _read(slug, typed)


def _read(slug: str, typed: str) -> tuple[int, str]:
    named, number, sha256 = checkpoints.read(typed)
    if named not in (None, slug):
        raise OfAnotherDraft(named or "")
    return number, sha256


def verify(session: Session, *, slug: str, user_id: int | None) -> Verified:
    """The whole record held against what is stored, for whoever manages the draft: it reads everything of it.

    Raises NoSuchDraft, RoleMayNot.
    """
    check_can(enter(session, slug, user_id).role, Action.MANAGE_MEMBERS)
    return verifying.verify(session, slug=slug)


def make(session: Session, *, slug: str, now: datetime) -> str:
    """For the operator: the checkpoint of a draft as a text, empty before the first event. Raises NoSuchDraft."""
    made = _made(session, find_draft(session, slug))
    return checkpoints.written(made, now) if made else ""


def check(session: Session, *, slug: str | None, typed: str) -> tuple[Held, Verified]:
    """For the operator: a checkpoint, and the whole record of the draft that it names or that is given.

    Raises NoSuchDraft, NoCheckpoint, OfAnotherDraft.
    """
    named, _, _ = checkpoints.read(typed)
    draft = find_draft(session, slug or named or "")
    return _held(session, draft, *_read(draft.slug, typed)), verifying.verify(session, slug=draft.slug)


def _made(session: Session, draft: Draft) -> Checkpoint | None:
    number = events.last_number(session, draft.id)
    texts = tuple((head.version.number, head.text.sha256) for head in reversed(versions.heads(session, draft)))
    return Checkpoint(draft.slug, number, events.hash_of(session, draft.id, number), texts) if number else None


def _held(session: Session, draft: Draft, number: int, sha256: str) -> Held:
    stored = events.hash_of(session, draft.id, number)
    return Held(number, sha256, bool(stored) and stored == sha256, bool(stored))
