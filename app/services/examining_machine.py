"""What is found of the machine and the folder of the installation when the doctor looks: nothing is changed."""

import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OLDEST_PYTHON = (3, 11)
ROOM = 500 * 1024 * 1024  # bytes that are free at least
KEY = "secret_key"


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found in a sentence, and what to do about it."""

    level: Level
    about: str
    sentence: str
    advice: str = ""


Findings = Iterator[Finding]


def ok(about: str, sentence: str) -> Finding:
    return Finding(Level.OK, about, sentence)


def warning(about: str, sentence: str, advice: str) -> Finding:
    return Finding(Level.WARNING, about, sentence, advice)


def wrong(about: str, sentence: str, advice: str) -> Finding:
    return Finding(Level.WRONG, about, sentence, advice)


def python() -> Findings:
    said = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        yield wrong("Python", f"Python is {said}.", "Install 3.11 or newer and make the virtual environment anew.")
    else:
        yield ok("Python", f"Python is {said}.")


def libraries(lock: Path) -> Findings:
    """Whether the libraries are the ones the program was tested with."""
    if not lock.is_file():
        yield warning("libraries", "There is no requirements.lock to compare with.", "Unpack the whole release again.")
        return
    pinned = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[\S+\])?==([^\s;\\]+)(.*)", lock.read_text(), re.MULTILINE)
    others = [f"{name} {found} (not {version})" for name, version, _, found in _installed(pinned) if found != version]
    if others:
        yield warning(
            "libraries", f"Other versions are installed than the program was tested with: {', '.join(others[:8])}.",
            "Run make install, or pip install --require-hashes -r requirements.lock in the virtual environment.",
        )  # fmt: skip
    else:
        yield ok("libraries", f"{len(pinned)} libraries are those of requirements.lock.")


def _installed(pinned: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """With the version that is there; those that another system needs are left out where they are missing."""
    for name, version, condition in pinned:
        try:
            yield name, version, condition, metadata.version(name)
        except metadata.PackageNotFoundError:
            if ";" not in condition:
                yield name, version, condition, "missing"


def folder(path: Path) -> Findings:
    """Whether the installation's folder can be written, by its owner alone."""
    partial = path / "doctor.partial"
    try:
        partial.write_text("")
        partial.unlink()
    except OSError as error:
        yield wrong(
            "folder", f"Nothing can be written to {path}: {error.strerror}.",
            "Give the folder to the account that runs Kelishim: chown -R kelishim: FOLDER; or free space on the disk.",
        )  # fmt: skip
        return
    yield from _private(path, 0o700, "folder")
    if (path / KEY).exists():
        yield from _private(path / KEY, 0o600, "secret key")


def _private(path: Path, mode: int, about: str) -> Findings:
    if not hasattr(path, "owner") or sys.platform == "win32":
        return
    found = path.stat().st_mode & 0o777
    if found & 0o077:
        said = f"{path} can be opened by other accounts of this machine ({found:04o})."
        level = wrong if mode == 0o600 else warning
        yield level(about, said, f"Run chmod {mode:o} {path}.")
    else:
        yield ok(about, f"{path} is its owner's alone.")


def room(path: Path, needed: int) -> Findings:
    """Whether the disk has room for the database once more, and some over. A backup needs as much."""
    free = shutil.disk_usage(path).free
    said = f"{megabytes(free)} are free where {path} is; the database has {megabytes(needed)}."
    if free < ROOM // 5:
        yield wrong("disk", said, "Free space now: with none left nothing more is stored.")
    elif free < ROOM + needed:
        yield warning(
            "disk", said, "Free space, or move old backups elsewhere: a backup needs as much as the database."
        )
    else:
        yield ok("disk", said)


def megabytes(count: int) -> str:
    return f"{count / 1024 / 1024:,.0f} MB" if count >= 1024 * 1024 else f"{count / 1024:,.0f} KB"


def paper() -> Findings:
    """Whether a PDF can be set, with the letters of all three languages."""
    try:
        import typst  # noqa: PLC0415  (where it is missing, the rest can still be looked at)

        made = typst.compile("#set document(date: none)\nСаламатсызбы ң ө ү".encode(), format="pdf")
    except Exception as error:
        yield wrong(
            "PDF", f"No PDF can be made: {type(error).__name__}.", "Run make install: typst brings its own fonts."
        )
        return
    yield ok("PDF", f"A page in Kyrgyz was set ({len(made)} bytes).")


def time_zone(name: str) -> Findings:
    try:
        moment = datetime.now(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError):
        advice = "Set KELISHIM_TIME_ZONE to a name as Asia/Bishkek; on a machine without them install tzdata."
        yield wrong("time zone", f"There is no time zone “{name}”.", advice)
        return
    yield ok(
        "time zone", f"Times are shown in {name}, where it is {moment:%Y-%m-%d %H:%M} now. Compare with your watch."
    )


def clock(now: datetime, newest: datetime | None) -> Findings:
    """Whether it is later than what was recorded last; by a day more, since in the strict mode a day may be all that is
    stored."""
    if newest is not None and now < newest:
        yield wrong(
            "clock", f"By this machine's clock it is {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC, before the newest event "
            f"({newest:%Y-%m-%d %H:%M} UTC).", "Set the clock: timedatectl set-ntp true; see docs/operating.md.",
        )  # fmt: skip
    else:
        yield ok("clock", f"It is {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC, after everything that was recorded.")


def address(public: str, are_cookies_secure: bool) -> Findings:
    """Whether others reach the installation by an address it knows, over an encrypted line."""
    if not public:
        yield warning(
            "address", "KELISHIM_ADDRESS is not set: links in slips begin as the request came in.",
            "Set it to what people type into their browser, unless nobody but this machine uses Kelishim.",
        )  # fmt: skip
        return
    parts = urlsplit(public)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        yield wrong(
            "address", f"{public} is not encrypted: passwords can be read on the way.",
            "Put nginx with a certificate before it, as docs/operating.md shows, and set KELISHIM_ADDRESS to https://….",
        )  # fmt: skip
    elif parts.scheme == "https" and not are_cookies_secure:
        yield wrong(
            "cookies", "The cookies of signed-in people would be sent over an unencrypted line, too.",
            "Set KELISHIM_SECURE_COOKIES=yes.",
        )  # fmt: skip
    else:
        yield ok("address", f"People open {public}.")


def environment(public: str, is_in_production: bool) -> Findings:
    """Whether an installation that others reach refuses to serve what is not safe."""
    if is_in_production:
        yield ok("environment", "It runs in production: what is not safe is not served.")
    elif public.startswith("https://"):
        yield warning(
            "environment", "It does not run in production, so it would also serve what is not safe.",
            "Set KELISHIM_ENVIRONMENT=production.",
        )  # fmt: skip
    else:
        yield ok("environment", "It does not run in production, as on a laptop.")
