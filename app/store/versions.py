"""Versions of a draft: reading version N is one indexed query; writing one touches only the rows that differ."""

import hashlib
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.domain.clauses import Clause, Kind
from app.domain.errors import NotFound
from app.domain.ordering import keys_between
from app.domain.provenance import Origins, decode, encode
from app.domain.render import render
from app.store import digests
from app.store.drafts import ClauseIdentity, ClauseText, Draft, Publication, Version, VersionText
from app.store.users import User

KINDS = {kind.value: kind for kind in Kind}


class NoSuchVersion(NotFound):
    def __init__(self, slug: str, number: int) -> None:
        super().__init__(f"The draft “{slug}” has no version {number}.")
        self.slug, self.number = slug, number


@dataclass(frozen=True, slots=True)
class StoredClause:
    """A clause of a version as the database holds it."""

    id: str
    clause: Clause
    origins: Origins
    html: str


@dataclass(frozen=True, slots=True)
class NewText:
    """How a clause shall read from the next version on. `id` may be new."""

    id: str
    clause: Clause
    origins: Origins


def clauses_of(session: Session, draft_id: int, language: str, number: int) -> list[StoredClause]:
    """The clauses of a version in reading order. (Columns and no rows: a code of law has ten thousand of them.)"""
    columns = (
        ClauseText.kind, ClauseText.depth, ClauseText.label, ClauseText.address, ClauseText.lead, ClauseText.body,
        ClauseText.tail,
    )  # fmt: skip
    found = session.execute(
        select(ClauseText.clause_id, ClauseText.origins, ClauseText.html, *columns)
        .where(ClauseText.draft_id == draft_id, ClauseText.language == language, valid_in(number))
        .order_by(ClauseText.position)
    )
    return [
        StoredClause(clause_id, Clause(KINDS[kind], *rest), decode(origins), html)
        for clause_id, origins, html, kind, *rest in found
    ]


def history_of(session: Session, clause_id: str, language: str) -> list[ClauseText]:
    """Every text a clause has had, oldest first."""
    return list(
        session.scalars(
            select(ClauseText)
            .where(ClauseText.clause_id == clause_id, ClauseText.language == language)
            .order_by(ClauseText.first_version)
        )
    )


@dataclass(frozen=True, slots=True)
class Head:
    """A version with what lists show of it."""

    version: Version
    text: VersionText
    author: str
    publication: int | None


def published_as() -> ScalarSelect[int | None]:
    """The number of the last publication of a version that was not withdrawn, as a column of a statement about it."""
    return (
        select(func.max(Publication.number))
        .where(Publication.version_id == Version.id, Publication.withdrawn_at.is_(None))
        .scalar_subquery()
    )


def heads(session: Session, draft: Draft) -> list[Head]:
    """All versions of a draft, newest first."""
    rows = session.execute(
        select(Version, VersionText, User.full_name, published_as())
        .join(VersionText, and_(VersionText.version_id == Version.id, VersionText.language == draft.language))
        .outerjoin(User, User.id == Version.author_id)
        .where(Version.draft_id == draft.id)
        .order_by(Version.number.desc())
    )
    return [Head(version, text, author or "", publication) for version, text, author, publication in rows]


def find(session: Session, draft: Draft, number: int) -> Version:
    """Raises NoSuchVersion."""
    version = session.scalars(select(Version).where(Version.draft_id == draft.id, Version.number == number)).first()
    if version is None:
        raise NoSuchVersion(draft.slug, number)
    return version


def latest_number(session: Session, draft_id: int) -> int:
    """The number of the newest version; 0 when there is none yet."""
    return session.scalar(select(func.max(Version.number)).where(Version.draft_id == draft_id)) or 0


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells the text of a version from every other one of its draft."""

    number: int
    sha256: str
    created_at: datetime


def latest_print(session: Session, draft: Draft) -> Fingerprint | None:
    """That of the newest version, in the draft's language; None when there is none yet."""
    found = session.execute(
        select(Version.number, VersionText.sha256, Version.created_at)
        .join(VersionText, and_(VersionText.version_id == Version.id, VersionText.language == draft.language))
        .where(Version.draft_id == draft.id)
        .order_by(Version.number.desc())
        .limit(1)
    ).first()
    return None if found is None else Fingerprint(*found)


def void_numbers(session: Session, draft_id: int) -> set[int]:
    """The versions that are taken back: revoked by a version that is not taken back itself."""
    asked = select(Version.number, Version.revokes).where(Version.draft_id == draft_id).order_by(Version.number.desc())
    void: set[int] = set()
    for number, revokes in session.execute(asked):
        if revokes is not None and number not in void:
            void.add(revokes)
    return void


def add_version(
    session: Session,
    draft: Draft,
    *,
    message: str,
    author_id: int | None,
    now: datetime,
    order: Sequence[NewText | StoredClause],
    standing: Sequence[StoredClause] | None = None,
    revokes: int | None = None,
) -> tuple[Version, VersionText]:
    """Store the next version in the draft's language; `standing` is the text of the version before, if it was read.

    Only rows that differ are read and written. Clauses that are given as they stand are known to be the same at once.
    """
    before = latest_number(session, draft.id)
    text = "".join(new.clause.source for new in order).encode("utf-8")
    version = Version(
        draft_id=draft.id,
        number=before + 1,
        made_from=before or None,
        revokes=revokes,
        author_id=author_id,
        message=message,
        created_at=now,
    )
    session.add(version)
    session.flush()
    version_text = VersionText(
        version_id=version.id,
        language=draft.language,
        sha256=hashlib.sha256(text).hexdigest(),
        byte_count=len(text),
    )
    session.add(version_text)
    if standing is None:
        standing = clauses_of(session, draft.id, draft.language, before)
    _write_texts(session, draft, version.number, standing, order)
    return version, version_text


def _write_texts(
    session: Session,
    draft: Draft,
    number: int,
    standing: Sequence[StoredClause],
    order: Sequence[NewText | StoredClause],
) -> None:
    before = {one.id: one for one in standing}
    old_ids, new_ids = [one.id for one in standing], [one.id for one in order]
    first, behind = _moved(old_ids, new_ids)
    differing = [one for one in order if one.id not in before or not _same(before[one.id], one)]
    asked = {*(one.id for one in differing), *old_ids[max(first - 1, 0) : len(old_ids) - behind + 1]}
    places = _places(session, draft, number - 1, [clause_id for clause_id in asked if clause_id in before])
    positions = _positions(places, new_ids, first, behind)
    moved = [one for one in order[first : len(order) - behind] if _place_of(places, one.id) != positions[one.id]]
    new = {one.id: one for one in (*differing, *moved)}
    gone = set(old_ids[first : len(old_ids) - behind]).difference(new_ids[first : len(new_ids) - behind])
    closed = [clause_id for clause_id in (*new, *gone) if clause_id in before]
    _close(session, [places[clause_id][0] for clause_id in closed], number - 1)
    _know(session, draft.id, [clause_id for clause_id in new if clause_id not in before])
    rows = [_row(draft, number, one, positions.get(one.id) or places[one.id][1]) for one in new.values()]
    if rows:
        session.execute(insert(ClauseText), rows)
    digests.written(session, draft.language, number, rows, closed)


def _moved(old_ids: Sequence[str], new_ids: Sequence[str]) -> tuple[int, int]:
    """How many clauses at the beginning, and how many at the end, are the same in the same order."""
    if old_ids == new_ids:
        return len(new_ids), 0
    shorter = min(len(old_ids), len(new_ids))
    first = next((at for at in range(shorter) if old_ids[at] != new_ids[at]), shorter)
    last = shorter - first
    return first, next((at for at in range(last) if old_ids[-1 - at] != new_ids[-1 - at]), last)


def _places(session: Session, draft: Draft, number: int, ids: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The row and the position of some clauses of a version."""
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(ids), 500):
        columns = select(ClauseText.clause_id, ClauseText.id, ClauseText.position)
        rows = session.execute(
            columns.where(
                ClauseText.clause_id.in_(ids[start : start + 500]), ClauseText.draft_id == draft.id,
                ClauseText.language == draft.language, valid_in(number),
            )
        )  # fmt: skip
        found.update((clause_id, (row_id, position)) for clause_id, row_id, position in rows)
    return found


def _place_of(places: Mapping[str, tuple[int, str]], clause_id: str) -> str:
    return places[clause_id][1] if clause_id in places else ""


def _same(before: StoredClause, new: NewText | StoredClause) -> bool:
    return before is new or (before.clause == new.clause and before.origins == new.origins)


def _positions(
    places: Mapping[str, tuple[int, str]], new_ids: Sequence[str], first: int, behind: int
) -> dict[str, str]:
    """Positions between the clauses at the beginning and at the end that stay where they are: each clause that stays in
    order keeps its own, the others get keys between their neighbours."""
    middle = new_ids[first : len(new_ids) - behind]
    staying = _longest_rising([(one, places[one][1]) for one in middle if one in places])
    positions: dict[str, str] = {}
    waiting: list[str] = []
    last = places[new_ids[first - 1]][1] if first and middle else ""
    for clause_id in middle:
        if clause_id not in staying:
            waiting.append(clause_id)
            continue
        positions.update(zip(waiting, keys_between(last, staying[clause_id], len(waiting)), strict=True))
        positions[clause_id] = last = staying[clause_id]
        waiting = []
    upper = places[new_ids[len(new_ids) - behind]][1] if behind and middle else None
    positions.update(zip(waiting, keys_between(last, upper, len(waiting)), strict=True))
    return positions


def _longest_rising(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The longest run of clauses whose stored positions still rise: these need no new one."""
    tails: list[str] = []
    at: list[int] = []
    before: list[int] = []
    for index, (_, position) in enumerate(pairs):
        place = bisect_left(tails, position)
        before.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(position)
            at.append(index)
        else:
            tails[place], at[place] = position, index
    chosen: dict[str, str] = {}
    index = at[-1] if at else -1
    while index >= 0:
        chosen[pairs[index][0]] = pairs[index][1]
        index = before[index]
    return chosen


def _close(session: Session, row_ids: Sequence[int], last_version: int) -> None:
    for start in range(0, len(row_ids), 500):
        session.execute(
            update(ClauseText)
            .where(ClauseText.id.in_(row_ids[start : start + 500]))
            .values(last_version=last_version)
            .execution_options(synchronize_session=False)
        )


def _know(session: Session, draft_id: int, ids: Sequence[str]) -> None:
    """Register clause ids that are not known yet (a clause that comes back keeps its id)."""
    known: set[str] = set()
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        known.update(session.scalars(select(ClauseIdentity.id).where(ClauseIdentity.id.in_(chunk))))
    unknown = [{"id": id, "draft_id": draft_id} for id in ids if id not in known]
    if unknown:
        session.execute(insert(ClauseIdentity), unknown)


def _row(draft: Draft, number: int, new: NewText | StoredClause, position: str) -> dict[str, object]:
    """The columns of a ClauseText."""
    clause = new.clause
    return {
        "draft_id": draft.id,
        "clause_id": new.id,
        "language": draft.language,
        "first_version": number,
        "last_version": None,
        "position": position,
        "kind": clause.kind.value,
        "depth": clause.depth,
        "label": clause.label,
        "address": clause.address,
        "lead": clause.lead,
        "body": clause.body,
        "tail": clause.tail,
        "sha256": hashlib.sha256(clause.source.encode("utf-8")).hexdigest(),
        "origins": encode(new.origins),
        "html": render(clause),
    }


def valid_in(number: int) -> ColumnElement[bool]:
    return and_(
        ClauseText.first_version <= number,
        or_(ClauseText.last_version.is_(None), ClauseText.last_version >= number),
    )


def by_id(session: Session, version_id: int) -> Version:
    return session.get_one(Version, version_id)


def text(session: Session, version_id: int, language: str) -> VersionText:
    """Fingerprint and size of one language of a version."""
    return session.get_one(VersionText, (version_id, language))


def markdown(session: Session, draft_id: int, language: str, number: int) -> bytes:
    """A version's file, byte for byte."""
    found = session.execute(
        select(ClauseText.lead, ClauseText.body, ClauseText.tail)
        .where(ClauseText.draft_id == draft_id, ClauseText.language == language, valid_in(number))
        .order_by(ClauseText.position)
    )
    return "".join(lead + body + tail for lead, body, tail in found).encode("utf-8")


def bodies_in(session: Session, draft_id: int, language: str, numbers: Collection[int]) -> dict[int, dict[str, str]]:
    """The words of every clause in each of these versions, by clause id. One statement."""
    found: dict[int, dict[str, str]] = {number: {} for number in numbers}
    rows = session.execute(
        select(ClauseText.clause_id, ClauseText.first_version, ClauseText.last_version, ClauseText.body).where(
            ClauseText.draft_id == draft_id, ClauseText.language == language, or_(*map(valid_in, sorted(numbers)))
        )
    )
    for clause_id, first, last, body in rows:
        for number in numbers:
            if first <= number and (last is None or number <= last):
                found[number][clause_id] = body
    return found
