"""Revising: other words for an amendment of one's own, while it is a draft and while it is on the table."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.edits import Edit
from app.domain.errors import Invalid, Outdated
from app.domain.lifecycle import State, check_step
from app.domain.permissions import Action, check_can
from app.services import keeping_unsent
from app.services.owning import find_known, find_mine
from app.services.proposing import Proposal, announce, ask, checked
from app.store import amendments, events, marks, relations
from app.store.amendments import AmendmentRow, facts_of
from app.store.memberships import Entry, enter_to_write


class WordsMovedOn(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(
            f"A{number} was reworded while you wrote. Nothing was stored over it; your words are kept below: compare "
            "them with its words as they are now and send them again."
        )
        self.number = number


class ReadsAsBefore(Invalid):
    def __init__(self, number: int) -> None:
        super().__init__(f"Nothing was changed: A{number} reads as before.")


def reword(
    session: Session, *, slug: str, number: int, revision: int, proposal: Proposal, user_id: int | None, now: datetime,
    draft: bool = False,
) -> None:  # fmt: skip
    """Put other words in place of an amendment's, wherever nobody else did since `revision`. One that is a draft is
    submitted by it, unless it is to stay a `draft`.

    Raises NoSuchAmendment, NotTheProposer, NotOnTheTable, WordsMovedOn, ReadsAsBefore and what `propose` raises.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    row = _find(session, entry, number)
    entry = entry.hiding(row.author_id, row.institution_id)
    if row.revision != revision:
        raise WordsMovedOn(number)
    was_draft = State(row.state) is State.DRAFT
    edits = checked(session, entry, proposal, finished=not (was_draft and draft))
    if was_draft:
        _redraft(session, entry, row, proposal, edits, now, submit=not draft)
    else:
        _reword(session, entry, row, proposal, edits, now)
    keeping_unsent.forget(session, entry, proposal.unsent_at)
    session.commit()


def _find(session: Session, entry: Entry, number: int) -> AmendmentRow:
    row = find_known(session, entry, number)
    return row if State(row.state) is State.DRAFT else find_mine(session, entry, number)


def _redraft(
    session: Session, entry: Entry, row: AmendmentRow, proposal: Proposal, edits: tuple[Edit, ...], now: datetime, *,
    submit: bool,
) -> None:  # fmt: skip
    if submit:
        check_step(row.number, State.DRAFT, State.SUBMITTED)
        row.state = State.SUBMITTED.value
    _replace(session, row, proposal, edits)
    ask(session, entry, row, proposal.sponsors, now)
    announce(session, entry, row, edits, now)


def _reword(
    session: Session, entry: Entry, row: AmendmentRow, proposal: Proposal, edits: tuple[Edit, ...], now: datetime
) -> None:
    former = amendments.edits_of(session, entry.draft.id).get(row.id, ())
    said = (row.base_version, row.title, row.rationale)
    if (former, *said) == (edits, proposal.base_version, proposal.title.strip(), proposal.rationale.strip()):
        raise ReadsAsBefore(row.number)
    _replace(session, row, proposal, edits)
    asked = _ask_again(session, entry, row) if former != edits else {"asked_again": []}
    events.record(
        session, entry.draft, "amendment_reworded", entry.attribution, now=now, user_id=entry.user_id,
        institution_id=entry.institution_id,
        amendment=row.number, revision=row.revision, base_version=row.base_version,
        title=row.title, rationale=row.rationale, former=_facts(former), edits=_facts(edits), **asked,
    )  # fmt: skip


def _replace(session: Session, row: AmendmentRow, proposal: Proposal, edits: tuple[Edit, ...]) -> None:
    amendments.replace_edits(session, row, proposal.base_version, edits)
    row.revision, row.carried = row.revision + 1, None
    row.title, row.rationale = proposal.title.strip(), proposal.rationale.strip()


def _ask_again(session: Session, entry: Entry, row: AmendmentRow) -> dict[str, list[str]]:
    """Who proposes it too, and of a counter-text who accepted it, agreed to the former words: all are asked anew."""
    codes = marks.marks(session, entry.draft.language)
    for link in relations.relations(session, entry.draft.id).links_from.get(row.id, ()):
        if link.kind == "bridges":
            link.answer, link.answer_reason, link.answered_by, link.answered_at = None, "", None, None
    return {"asked_again": [codes[id][0] for id in relations.ask_again(session, row.id)]}


def _facts(edits: Sequence[Edit]) -> list[dict[str, object]]:
    return [facts_of(edit) for edit in edits]
