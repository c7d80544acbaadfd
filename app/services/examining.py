"""The doctor: looks at everything that an installation needs, and says in a sentence what is wrong and what to do.

It changes nothing, sends no letter, and finds the database missing, empty, older, newer or broken without falling over.
"""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from app.services import demonstrated, examining_machine, verifying
from app.services.examining_machine import Finding, Findings, Level, megabytes, ok, warning, wrong
from app.store import condition
from app.store.condition import UNREADABLE

OLDEST = {"sqlite": (3, 35), "postgresql": (13,)}
"""SQLite: UPDATE … RETURNING; PostgreSQL: what is still maintained."""
LARGE_LOG = 256 * 1024 * 1024  # bytes
LATE = timedelta(hours=1)
ANSWERS_WITHIN = 5.0  # seconds
BACKUP_OLD = timedelta(days=2)
UPGRADE = "Make a backup, then run flask --app wsgi db upgrade."


class Mail(Protocol):
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Examined:
    """What the installation is set to. `database_file` None: another kind of database; `known` the migrations the
    program brings, the newest first."""

    root: Path
    instance: Path
    database_file: Path | None
    known: tuple[str, ...]
    time_zone: str
    address: str
    are_cookies_secure: bool
    mail: Mail
    is_in_production: bool = False
    is_quick: bool = False


def examine(session: Session, what: Examined, *, now: datetime) -> Iterator[Finding]:
    """Everything, in the order in which one thing needs the other. The first findings come at once."""
    yield from examining_machine.python()
    yield from examining_machine.libraries(what.root / "requirements.lock")
    yield from examining_machine.folder(what.instance)
    yield from examining_machine.time_zone(what.time_zone)
    yield from examining_machine.address(what.address, what.are_cookies_secure)
    yield from examining_machine.environment(what.address, what.is_in_production)
    yield from examining_machine.paper()
    yield from _mail_server(what.mail)
    yield from _database(session, what, now)


def exit_code(findings: list[Finding]) -> int:
    return int(any(one.level is Level.WRONG for one in findings))


def _database(session: Session, what: Examined, now: datetime) -> Findings:
    file = what.database_file
    if file is not None and not file.exists():
        yield from examining_machine.room(what.instance, 0)
        yield wrong(
            "database", f"There is no database at {file}.",
            "Run flask --app wsgi db upgrade to make it, or flask --app wsgi restore FILE to bring back a backup.",
        )  # fmt: skip
        return
    try:
        yield from _kind(session)
        size = condition.size(session)
    except UNREADABLE as error:
        session.rollback()
        yield _unreadable(error, file)
        return
    yield from examining_machine.room(what.instance, size)
    yield from _guarded(session, "tables", lambda: _migrations(session, what.known))
    yield from _guarded(session, "file", lambda: _file(session, file))
    if _is_ours(session, what.known):
        for about, look in _LOOKS:
            yield from _guarded(session, about, lambda look=look: look(session, what, now))  # type: ignore[misc]


def _unreadable(error: Exception, file: Path | None) -> Finding:
    said = f"The database cannot be read: {condition.why_unreadable(error)}."
    if file is not None:
        advice = f"Look whose {file} is and whether it is whole; bring back the last backup if it is broken."
    else:
        advice = "Look whether PostgreSQL runs and whether DATABASE_URL names its host, database, user and password."
    return wrong("database", said, advice)


def _guarded(session: Session, about: str, look: Callable[[], Findings]) -> Findings:
    """One look, or that the database did not let it be done."""
    try:
        yield from list(look())
    except UNREADABLE as error:
        said = f"This could not be looked at: {condition.why_unreadable(error)}."
        yield wrong(about, said, "Mend what is said above first; if nothing is, bring back the last backup.")
    finally:
        session.rollback()


def _kind(session: Session) -> Findings:
    found = condition.system(session)
    said = f"{'SQLite' if found.kind == 'sqlite' else 'PostgreSQL'} {'.'.join(map(str, found.version))}"
    if found.version < OLDEST[found.kind]:
        least = ".".join(map(str, OLDEST[found.kind]))
        yield wrong("database", f"The database is {said}, which is too old.", f"Kelishim needs {least} or newer.")
    else:
        yield ok("database", f"The database is {said} and answers.")


def _migrations(session: Session, known: tuple[str, ...]) -> Findings:
    there = condition.tables(session)
    if "alembic_version" not in there:
        if there:
            said = "The database holds tables of something else."
            yield wrong("tables", said, "Give Kelishim a database of its own: see DATABASE_URL.")
        else:
            yield wrong("tables", "The database is empty.", "Run flask --app wsgi db upgrade.")
        return
    at = condition.revisions(session)
    if at == [known[0]]:
        yield ok("tables", f"The tables are those of this program ({known[0]}).")
    elif at and set(at) <= set(known):
        yield wrong("tables", f"The tables are older than the program: at {at[0]}, not {known[0]}.", UPGRADE)
    elif at:
        said = f"The tables are newer than the program, which does not know {at[0]}."
        yield wrong("tables", said, "Install the release that made them, or restore the backup made before.")
    else:
        yield wrong("tables", "The tables were not made to the end.", "Run flask --app wsgi db upgrade again.")


def _is_ours(session: Session, known: tuple[str, ...]) -> bool:
    try:
        return condition.revisions(session) == [known[0]]
    except UNREADABLE:
        return False
    finally:
        session.rollback()


def _file(session: Session, file: Path | None) -> Findings:
    if file is None:
        return
    if found := condition.problems(session):
        said = f"The file of the database is broken: {'; '.join(found)[:300]}."
        yield wrong("file", said, "Stop the server, copy the file away, and bring back the last backup.")
    else:
        yield ok("file", "The file of the database is whole.")
    log = file.with_name(f"{file.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > LARGE_LOG:
        said = f"{megabytes(size)} wait beside the database to be written into it."
        yield warning("file", said, "Start the server anew: something has read for very long.")


def _clock(session: Session, _what: Examined, now: datetime) -> Findings:
    yield from examining_machine.clock(now, condition.newest_moment(session))


def _people(session: Session, what: Examined, _now: datetime) -> Findings:
    if condition.administrators(session):
        yield ok("people", "Somebody administers this installation.")
    else:
        advice = (
            "Open /first-run with the code of flask --app wsgi first-run, or flask --app wsgi users administrator NAME."
        )
        yield wrong("people", "Nobody administers this installation.", advice)
    if names := demonstrated.open_to_everybody(session):
        said = f"Everybody knows the password of these accounts of the demonstration: {', '.join(names)}."
        level = wrong if what.address else warning
        yield level("people", said, "Close them: flask --app wsgi users close NAME, for each.")


def _letters(session: Session, what: Examined, now: datetime) -> Findings:
    if count := condition.stuck_letters(session, now, LATE):
        advice = (
            "Look at flask --app wsgi letters list; when the mail server is mended, flask --app wsgi letters retry."
        )
        yield warning("letters", f"{count} letters have waited for more than an hour.", advice)
    else:
        yield ok("letters", "No letter is late." if what.mail.host else "No letter waits.")


def _jobs(session: Session, _what: Examined, now: datetime) -> Findings:
    if count := condition.stuck_jobs(session, now, LATE):
        said = f"{count} files have been waited for for more than an hour."
        yield warning("files", said, "Start the server anew: its processes make them.")
    else:
        yield ok("files", "Nobody waits for a file that is not made.")


def _backup(_session: Session, what: Examined, now: datetime) -> Findings:
    """The backup command touches a file in the instance folder."""
    made = what.instance / "last_backup"
    advice = "Run flask --app wsgi backup FILE, and let the machine do so every night: see docs/operating.md."
    if not made.exists():
        yield warning("backup", "No backup was ever made on this machine.", advice)
        return
    age = now - datetime.fromtimestamp(made.stat().st_mtime, UTC)
    said = f"The last backup was made {age.days} days and {age.seconds // 3600} hours ago."
    yield warning("backup", said, advice) if age > BACKUP_OLD else ok("backup", said)


def _record(session: Session, what: Examined, _now: datetime) -> Findings:
    if what.is_quick:
        return
    checked = [verifying.verify(session, slug=slug) for slug in verifying.slugs(session)]
    for found in checked:
        if not found.holds:
            slug = found.slug
            said = f"The record of “{slug}” does not hold: {found.sentences[0]}"
            advice = (
                f"Run flask --app wsgi record verify {slug}. Change nothing, keep a copy, and compare with a backup."
            )
            yield wrong("record", said, advice)
    if all(found.holds for found in checked):
        yield ok("record", f"The record holds: {sum(found.count for found in checked)} events were checked.")


def _mail_server(mail: Mail) -> Findings:
    """Whether somebody answers there; nothing is said to them."""
    if not mail.host:
        yield ok("mail", "No mail server is set: no letters are sent, people come in by slips and codes.")
        return
    try:
        with socket.create_connection((mail.host, mail.port), timeout=ANSWERS_WITHIN):
            yield ok("mail", f"The mail server {mail.host} answers at port {mail.port}.")
    except OSError as error:
        said = f"The mail server {mail.host} does not answer at port {mail.port}: {error.strerror or error}."
        yield wrong(
            "mail", said, "Look at KELISHIM_MAIL_HOST and _PORT, and whether a firewall is between. Letters wait."
        )


Look = Callable[[Session, Examined, datetime], Findings]
_LOOKS: tuple[tuple[str, Look], ...] = (
    ("clock", _clock),
    ("people", _people),
    ("letters", _letters),
    ("files", _jobs),
    ("backup", _backup),
    ("record", _record),
)
