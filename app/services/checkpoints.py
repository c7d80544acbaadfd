"""Checkpoints of a draft's record: made, and checked against what is stored now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain import checkpoints
from app.domain.checkpoints import Checkpoint, OfAnotherDraft
from app.services import verifying
from app.services.verifying import Verified
from app.store import events
from app.store.drafts import Draft
from app.store.memberships import enter, find_draft


@dataclass(frozen=True, slots=True)
class CheckpointPage:
    """What the page of a draft's checkpoint shows; `text` is what is printed or sent."""

    slug: str
    title: str
    checkpoint: Checkpoint | None
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """`agrees`: the event has the hash that the checkpoint says; `record` is what was found of everything."""

    number: int
    agrees: bool
    record: Verified

    @property
    def holds(self) -> bool:
        return self.agrees and self.record.holds


def page(session: Session, *, slug: str, user_id: int | None, now: datetime) -> CheckpointPage:
    """For whoever may read the draft. Raises NoSuchDraft."""
    draft = enter(session, slug, user_id).draft
    made = _made(session, draft)
    return CheckpointPage(slug, draft.title, made, checkpoints.written(made, now) if made else "")


def make(session: Session, *, slug: str, now: datetime) -> str:
    """For the operator: the checkpoint of a draft as a text. Raises NoSuchDraft."""
    made = _made(session, find_draft(session, slug))
    return checkpoints.written(made, now) if made else ""


def check(session: Session, *, slug: str, typed: str, user_id: int | None) -> Checked:
    """Hold what somebody kept against the record, and the record against what is stored, for whoever may read it.

    Raises NoSuchDraft, NoCheckpoint, OfAnotherDraft.
    """
    enter(session, slug, user_id)
    return check_stored(session, slug=slug, typed=typed)


def check_stored(session: Session, *, slug: str | None, typed: str) -> Checked:
    """The same for the operator; the draft that the checkpoint names, where none is given."""
    named, number, sha256 = checkpoints.read(typed)
    if slug is not None and named not in (None, slug):
        raise OfAnotherDraft(named or "")
    draft = find_draft(session, slug or named or "")
    found = verifying.verify(session, slug=draft.slug)
    return Checked(number, events.hash_of(session, draft.id, number) == sha256, found)


def _made(session: Session, draft: Draft) -> Checkpoint | None:
    return checkpoints.last(draft.slug, events.chain(session, draft))
