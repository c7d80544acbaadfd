"""Making the files that people asked for: a job is claimed, made in peace, and its file kept to be fetched."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.services import fetching, file_keys
from app.services.bundling import Progress
from app.store import jobs
from app.store.db import begin_writing
from app.store.jobs import MOST_TRIES, Claimed

LOG = logging.getLogger(__name__)
PULSE_SECONDS = 5.0
"""How often is said that a job is worked on: much more often than it counts as abandoned."""
BROKEN = "Something went wrong on our side while the file was made. Ask for it again, or tell the administrator."
ABANDONED = "The file could not be made: whoever worked on it was ended, several times. Tell the administrator."
Clock = Callable[[], datetime]


class PutAway(Exception):
    """The job is nobody's any more, or somebody else's: there is no use in going on."""


def is_any_waiting(session: Session, now: datetime) -> bool:
    """Whether there is a job that nobody works on."""
    return jobs.is_any_free(session, now)


def run_next(session: Session, clock: Clock) -> bool:
    """Make the file that has waited longest; whether there was one. Nothing is raised: what went wrong is the job's."""
    job = _claim(session, clock())
    if job is None:
        return False
    if job.tries > MOST_TRIES:
        _end(session, job, clock(), ABANDONED)
        return True
    try:
        with heard(session, job, clock) as told:
            wanted = file_keys.from_facts(job.wanted)
            file = fetching.make(session, job.format, wanted, clock(), told)
    except PutAway:
        session.rollback()
    except Refusal as refusal:
        _end(session, job, clock(), str(refusal))
    except Exception:
        LOG.exception("The file of job %s could not be made.", job.id)
        _end(session, job, clock(), BROKEN)
    else:
        begin_writing(session)
        jobs.finish(session, job, clock(), file.file_name, file.sha256)
        session.commit()
    return True


def _claim(session: Session, now: datetime) -> Claimed | None:
    begin_writing(session)
    job = jobs.claim(session, secrets.token_urlsafe(32), now)
    session.commit()
    return job


def _end(session: Session, job: Claimed, now: datetime, problem: str) -> None:
    begin_writing(session)
    jobs.fail(session, job, now, problem)
    session.commit()


@contextmanager
def heard(session: Session, job: Claimed, clock: Clock) -> Iterator[Progress]:
    """While the block runs a thread says every few seconds, by a session of its own, that somebody works on the job and
    how far it is. The one yielded hears that, and raises PutAway once the job is not this worker's any more."""
    engine = session.get_bind()
    state: dict[str, tuple[int, int, str]] = {"now": (0, 0, job.format)}
    over, lost = threading.Event(), threading.Event()

    def beat() -> None:
        with Session(engine) as own:
            begin_writing(own)
            done, total, doing = state["now"]
            if not jobs.hear(own, job, clock(), done=done, total=total, doing=doing):
                lost.set()
            own.commit()

    def pulse() -> None:
        while not over.wait(PULSE_SECONDS):
            try:
                beat()
            except Exception:  # a database that is busy for a moment: the next pulse says it
                LOG.warning("It could not be said that job %s is worked on.", job.id, exc_info=True)

    def told(done: int, total: int, doing: str) -> None:
        state["now"] = (done, total, doing)
        beat()
        if lost.is_set():
            raise PutAway

    beating = threading.Thread(target=pulse, name="pulse", daemon=True)
    beating.start()
    try:
        yield told
    finally:
        over.set()
        beating.join()
