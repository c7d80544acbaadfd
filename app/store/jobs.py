"""Files that take long to make: who asked for which, how far it is, and what came of it.

A job is claimed by one UPDATE, so that of several processes one has it. Whoever works on it says so every few seconds;
when nothing was heard of it for `SILENT_FOR`, another process takes it over.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, delete, func, or_, select
from sqlalchemy import update as changing
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.domain.errors import NotFound
from app.store.db import Base, UTCDateTime
from app.store.drafts import Draft

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
SILENT_FOR = timedelta(seconds=45)
MOST_TRIES = 3
"""A job that brought down whoever worked on it this often is given up."""


class NoSuchJob(NotFound):
    """There is no such file being made, or it is somebody else's: the answer is the same."""

    def __init__(self) -> None:
        super().__init__("There is no such file, or it was asked for by somebody else.")


class ExportJob(Base):
    """`wanted` says what is to be made; `doing` is the format that is being made for it, the `done`th of `total`."""

    __tablename__ = "export_jobs"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)  # not to be guessed
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    format: Mapped[str] = mapped_column(String(40))
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(8), default=WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    doing: Mapped[str] = mapped_column(String(60), default="")
    worker: Mapped[str] = mapped_column(String(43), default="")
    tries: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    heard_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    problem: Mapped[str] = mapped_column(Text, default="")  # the sentence of what stood in the way
    file_name: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"), index=True)

    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state_known"),
        CheckConstraint("(state = 'done') = (sha256 IS NOT NULL)", name="done_with_file"),
        CheckConstraint("state <> 'failed' OR problem <> ''", name="failed_with_problem"),
        Index("ix_export_jobs_open", "state", "asked_at"),
        Index("ix_export_jobs_of_person", "user_id", "draft_id"),
    )


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that is this worker's until nothing is heard of it. `tries` counts this one."""

    id: str
    draft_id: int
    user_id: int
    format: str
    wanted: Mapping[str, Any]
    worker: str
    tries: int


def add(session: Session, draft: Draft, user_id: int, format: str, wanted: Mapping[str, Any], now: datetime) -> str:
    """Its id, which nobody can guess."""
    job = ExportJob(
        id=secrets.token_urlsafe(32), draft_id=draft.id, user_id=user_id, format=format, wanted=dict(wanted),
        asked_at=now,
    )  # fmt: skip
    session.add(job)
    session.flush()
    return job.id


def find(session: Session, draft_id: int, user_id: int, id: str) -> ExportJob:
    """A job of a person in a draft. Raises NoSuchJob."""
    asked = select(ExportJob).where(
        ExportJob.id == id, ExportJob.draft_id == draft_id, ExportJob.user_id == user_id
    )  # fmt: skip
    job = session.scalars(asked).first()
    if job is None:
        raise NoSuchJob
    return job


def of_person(session: Session, draft_id: int, user_id: int) -> list[ExportJob]:
    """What somebody asked for in a draft, the newest first."""
    return list(
        session.scalars(
            select(ExportJob)
            .where(ExportJob.draft_id == draft_id, ExportJob.user_id == user_id)
            .order_by(ExportJob.asked_at.desc(), ExportJob.id)
        )
    )


def count_open(session: Session, user_id: int) -> int:
    """How many somebody waits for, in all drafts."""
    asked = select(func.count()).where(ExportJob.user_id == user_id, ExportJob.state.in_((WAITING, RUNNING)))
    return session.scalar(asked) or 0


def ahead_of(session: Session, job: ExportJob) -> int:
    """How many are to be made before it, or are being made."""
    before = or_(ExportJob.state == RUNNING, (ExportJob.state == WAITING) & (ExportJob.asked_at < job.asked_at))
    return session.scalar(select(func.count()).where(before, ExportJob.id != job.id)) or 0


def is_any_free(session: Session, now: datetime) -> bool:
    """Whether there is a job that nobody works on."""
    return session.scalar(select(ExportJob.id).where(_is_free(now)).limit(1)) is not None


def claim(session: Session, worker: str, now: datetime) -> Claimed | None:
    """Take the oldest job that nobody works on; None where there is none, or another one was first."""
    first = select(ExportJob.id).where(_is_free(now)).order_by(ExportJob.asked_at).limit(1)
    found = session.execute(
        changing(ExportJob)
        .where(ExportJob.id == first.with_for_update(skip_locked=True).scalar_subquery(), _is_free(now))
        .values(state=RUNNING, worker=worker, heard_at=now, tries=ExportJob.tries + 1, done=0, total=0, doing="")
        .returning(
            ExportJob.id, ExportJob.draft_id, ExportJob.user_id, ExportJob.format, ExportJob.wanted, ExportJob.worker,
            ExportJob.tries,
        )
        .execution_options(synchronize_session=False)
    ).first()  # fmt: skip
    return Claimed(*found) if found else None


def _is_free(now: datetime) -> ColumnElement[bool]:
    silent = (ExportJob.state == RUNNING) & (ExportJob.heard_at < now - SILENT_FOR)
    return or_(ExportJob.state == WAITING, silent)


def hear(session: Session, job: Claimed, now: datetime, *, done: int, total: int, doing: str) -> bool:
    """Note how far a job is. Whether it is still this worker's: it may be taken over, or put away meanwhile."""
    return _set(session, job, heard_at=now, done=done, total=total, doing=doing)


def finish(session: Session, job: Claimed, now: datetime, file_name: str, sha256: str) -> bool:
    """Whether it was still this worker's."""
    return _set(session, job, state=DONE, ended_at=now, file_name=file_name, sha256=sha256, doing="", problem="")


def fail(session: Session, job: Claimed, now: datetime, problem: str) -> bool:
    """With the sentence of what stood in the way."""
    return _set(session, job, state=FAILED, ended_at=now, problem=problem, doing="")


def fail_all(session: Session, now: datetime, problem: str) -> int:
    """End whatever is waited for or being made; how many these are."""
    ended = session.execute(
        changing(ExportJob).where(ExportJob.state.in_((WAITING, RUNNING)))
        .values(state=FAILED, ended_at=now, problem=problem, doing="")
        .returning(ExportJob.id).execution_options(synchronize_session=False)
    )  # fmt: skip
    return len(ended.all())


def _set(session: Session, job: Claimed, **values: object) -> bool:
    mine = (ExportJob.id == job.id) & (ExportJob.worker == job.worker) & (ExportJob.state == RUNNING)
    changed = session.execute(
        changing(ExportJob).where(mine).values(**values).returning(ExportJob.id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return changed.first() is not None


def put_away(session: Session, job: ExportJob) -> None:
    """It goes from the list; whoever works on it stops."""
    session.execute(delete(ExportJob).where(ExportJob.id == job.id))


def forget(session: Session, ended_before: datetime) -> None:
    """Take out what ended long ago."""
    session.execute(delete(ExportJob).where(ExportJob.ended_at < ended_before))
