"""Versions of a draft: reading version N is one indexed query; writing one touches only the rows that differ."""

import hashlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from app.domain.clauses import Clause, Kind
from app.domain.errors import NotFound
from app.domain.ordering import keys_between
from app.domain.provenance import Origins, decode, encode
from app.domain.render import render
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


def as_clause(row: ClauseText) -> Clause:
    return Clause(Kind(row.kind), row.depth, row.label, row.address, row.lead, row.body, row.tail)


def texts_of(session: Session, draft_id: int, language: str, number: int) -> list[ClauseText]:
    """The clause texts valid in a version, in reading order."""
    return list(
        session.scalars(
            select(ClauseText)
            .where(ClauseText.draft_id == draft_id, ClauseText.language == language, valid_in(number))
            .order_by(ClauseText.position)
        )
    )


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


def heads(session: Session, draft: Draft) -> list[Head]:
    """All versions of a draft, newest first."""
    rows = session.execute(
        select(Version, VersionText, User.full_name, Publication.number)
        .join(VersionText, and_(VersionText.version_id == Version.id, VersionText.language == draft.language))
        .outerjoin(User, User.id == Version.author_id)
        .outerjoin(Publication, and_(Publication.version_id == Version.id, Publication.language == draft.language))
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


def add_version(
    session: Session,
    draft: Draft,
    *,
    message: str,
    author_id: int | None,
    now: datetime,
    order: Sequence[NewText],
) -> tuple[Version, VersionText]:
    """Store the next version in the draft's language. Only rows that differ from the version before are written."""
    before = latest_number(session, draft.id)
    text = "".join(new.clause.source for new in order).encode("utf-8")
    version = Version(
        draft_id=draft.id,
        number=before + 1,
        made_from=before or None,
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
    _write_texts(session, draft, version.number, texts_of(session, draft.id, draft.language, before), order)
    return version, version_text


def _write_texts(
    session: Session, draft: Draft, number: int, standing: Sequence[ClauseText], order: Sequence[NewText]
) -> None:
    rows = {row.clause_id: row for row in standing}
    positions = _positions(rows, order)
    kept = {new.id for new in order if new.id in rows and _same(rows[new.id], new, positions[new.id])}
    _close(session, [row.id for row in standing if row.clause_id not in kept], number - 1)
    _know(session, draft.id, [new.id for new in order if new.id not in rows])
    session.add_all(_row(draft, number, new, positions[new.id]) for new in order if new.id not in kept)
    session.flush()


def _same(row: ClauseText, new: NewText, position: str) -> bool:
    return as_clause(row) == new.clause and row.position == position and decode(row.origins) == new.origins


def _positions(rows: Mapping[str, ClauseText], order: Sequence[NewText]) -> dict[str, str]:
    """Keep the position of every clause that stays in order; give the others keys between their neighbours."""
    staying = _longest_rising([(new.id, rows[new.id].position) for new in order if new.id in rows])
    positions: dict[str, str] = {}
    waiting: list[str] = []
    last = ""
    for new in order:
        if new.id not in staying:
            waiting.append(new.id)
            continue
        positions.update(zip(waiting, keys_between(last, staying[new.id], len(waiting)), strict=True))
        positions[new.id] = last = staying[new.id]
        waiting = []
    positions.update(zip(waiting, keys_between(last, None, len(waiting)), strict=True))
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
    session.add_all(ClauseIdentity(id=id, draft_id=draft_id) for id in ids if id not in known)
    session.flush()


def _row(draft: Draft, number: int, new: NewText, position: str) -> ClauseText:
    clause = new.clause
    return ClauseText(
        draft_id=draft.id,
        clause_id=new.id,
        language=draft.language,
        first_version=number,
        last_version=None,
        position=position,
        kind=clause.kind.value,
        depth=clause.depth,
        label=clause.label,
        address=clause.address,
        lead=clause.lead,
        body=clause.body,
        tail=clause.tail,
        sha256=hashlib.sha256(clause.source.encode("utf-8")).hexdigest(),
        origins=encode(new.origins),
        html=render(clause),
    )


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
    rows = texts_of(session, draft_id, language, number)
    return "".join(row.lead + row.body + row.tail for row in rows).encode("utf-8")
