"""Proposing: an institution's amendment is submitted, or saved to be submitted later, and may be withdrawn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.attribution import Mode
from app.domain.edits import Edit
from app.domain.errors import Invalid, Outdated, Unstorable
from app.domain.lifecycle import State, check_step
from app.domain.parts import Part, edits_of
from app.domain.permissions import Action, check_can
from app.services import keeping_unsent, showing, texts
from app.services.composing import NothingToBridge
from app.services.indexes import index_of
from app.services.meaning import meant
from app.services.owning import NotOnTheTable, NotYours, find_known, find_open, is_mine, may_take_out
from app.services.receipts import hash_kept
from app.services.sponsoring import NotSeated, check_named, seated
from app.store import amendments, events, institutions, marks, relations
from app.store.amendments import AmendmentRow
from app.store.drafts import Draft
from app.store.memberships import Entry, enter_to_write

LONGEST_RATIONALE = 20_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody typed. `base_version` is the version they read while writing; `sponsors` are the codes of the
    institutions to be asked to propose it too; `unsent_at` is where the text of their form was kept until now;
    `receipt` the code that proves it was theirs, where the author is not stored."""

    base_version: int
    parts: tuple[Part, ...]
    rationale: str
    title: str = ""
    sponsors: tuple[str, ...] = ()
    unsent_at: str = ""
    receipt: str = ""


class TextMovedOn(Outdated):
    def __init__(self, base: int, latest: int) -> None:
        super().__init__(
            f"You wrote this on version {base}; meanwhile version {latest} was issued. Your words are kept below: "
            "check them against the new text and send them again."
        )


class NoReason(Invalid):
    def __init__(self) -> None:
        super().__init__("Say why: an amendment needs its reason, even a short one.")


def propose(
    session: Session, *, slug: str, proposal: Proposal, user_id: int | None, now: datetime, draft: bool = False,
    amends: int | None = None,
) -> int:  # fmt: skip
    """Submit an amendment, or save it as a draft (without a reason, if there is none yet); its number. `amends`: it has
    other words for that amendment.

    Raises TextMovedOn, NoReason, SeveralClauses, ChangesNothing, UnusablePart, UnusableEdit, NotSeated,
    NoSuchAmendment, NotOnTheTable.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    other = find_open(session, entry, amends) if amends is not None else None
    edits = checked(session, entry, proposal, finished=not draft)
    row = stored(session, entry, proposal, edits, now, State.DRAFT if draft else State.SUBMITTED)
    _bind(session, entry, row, [other] if other else [], "amends", now)
    ask(session, entry, row, proposal.sponsors, now)
    return _announced(session, entry, row, edits, now)


def offer(
    session: Session, *, slug: str, bridges: Sequence[int], proposal: Proposal, user_id: int | None, now: datetime,
    draft: bool = False,
) -> int:  # fmt: skip
    """Offer a counter-text to the proposers of amendments; its number.

    Raises NothingToBridge and what `propose` raises.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    if not bridges:
        raise NothingToBridge
    others = [find_open(session, entry, number) for number in dict.fromkeys(bridges)]
    edits = checked(session, entry, proposal, finished=not draft)
    row = stored(session, entry, proposal, edits, now, State.DRAFT if draft else State.SUBMITTED, kind="counter_text")
    _bind(session, entry, row, others, "bridges", now)
    ask(session, entry, row, proposal.sponsors, now)
    return _announced(session, entry, row, edits, now)


def submit(
    session: Session, entry: Entry, edits: tuple[Edit, ...], base: int, title: str, rationale: str, now: datetime,
    receipt: str = "",
) -> int:  # fmt: skip
    """Store an amendment that was checked, with its event; commits."""
    row = stored(session, entry, Proposal(base, (), rationale, title, receipt=receipt), edits, now, State.SUBMITTED)
    return _announced(session, entry, row, edits, now)


def _bind(
    session: Session, entry: Entry, row: AmendmentRow, others: Sequence[AmendmentRow], kind: str, now: datetime
) -> None:
    """Link a new amendment to those it is made for."""
    for other in others:
        relations.link(
            session, draft_id=entry.draft.id, from_id=row.id, to_id=other.id, kind=kind, user_id=entry.author_id,
            now=entry.told_at(now),
        )  # fmt: skip


def _announced(session: Session, entry: Entry, row: AmendmentRow, edits: tuple[Edit, ...], now: datetime) -> int:
    """Record a new amendment and commit; its number."""
    announce(session, entry, row, edits, now)
    number = row.number
    session.commit()
    return number


def withdraw(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime) -> None:
    """Take an amendment back; it stays in the record. One whose author nobody knows a facilitator may take off the
    table for the sake of order; the record names them then. Raises NoSuchAmendment, NotYours, NotOnTheTable,
    NoLongerOpen."""
    entry = enter_to_write(session, slug, user_id)
    row = find_known(session, entry, number)
    if not (is_mine(entry, row) or may_take_out(entry, row)):
        raise NotYours(number)
    if State(row.state) is State.DRAFT:  # who else could know of it would learn of it by that
        raise NotOnTheTable(number, State.DRAFT)
    check_step(number, State(row.state), State.WITHDRAWN)
    row.state = State.WITHDRAWN.value
    made_in = entry.hiding(row.author_id, row.institution_id).attribution if is_mine(entry, row) else None
    _record(session, entry, "amendment_withdrawn", row, now, made_in)
    session.commit()


def checked(session: Session, entry: Entry, proposal: Proposal, *, finished: bool) -> tuple[Edit, ...]:
    """The edits that a proposal means; `finished`: it must give its reason. The draft's row is held.

    Raises TextMovedOn, NoReason, Unstorable, Invalid and what `edits_of` raises.
    """
    text = texts.latest(session, entry.draft)
    latest = text.number if text else 0
    if proposal.base_version != latest:
        raise TextMovedOn(proposal.base_version, latest)
    if finished and not proposal.rationale.strip():
        raise NoReason
    if "\0" in proposal.rationale + proposal.title:
        raise Unstorable(LONGEST_RATIONALE)
    if len(proposal.rationale) > LONGEST_RATIONALE or len(proposal.title) > 200:
        raise Invalid(f"The reason may have {LONGEST_RATIONALE} characters, the short name 200.")
    if text is None or not any(part.clause_id in text.law for part in proposal.parts):
        raise showing.NoSuchClause
    parts = [one.part for one in meant(text.law, entry.draft, proposal.parts)]
    return edits_of(text.law, parts, index_of(text).tree)


def stored(
    session: Session, entry: Entry, proposal: Proposal, edits: tuple[Edit, ...], now: datetime, state: State,
    kind: str = "amendment",
) -> AmendmentRow:  # fmt: skip
    """A new amendment, in this transaction; the unsent text of its form goes in it too."""
    row = AmendmentRow(
        draft_id=entry.draft.id, number=amendments.next_number(session, entry.draft.id), language=entry.draft.language,
        made_on=proposal.base_version, base_version=proposal.base_version, institution_id=entry.author_institution_id,
        author_id=entry.author_id, receipt_hash=hash_kept(entry, proposal.receipt), title=proposal.title.strip(),
        rationale=proposal.rationale.strip(), state=state.value, kind=kind, created_at=entry.told_at(now),
    )  # fmt: skip
    amendments.add(session, row, edits)
    keeping_unsent.forget(session, entry, proposal.unsent_at)
    return row


def ask(session: Session, entry: Entry, row: AmendmentRow, codes: Collection[str], now: datetime) -> None:
    """Invite exactly these institutions to an amendment that is not announced yet. Raises NotSeated, NobodyProposes."""
    if codes:
        check_named(entry)
    at_table = seated(session, entry.draft, row.institution_id, now) if codes else ()
    wanted = {code: institutions.id_of(session, code) for code in codes}
    for code, institution in wanted.items():
        if institution is None or institution not in at_table:
            raise NotSeated(code)
    for asked in relations.relations(session, entry.draft.id).sponsors.get(row.id, ()):
        if asked.institution_id not in wanted.values():
            relations.take_invitation_back(session, asked)
    for institution in wanted.values():
        if institution is not None and relations.sponsorship(session, row.id, institution) is None:
            relations.invite(
                session, amendment_id=row.id, institution_id=institution, user_id=entry.author_id, now=now
            )  # fmt: skip


def announce(session: Session, entry: Entry, row: AmendmentRow, edits: Sequence[Edit], now: datetime) -> None:
    """Tell of an amendment in the record: of a draft only that there is one; else its words, to whom it is offered as a
    counter-text, and who is invited to propose it too."""
    if State(row.state) is State.DRAFT:
        _record(session, entry, "amendment_drafted", row, now)
        return
    links = relations.relations(session, entry.draft.id).links_from.get(row.id, ())
    numbers = {one.id: one.number for one in amendments.all_of(session, entry.draft.id)} if links else {}
    amended = [numbers[link.to_id] for link in links if link.kind == "amends"]
    _record(
        session, entry, "amendment_submitted", row, now, base_version=row.base_version, title=row.title,
        rationale=row.rationale, edits=[amendments.facts_of(edit) for edit in edits],
        **({"amends": amended[0]} if amended else {}),
    )  # fmt: skip
    offered = [numbers[link.to_id] for link in links if link.kind == "bridges"]
    if offered:
        _record(session, entry, "counter_text_offered", row, now, to=offered)
    for code in invited(session, entry.draft, row):
        _record(session, entry, "sponsor_invited", row, now, revision=row.revision, sponsor=code)


def invited(session: Session, draft: Draft, row: AmendmentRow) -> list[str]:
    """The codes of the institutions that were invited and have not answered."""
    asked = relations.relations(session, draft.id).sponsors.get(row.id, ())
    waiting = [one.institution_id for one in asked if one.answer == "invited"]
    codes = marks.marks(session, draft.language) if waiting else {}
    return [codes[institution][0] for institution in waiting]


def _record(
    session: Session, entry: Entry, kind: str, row: AmendmentRow, now: datetime, made_in: Mode | None = Mode.NAMED, /,
    **facts: Any,
) -> None:  # fmt: skip
    events.record(
        session, entry.draft, kind, made_in, now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        amendment=row.number, **facts,
    )  # fmt: skip
