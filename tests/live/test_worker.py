"""Whoever sees to it that files are made: calls a process when something waits, at once when told, and none after."""

import sys
import time
from pathlib import Path

from app.live.worker import Worker
from tests.live.listening import eventually

PAUSE = 30.0  # longer than any of these tests: what happens sooner was called for


def writing(path: Path, then: str = "") -> tuple[str, ...]:
    return (sys.executable, "-c", f"open({str(path)!r}, 'a').write('made\\n'); {then}")


def test_what_waits_when_a_server_starts_is_made(tmp_path: Path) -> None:
    worker = Worker(lambda: not (tmp_path / "made").exists(), writing(tmp_path / "made"), PAUSE)
    worker.start()
    eventually((tmp_path / "made").exists)
    worker.stop()


def test_what_is_asked_for_later_is_made_at_once_and_nothing_else(tmp_path: Path) -> None:
    waiting: list[str] = []
    worker = Worker(lambda: bool(waiting and waiting.pop()), writing(tmp_path / "made"), PAUSE)
    worker.start()
    worker.call()
    waiting.append("a job")
    worker.call()
    eventually(lambda: (tmp_path / "made").exists() and (tmp_path / "made").read_text() == "made\n")
    worker.stop()


def test_it_goes_on_when_the_database_is_lost_for_a_moment(tmp_path: Path) -> None:
    answers = iter([OSError("lost"), True])

    def is_waiting() -> bool:
        found = next(answers, False)
        if isinstance(found, Exception):
            raise found
        return found

    worker = Worker(is_waiting, writing(tmp_path / "made"), 0.05)
    worker.start()
    eventually((tmp_path / "made").exists)
    worker.stop()


def test_what_is_being_made_when_a_server_ends_is_ended_with_it(tmp_path: Path) -> None:
    worker = Worker(lambda: True, writing(tmp_path / "made", "import time; time.sleep(60)"), PAUSE)
    worker.start()
    eventually((tmp_path / "made").exists)
    began = time.monotonic()
    worker.stop()
    assert time.monotonic() - began < 10
    assert (tmp_path / "made").read_text() == "made\n"
