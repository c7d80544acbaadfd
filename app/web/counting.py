"""What the processes of a machine have answered, counted together though each counts for itself.

Every process keeps its counts in a file of its own in the instance folder, written a second after something happened;
whichever process is asked adds them up. The files of one start of the server stand in one folder, named after the
process that started them all: those of a process that died stay in the sums until the server is started anew, so that
no counter goes back meanwhile. Nothing is counted while no token is set that these figures could be read with.
"""

import json
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from app.web.request_log import ASKED, WITHHELD, Asked

NAME = "kelishim.counts"
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds: the upper bounds of a histogram's steps."""
KEPT_AFTER = 1.0  # seconds
Key = tuple[str, str, str]
"""Pattern of the address, method, class of the status (2xx)."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of all processes: for each key how many requests fell into each step (the last one has no bound) and their
    seconds together; open streams and memory of those that are alive, by process."""

    steps: dict[Key, list[int]]
    seconds: dict[Key, float]
    streams: int
    memory: dict[str, int]


class Counts:
    """What one process has counted."""

    def __init__(self, folder: Path) -> None:
        self._root = folder
        self._lock = threading.Lock()
        self._steps: dict[Key, list[int]] = {}
        self._seconds: dict[Key, float] = {}
        self._streams = 0
        self._timer: threading.Timer | None = None

    def count(self, asked: Asked, seconds: float) -> None:
        """A request that was answered. Of one that is withheld neither address nor method nor success are counted: see
        `app.web.request_log`."""
        key = _key(asked)
        step = next((place for place, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
        with self._lock:
            self._steps.setdefault(key, [0] * (len(BOUNDS) + 1))[step] += 1
            self._seconds[key] = self._seconds.get(key, 0.0) + seconds
        self._keep_soon()

    @contextmanager
    def open_stream(self) -> Iterator[None]:
        self._add_streams(1)
        try:
            yield
        finally:
            self._add_streams(-1)

    def sums(self) -> Sums:
        """Of this process and its siblings."""
        self._keep()
        found = Sums({}, {}, 0, {})
        for path in sorted(self._folder().glob("*.json")):
            with suppress(OSError, ValueError):  # it was taken away meanwhile
                found = _added(found, path.stem, json.loads(path.read_text()))
        return found

    def _add_streams(self, count: int) -> None:
        with self._lock:
            self._streams += count
        self._keep_soon()

    def _keep_soon(self) -> None:
        with self._lock:
            if self._timer is not None and self._timer.is_alive():
                return
            self._timer = threading.Timer(KEPT_AFTER, self._keep)
            self._timer.daemon = True
            self._timer.start()

    def _keep(self) -> None:
        with self._lock:
            rows = [[*key, self._seconds[key], *steps] for key, steps in self._steps.items()]
            facts = {"requests": rows, "streams": self._streams, "memory": memory()}
        with suppress(OSError):  # the disk is full: the figures wait
            folder = self._folder()
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            partial = folder / f"{os.getpid()}.{threading.get_ident()}.partial"
            partial.write_text(json.dumps(facts))
            partial.replace(folder / f"{os.getpid()}.json")

    def _folder(self) -> Path:
        return self._root / _family()


def register(app: Flask) -> None:
    """Count in this application, where somebody may read it."""
    if not app.config["METRICS_TOKEN"]:
        return
    counts = app.extensions[NAME] = Counts(Path(app.instance_path) / "metrics")
    app.extensions[ASKED].append(counts.count)
    _clear(Path(app.instance_path) / "metrics")


@contextmanager
def open_stream(app: Flask) -> Iterator[None]:
    """For as long as somebody listens."""
    counts: Counts | None = app.extensions.get(NAME)
    if counts is None:
        yield
        return
    with counts.open_stream():
        yield


def memory() -> int:
    """Bytes of memory this process holds; the most it ever held where the system does not tell; 0 where nobody does."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    with suppress(ImportError):
        import resource  # noqa: PLC0415  (Windows has none)

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return 0


def _key(asked: Asked) -> Key:
    if asked.is_withheld:
        return WITHHELD, "", "5xx" if asked.status >= 500 else ""
    return asked.route or "none", asked.method, f"{asked.status // 100}xx"


def _added(sums: Sums, process: str, facts: dict[str, Any]) -> Sums:
    for route, method, status, seconds, *steps in facts["requests"]:
        key = (route, method, status)
        before: Iterable[int] = sums.steps.get(key, [0] * len(steps))
        sums.steps[key] = [one + more for one, more in zip(before, steps, strict=True)]
        sums.seconds[key] = sums.seconds.get(key, 0.0) + seconds
    if not _is_alive(int(process)):
        return sums
    return Sums(sums.steps, sums.seconds, sums.streams + facts["streams"], {**sums.memory, process: facts["memory"]})


def _family() -> str:
    """Names those who were started together: by the process that started them, and when that was started."""
    return f"{os.getppid()}-{_born(os.getppid())}"


def _born(process: int) -> str:
    """When a process was started, as the system counts it; 0 where it does not tell (proc(5), field 22 of `stat`)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "0"


def _is_alive(process: int) -> bool:
    if os.name != "posix":
        return True  # to ask would end it there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _clear(root: Path) -> None:
    """Put away the counts of servers that have ended."""
    for folder in root.glob("*-*"):
        process, _, born = folder.name.partition("-")
        if process.isdecimal() and not (_is_alive(int(process)) and _born(int(process)) == born):
            shutil.rmtree(folder, ignore_errors=True)
