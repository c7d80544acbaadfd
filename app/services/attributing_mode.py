"""How contributions to a draft are attributed: set before the first one, and shown to whoever contributes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.attribution import Mode, strictest
from app.domain.errors import Invalid, Outdated
from app.domain.permissions import Action, can, check_can
from app.services import showing
from app.services.pages import DraftHead
from app.store import contributions, events, unsent
from app.store.db import begin_writing
from app.store.drafts import Draft
from app.store.memberships import draft_to_write, enter_to_write, find_draft


class UnknownMode(Invalid):
    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed}” is no attribution: it is named, institution_only or unattributed.")
        self.typed = typed


class FixedAlready(Outdated):
    def __init__(self) -> None:
        super().__init__(
            "Something was contributed to this draft already, by people who were told how they would be named: its "
            "attribution stays as it is. For a session a stricter one can be chosen."
        )


class LaxerThanDraft(Invalid):
    def __init__(self) -> None:
        super().__init__("A session may be stricter than its draft, but not laxer.")


@dataclass(frozen=True, slots=True)
class AttributionPage:
    """`mode` is the draft's, `here` the one that holds now; `is_fixed`: something was contributed already."""

    draft: DraftHead
    mode: Mode
    here: Mode
    is_fixed: bool
    may_set: bool


def show(session: Session, *, slug: str, user_id: int | None, language: str) -> AttributionPage:
    """Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    head = showing.draft_head(session, entry, showing.institution_marks(session, language))
    return AttributionPage(
        head, Mode(entry.draft.attribution), entry.attribution, contributions.any_in(session, entry.draft.id),
        can(entry.role, Action.MANAGE_MEMBERS),
    )  # fmt: skip


def holds(session: Session, *, slug: str, user_id: int | None) -> Mode:
    """How what is contributed now is attributed. Raises NoSuchDraft."""
    return showing.enter_to_read(session, slug, user_id).attribution


def set_attribution(session: Session, *, slug: str, user_id: int | None, mode: str, now: datetime) -> None:
    """Choose how contributions to a draft are attributed, before there is any.

    Raises NoSuchDraft, RoleMayNot, UnknownMode, FixedAlready.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    _set(session, entry.draft, mode, entry.user_id, now)
    session.commit()


def set_by_operator(session: Session, *, slug: str, mode: str, now: datetime) -> None:
    """The same from the command line. Raises NoSuchDraft, UnknownMode, FixedAlready."""
    begin_writing(session)
    _set(session, draft_to_write(session, slug), mode, None, now)
    session.commit()


def mode_of(session: Session, *, slug: str) -> Mode:
    """How contributions to a draft are attributed. Raises NoSuchDraft."""
    return Mode(find_draft(session, slug).attribution)


def for_sitting(draft: Draft, typed: str | None) -> str | None:
    """What is stored with a session: nothing where it has the draft's mode. Raises UnknownMode, LaxerThanDraft."""
    wanted = _mode(typed) if typed else Mode(draft.attribution)
    if strictest(draft.attribution, wanted) is not wanted:
        raise LaxerThanDraft
    return wanted.value if wanted is not Mode(draft.attribution) else None


def _set(session: Session, draft: Draft, typed: str, user_id: int | None, now: datetime) -> None:
    mode = _mode(typed)
    if contributions.any_in(session, draft.id):
        raise FixedAlready
    if mode is Mode(draft.attribution):
        return
    former, draft.attribution = draft.attribution, mode.value
    if mode is Mode.UNATTRIBUTED:
        unsent.forget_all(session, draft.id)
    session.flush()
    events.record(session, draft, "attribution_set", now=now, user_id=user_id, attribution=mode.value, former=former)


def _mode(typed: str) -> Mode:
    try:
        return Mode(typed)
    except ValueError as error:
        raise UnknownMode(typed) from error
