"""Undo: the latest version is taken back by a new one, which restores the text before it byte for byte.

Amendments return to how they stood before the version that is taken back; those withdrawn since stay withdrawn, those
made or reworded since are carried as onto any new version. Nothing is destroyed: the version stays in the record.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.edits import Amendment
from app.domain.errors import Invalid, Outdated, Unstorable
from app.domain.lifecycle import DECIDED, OPEN, State, check_return
from app.domain.permissions import Action, check_can
from app.domain.rebase import carry_all
from app.services import showing, texts
from app.services.carrying import carry_open_amendments, law_of, wordings
from app.services.pages_revoking import Returning, RevokingPage
from app.store import amendments, events, fates, versions
from app.store.amendments import AmendmentRow, key_of, number_of
from app.store.drafts import Draft
from app.store.fates import FateRow
from app.store.memberships import Entry, enter_to_write
from app.store.versions import NewText

LONGEST_REASON = 500
MAKING = ("version_issued", "version_imported", "version_revoked")
"""Events that make a version."""


class FirstVersion(Invalid):
    def __init__(self) -> None:
        super().__init__("Version 1 cannot be revoked: there is no text before it.")


class NoReasonToRevoke(Invalid):
    def __init__(self) -> None:
        super().__init__("Say why: whoever reads the record later will ask why this version was taken back.")


class NotTheLatest(Outdated):
    def __init__(self, version: int, latest: int) -> None:
        super().__init__(
            f"Version {version} cannot be revoked: version {latest} was issued since, and only the latest version can "
            "be taken back. Nothing was stored."
        )


@dataclass(frozen=True, slots=True)
class _Revoked:
    """What a version made of amendments, sorted by what its revocation does with them."""

    back: tuple[tuple[AmendmentRow, FateRow], ...]  # they return to how they stood
    onwards: tuple[AmendmentRow, ...]  # open ones made or reworded since: carried


def revoking_page(session: Session, *, slug: str, version: int, user_id: int | None, language: str) -> RevokingPage:
    """What revoking the latest version would do.

    Raises NoSuchDraft, RoleMayNot, NoSuchVersion, FirstVersion, NotTheLatest.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    institutions = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, institutions)
    _check_latest(session, entry.draft, version)
    revoked = _revoked(session, entry.draft, version)
    edits = amendments.edits_of(session, entry.draft.id)
    now, then = (texts.issued(session, entry.draft, one).law for one in head.versions[:2])
    carried = carry_all([Amendment(key_of(row.number), edits[row.id]) for row in revoked.onwards], now, then)
    outcomes = {number_of(one.amendment.key): one.outcome.value for one in carried}

    def line(row: AmendmentRow, becomes: str) -> Returning:
        mark = institutions.get(row.institution_id) if row.institution_id else None
        return Returning(row.number, row.title, mark, row.state, becomes)

    decided = [line(row, before.state_before) for row, before in revoked.back if row.state != before.state_before]
    return RevokingPage(
        head,
        head.latest,
        head.versions[1],
        tuple(sorted(decided, key=lambda one: one.number)),
        sum(1 for row, before in revoked.back if row.state == before.state_before),
        tuple(line(row, outcomes[row.number]) for row in revoked.onwards),
    )


def revoke(
    session: Session,
    *,
    slug: str,
    version: int,
    reason: str,
    expected_version: int,
    user_id: int | None,
    now: datetime,
) -> int:
    """Take the latest version back by a new one; the new one's number. `expected_version` is the latest that the person
    saw. A revocation is a version and can be revoked like any other.

    Raises NoSuchDraft, RoleMayNot, NoSuchVersion, FirstVersion, NotTheLatest, NoReasonToRevoke; then nothing is stored.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    latest = _check_latest(session, entry.draft, version)
    if expected_version != latest:
        raise NotTheLatest(expected_version, latest)
    if not reason.strip():
        raise NoReasonToRevoke
    if len(reason) > LONGEST_REASON or "\0" in reason:
        raise Unstorable(LONGEST_REASON)
    return _store(session, entry, latest, reason.strip(), now)


def _check_latest(session: Session, draft: Draft, version: int) -> int:
    """The latest number, which is `version`."""
    versions.find(session, draft, version)
    latest = versions.latest_number(session, draft.id)
    if version != latest:
        raise NotTheLatest(version, latest)
    if latest == 1:
        raise FirstVersion
    return latest


def _store(session: Session, entry: Entry, revoked_number: int, reason: str, now: datetime) -> int:
    draft, number = entry.draft, revoked_number + 1
    standing, before = (
        versions.clauses_of(session, draft.id, draft.language, n) for n in (revoked_number, revoked_number - 1)
    )
    _, text = versions.add_version(
        session, draft, message=reason, author_id=entry.user_id, now=now, standing=standing, revokes=revoked_number,
        order=[NewText(one.id, one.clause, one.origins) for one in before],
    )  # fmt: skip
    returned = _give_back(session, draft, _revoked(session, draft, revoked_number).back, number)
    carried = carry_open_amendments(session, draft, number, old=law_of(standing), new=law_of(before))
    events.record(
        session, draft, "version_revoked", now=now, user_id=entry.user_id, institution_id=entry.institution_id,
        version=number, revokes=revoked_number, sha256=text.sha256, message=reason, fates=returned, carried=carried,
        wordings=wordings(session, draft, number),
    )  # fmt: skip
    session.commit()
    return number


def _revoked(session: Session, draft: Draft, version: int) -> _Revoked:
    """What the latest version made of amendments. One reworded since is no longer what the version found."""
    rows = {row.id: row for row in amendments.all_of(session, draft.id)}
    event = events.last_of(session, draft.id, MAKING)
    wordings_then: Mapping[str, int] = event.facts.get("wordings", {}) if event else {}
    back = []
    for before in fates.of_version(session, draft.id, version):
        row = rows[before.amendment_id]
        if row.state != State.WITHDRAWN and wordings_then.get(key_of(row.number)) == row.revision:
            back.append((row, before))
    returning = {row.id for row, _ in back}
    onwards = [
        row
        for row in rows.values()
        if State(row.state) in OPEN and row.base_version == version and row.id not in returning
    ]
    return _Revoked(tuple(back), tuple(onwards))


def _give_back(
    session: Session, draft: Draft, back: Sequence[tuple[AmendmentRow, FateRow]], number: int
) -> dict[str, str]:
    """Put amendments back to how they stood before the revoked version; the states by key."""
    fates.add_all(session, [fates.as_it_stands(row, number, fates.RETURNED) for row, _ in back])
    decided = _decided_in(session, draft, (row for row, _ in back), number)
    for row, before in back:
        wanted = State(before.state_before)
        check_return(row.number, State(row.state), wanted)
        row.state, row.carried, row.partly_since = wanted.value, before.carried_before, before.partly_before
        row.settled_version = decided.get(row.id) if wanted in DECIDED else None
        row.base_version = before.base_before
    standing = [row for row, before in back if before.base_before == number - 2 and State(row.state) in OPEN]
    _onto(session, draft, standing, number)
    return {key_of(row.number): row.state for row, _ in back}


def _onto(session: Session, draft: Draft, rows: Iterable[AmendmentRow], number: int) -> None:
    """Put amendments that stood on the restored text onto it: the same edits to the same words."""
    session.flush()
    edits = amendments.edits_of(session, draft.id)
    for row in rows:
        amendments.add_edits(session, row.id, number, edits[row.id])
        row.base_version = number
    session.flush()


def _decided_in(session: Session, draft: Draft, rows: Iterable[AmendmentRow], number: int) -> dict[int, int]:
    """The version that decided each amendment before the revoked one reopened it."""
    found = fates.versions_with(session, draft.id, [state.value for state in DECIDED])
    return {row.id: max(n for n in found[row.id] if n < number) for row in rows if row.id in found}
