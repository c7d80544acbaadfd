"""Files that take long: asked for once, made by one worker at a time, taken over from one that is gone, fetched by one."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.services import fetching, jobs, jobs_running
from app.services.exporting import Wanted
from app.services.jobs import NotMadeYet, TooManyWaiting
from app.store import exported_files, files
from app.store import jobs as stored
from app.store.db import begin_writing, db
from app.store.exported_files import ExportedFile
from app.store.jobs import ExportJob, NoSuchJob
from app.store.memberships import NoSuchDraft
from app.store.users import Membership
from tests.product import SLUG, Copies, user_id
from tests.services.deeds import NOW

pytest_plugins = ["tests.demonstration"]
one_database = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
LATER = NOW + timedelta(seconds=46)
"""When a worker that was heard of at NOW counts as gone."""


@pytest.fixture(scope="module")
def copy(demonstration: Copies) -> Iterator[Flask]:
    with demonstration() as app:
        yield app


@pytest.fixture
def app(copy: Flask) -> Iterator[Flask]:
    """Without any job or file."""
    with copy.app_context():
        db.session.execute(delete(ExportJob))
        db.session.execute(delete(ExportedFile))
        db.session.commit()
        yield copy
        db.session.rollback()


def ask(app: Flask, name: str = "markdown", who: str = "observer", at: datetime = NOW) -> str:
    return jobs.ask(db.session, name=name, wanted=Wanted(SLUG), user_id=user_id(app, who), now=at)


def row(job: str) -> ExportJob:
    db.session.rollback()
    return db.session.scalars(select(ExportJob).where(ExportJob.id == job)).one()


def claim(now: datetime, worker: str = "a worker") -> stored.Claimed | None:
    begin_writing(db.session)
    found = stored.claim(db.session, worker, now)
    db.session.commit()
    return found


def test_a_file_is_asked_for_made_and_fetched_by_the_one_who_asked(app: Flask) -> None:
    job = ask(app)
    assert len(job) == 43
    with pytest.raises(NotMadeYet):
        jobs.fetch(db.session, slug=SLUG, job=job, user_id=user_id(app, "observer"))
    assert jobs_running.run_next(db.session, lambda: NOW)
    assert not jobs_running.run_next(db.session, lambda: NOW)
    made = jobs.fetch(db.session, slug=SLUG, job=job, user_id=user_id(app, "observer"))
    assert made.file_name == f"{SLUG}-1.en.md"
    assert b"".join(made.pieces).startswith(b"---\n")
    for other in ("facilitator", "administrator", "civil"):
        with pytest.raises(NoSuchJob):
            jobs.show(db.session, slug=SLUG, job=job, user_id=user_id(app, other), language="en")


@one_database
def test_who_may_not_read_the_draft_any_more_does_not_get_the_file(app: Flask) -> None:
    job, person = ask(app), user_id(app, "observer")
    jobs_running.run_next(db.session, lambda: NOW)
    db.session.execute(delete(Membership).where(Membership.user_id == person))
    with pytest.raises(NoSuchDraft):
        jobs.fetch(db.session, slug=SLUG, job=job, user_id=person)
    db.session.rollback()


@one_database
def test_asking_twice_is_asking_once_and_too_many_are_refused(app: Flask) -> None:
    assert ask(app) == ask(app)
    assert len({ask(app), ask(app, "docx"), ask(app, "html")}) == 3
    with pytest.raises(TooManyWaiting, match="You wait for 3 files already"):
        ask(app, "json")
    assert ask(app, "json", "civil") != ask(app, "docx"), "others are not held up"


def test_of_several_workers_one_has_a_job(app: Flask) -> None:
    for name in ("markdown", "docx", "html"):
        ask(app, name)
    found: list[str] = []

    def work(number: int) -> None:
        with app.app_context():
            claimed = claim(NOW, f"worker {number}")
            if claimed is not None:
                found.append(claimed.id)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while claimed := claim(NOW, "the last"):  # where two reached for the same job, one goes away empty
        found.append(claimed.id)
    assert len(found) == len(set(found)) == 3


def test_the_job_of_a_worker_who_is_gone_is_taken_over_and_the_first_can_end_it_no_more(app: Flask) -> None:
    job = ask(app)
    first = claim(NOW, "first")
    assert first is not None
    assert claim(NOW + timedelta(seconds=44)) is None
    assert jobs_running.is_any_waiting(db.session, LATER)
    second = claim(LATER, "second")
    assert second is not None
    assert (second.id, second.tries) == (job, 2)
    begin_writing(db.session)
    kept = files.keep(db.session, (b"words",), "text/plain")
    assert not stored.finish(db.session, first, LATER, "name", kept.sha256)
    assert not stored.hear(db.session, first, LATER, done=1, total=2, doing="docx")
    assert stored.finish(db.session, second, LATER, "name", kept.sha256)
    db.session.commit()
    assert (row(job).state, row(job).worker) == ("done", "second")


@one_database
def test_one_that_brought_down_every_worker_is_given_up_in_a_sentence(app: Flask) -> None:
    job = ask(app)
    db.session.execute(update(ExportJob).values(state="running", heard_at=NOW, tries=3, worker="gone"))
    db.session.commit()
    assert jobs_running.run_next(db.session, lambda: LATER)
    assert (row(job).state, row(job).problem) == ("failed", jobs_running.ABANDONED)
    assert not jobs_running.run_next(db.session, lambda: LATER + timedelta(days=1))


@one_database
def test_a_refusal_and_what_nobody_foresaw_end_a_job_in_a_sentence(app: Flask) -> None:
    refused, broken = ask(app, "record-docx"), ask(app, "markdown", at=LATER)
    begin_writing(db.session)
    db.session.execute(update(ExportJob).where(ExportJob.id == broken).values(wanted={"zone": "Nowhere"}))
    db.session.commit()
    for _ in range(2):
        assert jobs_running.run_next(db.session, lambda: LATER)
    assert (row(refused).state, row(refused).problem) == ("failed", "No record on version 1 is issued in “en”.")
    assert (row(broken).state, row(broken).problem) == ("failed", jobs_running.BROKEN)


@one_database
def test_one_that_is_put_away_while_it_is_made_stops(app: Flask) -> None:
    job = ask(app)
    claimed = claim(NOW)
    assert claimed is not None
    with pytest.raises(jobs_running.PutAway), jobs_running.heard(db.session, claimed, lambda: NOW) as told:
        told(0, 2, "docx")
        assert (row(job).done, row(job).total, row(job).doing) == (0, 2, "docx")
        jobs.put_away(db.session, slug=SLUG, job=job, user_id=user_id(app, "observer"))
        told(1, 2, "html")


@one_database
def test_a_file_is_made_once_and_kept_as_long_as_something_names_it(app: Flask) -> None:
    wanted = Wanted(SLUG)
    first, again = (fetching.make(db.session, "markdown", wanted, NOW) for _ in range(2))
    assert (first.sha256, b"".join(first.pieces)) == (again.sha256, b"".join(again.pieces))
    fetching.make(db.session, "html", wanted, NOW + timedelta(hours=1))
    ask(app, "markdown")
    jobs_running.run_next(db.session, lambda: NOW)
    assert fetching.prune(db.session, most_files=1)[:2] == (1, 1)
    assert files.find(db.session, first.sha256) is not None, "the job names it still"
    db.session.execute(delete(ExportJob))
    db.session.commit()
    assert fetching.prune(db.session, most_files=1, most_bytes=0) == (1, 0, 0)
    assert files.find(db.session, first.sha256) is None


@one_database
def test_fetching_notes_it_once_an_hour(app: Flask) -> None:
    who = user_id(app, "observer")
    for minutes in (0, 30, 90):
        at = NOW + timedelta(minutes=minutes)
        assert fetching.fetch(db.session, name="markdown", wanted=Wanted(SLUG), user_id=who, now=at) is not None
    noted = {one.fetched_at for one in db.session.scalars(select(ExportedFile))}
    assert noted == {NOW + timedelta(minutes=90)}


@one_database
def test_everybody_gets_the_same_file_whatever_only_they_may_see(app: Flask) -> None:
    """What somebody prepares is in nobody's file, and in nobody's key."""
    asked = replace(Wanted(SLUG), now=NOW)
    for name in ("amendments-csv", "positions-csv", "json", "docx-disagreements"):
        found = {
            fetched.sha256
            for who in ("civil", "interior", "facilitator", "observer")
            if (fetched := fetching.fetch(db.session, name=name, wanted=asked, user_id=user_id(app, who), now=NOW))
        }
        assert len(found) == 1, name
    assert exported_files.kept_altogether(db.session)[0] == 4


@pytest.mark.parametrize(
    ("name", "byte_count", "versions", "long"),
    [
        ("bundle", 20_000, 1, True), ("pdf", 20_000, 1, False), ("git", 20_000, 12, False), ("docx", 200_000, 3, False),
        ("pdf", 1_200_000, 1, True), ("markdown", 1_200_000, 9, False), ("git", 1_200_000, 8, True),
    ],
)  # fmt: skip
def test_what_takes_long_follows_from_format_and_size(name: str, byte_count: int, versions: int, *, long: bool) -> None:
    assert fetching.is_long(name, byte_count, versions) is long
