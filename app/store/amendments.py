"""Amendments as edits to a base version. Carrying one onto a new version adds edits for it and keeps the former."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.edits import (
    DeleteClause,
    Edit,
    InsertClauses,
    MoveClause,
    Relabel,
    ReplaceWords,
    Respace,
    RestateClause,
)
from app.domain.errors import NotFound
from app.store import follows
from app.store.db import Base, UTCDateTime


class AmendmentRow(Base):
    """A proposal by an institution to change one or more clauses of one version."""

    __tablename__ = "amendments"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    number: Mapped[int]  # A1, A2, … within the draft
    language: Mapped[str] = mapped_column(String(8))
    made_on: Mapped[int]  # the version it was proposed on
    base_version: Mapped[int]  # the version its current edits start from
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    receipt_hash: Mapped[str | None] = mapped_column(String(64))  # of an author who is not stored: proves it was theirs
    title: Mapped[str] = mapped_column(Text, default="")
    rationale: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20), default="amendment")
    revision: Mapped[int] = mapped_column(default=1)  # rises with every rewording: two editors do not overwrite another
    partly_since: Mapped[int | None]  # the version that took up a part of it while the rest stayed in brackets
    carried: Mapped[str | None] = mapped_column(String(20))  # outcome of the last carrying
    settled_version: Mapped[int | None]  # the version that adopted or did not adopt it
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    discarded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # a draft that nobody else ever saw, given up

    __table_args__ = (
        UniqueConstraint("draft_id", "number"),
        CheckConstraint(
            "state IN ('draft', 'submitted', 'withdrawn', 'taken_up', 'adopted', 'adopted_in_part', 'not_adopted',"
            " 'superseded')",
            name="state_known",
        ),
        CheckConstraint(
            "carried IS NULL OR carried IN ('unchanged', 'shifted', 'incorporated', 'needs_author')",
            name="carried_known",
        ),
        CheckConstraint("base_version >= made_on", name="base_not_earlier"),
        CheckConstraint("kind IN ('amendment', 'counter_text')", name="kind_known"),
        CheckConstraint("revision >= 1", name="revision_from_one"),
    )


class EditRow(Base):
    """One edit of an amendment, as it applies to one base version. `old` holds the words it starts from."""

    __tablename__ = "edits"

    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"), primary_key=True)
    base_version: Mapped[int] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    clause_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"), index=True)
    start: Mapped[int | None]
    old: Mapped[str] = mapped_column(Text, default="")
    new: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str | None] = mapped_column(String(10))
    anchor_id: Mapped[str | None] = mapped_column(ForeignKey("clauses.id"))

    __table_args__ = (
        CheckConstraint(
            "kind IN ('replace_words', 'restate', 'insert', 'delete', 'move', 'relabel', 'respace')", name="kind_known"
        ),
        CheckConstraint("place IS NULL OR place IN ('after', 'inside')", name="place_known"),
    )


KINDS: dict[type[Edit], str] = {
    ReplaceWords: "replace_words",
    RestateClause: "restate",
    InsertClauses: "insert",
    DeleteClause: "delete",
    MoveClause: "move",
    Relabel: "relabel",
    Respace: "respace",
}


def key_of(number: int) -> str:
    """What merging and provenance call an amendment."""
    return f"A{number}"


def number_of(key: str) -> int:
    return int(key.removeprefix("A"))


LARGEST_NUMBER = 2**31 - 1  # what a database's integer holds


class NoSuchAmendment(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(f"There is no amendment A{number} in this draft.")
        self.number = number


def find(session: Session, draft_id: int, number: int) -> AmendmentRow:
    """Raises NoSuchAmendment."""
    if number > LARGEST_NUMBER:
        raise NoSuchAmendment(number)
    row = session.scalars(
        select(AmendmentRow).where(AmendmentRow.draft_id == draft_id, AmendmentRow.number == number)
    ).first()
    if row is None:
        raise NoSuchAmendment(number)
    return row


def number_by_id(session: Session, amendment_id: int) -> int:
    return session.get_one(AmendmentRow, amendment_id).number


def all_of(session: Session, draft_id: int) -> list[AmendmentRow]:
    """Every amendment of a draft by its number."""
    return list(
        session.scalars(select(AmendmentRow).where(AmendmentRow.draft_id == draft_id).order_by(AmendmentRow.number))
    )


def read_of(session: Session, draft_id: int) -> list[AmendmentRow]:
    """The same to be read only: plain rows with the same columns, a tenth of the cost."""
    columns = AmendmentRow.__table__.columns
    asked = select(*columns).where(AmendmentRow.draft_id == draft_id).order_by(AmendmentRow.number)
    return cast(list[AmendmentRow], session.execute(asked).all())


def edits_of(session: Session, draft_id: int) -> dict[int, tuple[Edit, ...]]:
    """The current edits of every amendment of a draft, by amendment id."""
    rows = session.execute(
        select(*EditRow.__table__.columns)
        .join(AmendmentRow, AmendmentRow.id == EditRow.amendment_id)
        .where(AmendmentRow.draft_id == draft_id, AmendmentRow.base_version == EditRow.base_version)
        .order_by(EditRow.amendment_id, EditRow.ordinal)
    )
    found: dict[int, list[Edit]] = {}
    for row in rows:
        found.setdefault(row.amendment_id, []).append(as_edit(cast(EditRow, row)))
    return {amendment_id: tuple(edits) for amendment_id, edits in found.items()}


def next_number(session: Session, draft_id: int) -> int:
    last = session.scalar(select(func.max(AmendmentRow.number)).where(AmendmentRow.draft_id == draft_id))
    return (last or 0) + 1


def add_edits(session: Session, amendment_id: int, base_version: int, edits: Iterable[Edit]) -> None:
    """Store the edits of an amendment as they apply to one version."""
    session.add_all(_as_row(amendment_id, base_version, ordinal, edit) for ordinal, edit in enumerate(edits))
    session.flush()


def replace_edits(session: Session, row: AmendmentRow, base_version: int, edits: Iterable[Edit]) -> None:
    """Other words in place of those an amendment had for a version; it stands on that version from then on."""
    asked = select(EditRow).where(EditRow.amendment_id == row.id, EditRow.base_version == base_version)
    for former in session.scalars(asked).all():
        session.delete(former)
    session.flush()
    add_edits(session, row.id, base_version, edits)
    row.base_version = base_version
    session.flush()


def _as_row(amendment_id: int, base_version: int, ordinal: int, edit: Edit) -> EditRow:
    row = EditRow(
        amendment_id=amendment_id, base_version=base_version, ordinal=ordinal, kind=KINDS[type(edit)], old="", new=""
    )
    if isinstance(edit, InsertClauses):
        row.anchor_id, row.place, row.new = edit.after, edit.place, edit.source
        return row
    row.clause_id = edit.clause_id
    if isinstance(edit, MoveClause):
        row.anchor_id, row.place = edit.after, edit.place
    elif isinstance(edit, DeleteClause):
        row.old = edit.old
    else:
        row.old, row.new = edit.old, edit.new
        row.start = edit.start if isinstance(edit, ReplaceWords) else None
    return row


def as_edit(row: EditRow) -> Edit:
    """The edit a row holds."""
    place: Literal["after", "inside"] = "inside" if row.place == "inside" else "after"
    clause_id = row.clause_id or ""
    match row.kind:
        case "replace_words":
            return ReplaceWords(clause_id, row.start or 0, row.old, row.new)
        case "restate":
            return RestateClause(clause_id, row.old, row.new)
        case "insert":
            return InsertClauses(row.anchor_id, row.new, place)
        case "delete":
            return DeleteClause(clause_id, row.old)
        case "move":
            return MoveClause(clause_id, row.anchor_id, place)
        case _:
            return (Respace if row.kind == "respace" else Relabel)(clause_id, row.old, row.new)


def add(session: Session, row: AmendmentRow, edits: Iterable[Edit]) -> None:
    """Store a new amendment with its edits; its author follows the clauses from then on."""
    session.add(row)
    session.flush()
    edits = tuple(edits)
    add_edits(session, row.id, row.base_version, edits)
    about = [place for edit in edits if (place := edit.after if isinstance(edit, InsertClauses) else edit.clause_id)]
    follows.start(session, user_id=row.author_id, draft_id=row.draft_id, clause_ids=about, now=row.created_at)


def facts_of(edit: Edit) -> dict[str, Any]:
    """An edit as JSON values, for the record."""
    return {"kind": KINDS[type(edit)], **asdict(edit)}
