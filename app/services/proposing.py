"""Proposing: an institution's amendment to a clause, from the first preview to its withdrawal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.clauses import Clause, Kind
from app.domain.edits import (
    Amendment,
    DeleteClause,
    Edit,
    InsertClauses,
    RestateClause,
    check,
    edits_between,
)
from app.domain.errors import Invalid, Outdated, Unstorable
from app.domain.labels import next_label
from app.domain.lifecycle import State, check_step
from app.domain.merge import colliding_pairs
from app.domain.permissions import Action, check_can
from app.services import showing
from app.services.amending import changes_of, table
from app.services.owning import NotYours, is_mine
from app.services.pages import ComposerPage, Preview
from app.services.pages_saying import NOTHING_SAID, Said
from app.services.saying import LONGEST_WHILE_TYPING, said_of_amendment, style_for
from app.store import amendments, events, versions
from app.store.amendments import AmendmentRow, number_of
from app.store.drafts import Draft
from app.store.memberships import Entry, enter_to_write

MINE = "A0"
"""The key of a proposal that has no number yet."""
LONGEST_RATIONALE = 20_000
LONGEST_TEXT = 1_000_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody typed. `operation` is words, restate, insert or delete; `text` the new body, or of an insertion the
    new clauses' source; `base_version` the version they read while writing."""

    base_version: int
    clause_id: str
    operation: str
    text: str
    rationale: str
    title: str = ""


class SeveralClauses(Invalid):
    def __init__(self) -> None:
        super().__init__(
            "The words of one clause cannot hold a blank line: that would begin another clause. "
            "Use “Insert after” for a new clause."
        )


class TextMovedOn(Outdated):
    def __init__(self, base: int, latest: int) -> None:
        super().__init__(
            f"You wrote this on version {base}; meanwhile version {latest} was issued. Your words are kept below: "
            "check them against the new text and send them again."
        )


class NoReason(Invalid):
    def __init__(self) -> None:
        super().__init__("Say why: an amendment needs its reason, even a short one.")


def compose(session: Session, *, slug: str, clause_id: str, user_id: int | None, language: str) -> ComposerPage:
    """What the composer starts from. Raises NoSuchDraft, RoleMayNot, NoSuchClause."""
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    draft = showing.draft_head(session, entry, showing.institution_marks(session, language))
    stored = versions.clauses_of(session, entry.draft.id, draft.language, draft.latest.number)
    line = next((line for line in showing.clause_lines(stored) if line.id == clause_id), None)
    if line is None:
        raise showing.NoSuchClause
    law = {one.id: one.clause for one in stored}
    return ComposerPage(draft, draft.latest, line, _suggested(law[clause_id]), subtree_of(law, clause_id))


def _suggested(clause: Clause) -> str:
    """How the next clause of the series begins: `5. `, `   3) `; empty after unnumbered text."""
    following = next_label(clause.label)
    return clause.lead.replace(clause.label, following) if following else ""


def preview(session: Session, *, slug: str, proposal: Proposal, user_id: int | None, language: str) -> Preview:
    """What a proposal would do and who contests these words. Raises what `propose` raises for its words."""
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    institutions = showing.institution_marks(session, language)
    on_table = table(session, entry, institutions)
    edits = _edits(on_table.text.law, subtree_of(on_table.text.law, proposal.clause_id), proposal)
    pairs = colliding_pairs(on_table.text.law, [Amendment(MINE, edits), *on_table.mergeable.values()])
    rivals = {number_of(key) for pair in pairs if MINE in pair for key in pair} - {0}
    contested_by = tuple(line for line in on_table.lines if line.number in rivals)
    return Preview(
        changes_of(edits, on_table.text), contested_by, _said(entry.draft, on_table.text.law, edits, language)
    )


def _said(draft: Draft, law: Mapping[str, Clause], edits: tuple[Edit, ...], language: str) -> Said:
    """What a proposal would do as an amending act would say it; while somebody types, only where that is quick."""
    if len(law) > LONGEST_WHILE_TYPING:
        return NOTHING_SAID
    return said_of_amendment(law, Amendment(MINE, edits), draft.title, style_for(draft.language, language))


def subtree_of(law: Mapping[str, Clause], clause_id: str) -> str:
    """The source of a clause and everything below it. Raises NoSuchClause."""
    if clause_id not in law:
        raise showing.NoSuchClause
    ids = list(law)
    at = ids.index(clause_id)
    depth = law[clause_id].depth
    end = next((n for n in range(at + 1, len(ids)) if law[ids[n]].depth <= depth), len(ids))
    return "".join(law[below].source for below in ids[at:end])


def _edits(law: Mapping[str, Clause], whole: str, proposal: Proposal) -> tuple[Edit, ...]:
    """The edits a proposal means, checked against the law."""
    clause = law[proposal.clause_id]
    text = proposal.text.replace("\r\n", "\n")
    if len(text) > LONGEST_TEXT or "\0" in text:
        raise Unstorable(LONGEST_TEXT)
    edits: tuple[Edit, ...]
    match proposal.operation:
        case "words":
            edits = edits_between(proposal.clause_id, clause.body, _one_clause(clause, text))
        case "restate":
            edits = (RestateClause(proposal.clause_id, clause.body, _one_clause(clause, text)),)
        case "insert":
            edits = (InsertClauses(proposal.clause_id, text.strip("\n") + "\n\n"),)
            if not text.strip():
                raise Invalid("Nothing is to be inserted: the text of the new clause is empty.")
        case "delete":
            edits = (DeleteClause(proposal.clause_id, whole),)
        case _:
            raise Invalid(f"“{proposal.operation}” is no way to amend a clause.")
    check(law, edits)
    return edits


def _one_clause(clause: Clause, text: str) -> str:
    """The body somebody typed, with the line ends of the clause; one clause only."""
    body = text.strip("\n").rstrip()
    if not body.strip():
        raise Invalid("No words are left. To take the clause out, choose “Delete”.")
    opaque = clause.kind in (Kind.TABLE, Kind.CODE, Kind.QUOTE)
    if "\n\n" in body and not opaque:
        raise SeveralClauses
    return body.replace("\n", "\r\n") if "\r\n" in clause.body else body


def propose(session: Session, *, slug: str, proposal: Proposal, user_id: int | None, now: datetime) -> int:
    """Submit an amendment; its number. Raises TextMovedOn, NoReason, SeveralClauses, ChangesNothing, UnusableEdit."""
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    latest = versions.latest_number(session, entry.draft.id)
    if proposal.base_version != latest:
        raise TextMovedOn(proposal.base_version, latest)
    if not proposal.rationale.strip():
        raise NoReason
    if "\0" in proposal.rationale + proposal.title:
        raise Unstorable(LONGEST_RATIONALE)
    if len(proposal.rationale) > LONGEST_RATIONALE or len(proposal.title) > 200:
        raise Invalid(f"The reason may have {LONGEST_RATIONALE} characters, the short name 200.")
    stored = versions.clauses_of(session, entry.draft.id, entry.draft.language, latest)
    law = {one.id: one.clause for one in stored}
    edits = _edits(law, subtree_of(law, proposal.clause_id), proposal)
    return submit(session, entry, edits, latest, proposal.title, proposal.rationale, now)


def submit(
    session: Session, entry: Entry, edits: tuple[Edit, ...], base: int, title: str, rationale: str, now: datetime
) -> int:
    """Store an amendment that was checked, with its event; commits."""
    row = AmendmentRow(
        draft_id=entry.draft.id, number=amendments.next_number(session, entry.draft.id), language=entry.draft.language,
        made_on=base, base_version=base, institution_id=entry.institution_id, author_id=entry.user_id,
        title=title.strip(), rationale=rationale.strip(), state=State.SUBMITTED.value, created_at=now,
    )  # fmt: skip
    amendments.add(session, row, edits)
    events.record(
        session, entry.draft, "amendment_submitted", now=now, user_id=entry.user_id,
        institution_id=entry.institution_id, amendment=row.number, base_version=base,
        title=row.title, rationale=row.rationale, edits=[amendments.facts_of(edit) for edit in edits],
    )  # fmt: skip
    number = row.number
    session.commit()
    return number


def withdraw(session: Session, *, slug: str, number: int, user_id: int | None, now: datetime) -> None:
    """Take an amendment back; it stays in the record. Raises NoSuchAmendment, NotYours, NoLongerOpen."""
    entry = enter_to_write(session, slug, user_id)
    row = amendments.find(session, entry.draft.id, number)
    if not is_mine(entry, row):
        raise NotYours(number)
    check_step(number, State(row.state), State.WITHDRAWN)
    row.state = State.WITHDRAWN.value
    events.record(
        session, entry.draft, "amendment_withdrawn", now=now, user_id=entry.user_id,
        institution_id=entry.institution_id, amendment=number,
    )  # fmt: skip
    session.commit()
