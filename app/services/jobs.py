"""Files that take long: asked for by somebody, made while they do something else, fetched later. Only whoever asked
sees them. They are not in the record: what somebody reads is nobody else's business."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated
from app.exports.formats import format_named
from app.services import exporting, fetching, file_keys, showing
from app.services.exporting import Wanted
from app.services.fetching import Fetched
from app.services.pages_downloads import JobLine, JobPage
from app.store import exported_files, jobs
from app.store.db import begin_writing
from app.store.jobs import DONE, FAILED, ExportJob

MOST_OPEN = 3
KEPT_FOR = timedelta(days=14)
"""How long a file can be fetched after it was made."""


class TooManyWaiting(Invalid):
    def __init__(self, count: int) -> None:
        super().__init__(f"You wait for {count} files already. Fetch one of them, or put one away, then ask again.")
        self.count = count


class NotMadeYet(Outdated):
    def __init__(self) -> None:
        super().__init__("This file is not made yet. Its page shows how far it is.")


def ask(session: Session, *, name: str, wanted: Wanted, user_id: int | None, now: datetime) -> str:
    """Ask for a file to be made; the id of the job. Asking twice for the same is asking once.

    Raises NoSuchDraft, RoleMayNot, NoSuchFormat, NoSuchVersion, NothingBefore, NotInLanguage, TooManyWaiting.
    """
    begin_writing(session)
    entry = exporting.enter(session, wanted.slug, user_id)
    format_named(name)
    facts = file_keys.as_facts(file_keys.exact(session, entry, name, wanted, now)) | {"now": None}
    jobs.forget(session, now - KEPT_FOR)
    for job in jobs.of_person(session, entry.draft.id, entry.user_id):
        if job.format == name and job.wanted == facts and job.state not in (DONE, FAILED):
            found = job.id
            session.commit()
            return found
    waiting = jobs.count_open(session, entry.user_id)
    if waiting >= MOST_OPEN:
        raise TooManyWaiting(waiting)
    made = jobs.add(session, entry.draft, entry.user_id, name, facts, now)
    session.commit()
    return made


def show(session: Session, *, slug: str, job: str, user_id: int | None, language: str) -> JobPage:
    """How far a job is. Raises NoSuchDraft, RoleMayNot, NoSuchJob."""
    entry = exporting.enter(session, slug, user_id)
    row = jobs.find(session, entry.draft.id, entry.user_id, job)
    head = showing.draft_head(session, entry, showing.contributors(session, entry, language))
    sizes = exported_files.byte_counts(session, (row.sha256,))
    return JobPage(head, line_of(row, sizes.get(row.sha256 or "", 0)), jobs.ahead_of(session, row))


def fetch(session: Session, *, slug: str, job: str, user_id: int | None) -> Fetched:
    """The file that a job made. Raises NoSuchDraft, RoleMayNot, NoSuchJob, NotMadeYet."""
    entry = exporting.enter(session, slug, user_id)
    row = jobs.find(session, entry.draft.id, entry.user_id, job)
    if row.sha256 is None:
        raise NotMadeYet
    return fetching.kept(session, row.format, row.sha256, row.file_name)


def put_away(session: Session, *, slug: str, job: str, user_id: int | None) -> int:
    """Take a job out of one's list; who works on it stops. The version it was of. Raises NoSuchDraft, NoSuchJob."""
    begin_writing(session)
    entry = exporting.enter(session, slug, user_id)
    row = jobs.find(session, entry.draft.id, entry.user_id, job)
    version = int(row.wanted["version"])
    jobs.put_away(session, row)
    session.commit()
    return version


def line_of(row: ExportJob, byte_count: int) -> JobLine:
    wanted = row.wanted
    return JobLine(
        row.id, row.format, wanted["version"], wanted["against"], wanted["language"], row.state, row.done, row.total,
        row.doing, row.asked_at, row.ended_at, row.problem, row.file_name, row.sha256 or "", byte_count,
    )  # fmt: skip
