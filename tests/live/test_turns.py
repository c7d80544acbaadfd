"""Pages of a process take turns; one that takes long keeps nobody waiting for long."""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.live.turns import Turns
from app.store.waiting import MEANWHILE

LONG = 60.0


class Made:
    """An application whose pages wait until they are let go; how many are being made at a time is counted."""

    def __init__(self) -> None:
        self.go, self.lock = threading.Event(), threading.Lock()
        self.now, self.most = 0, 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        if environ["waits"]:
            assert self.go.wait(LONG)
        with self.lock:
            self.now -= 1
        if environ.get("fails"):
            raise ValueError
        return [b"made"]


def test_pages_are_made_one_after_the_other() -> None:
    made = Made()
    turns = Turns(made, patience=LONG)

    def page(at: int) -> Iterable[bytes]:
        return turns({"waits": at == 0}, print)

    with ThreadPoolExecutor(6) as threads:
        answers = [threads.submit(page, at) for at in range(6)]
        while made.now == 0:
            time.sleep(0.01)
        made.go.set()
        assert [answer.result(LONG) for answer in answers] == [[b"made"]] * 6
    assert made.most == 1


def test_whoever_waited_long_enough_takes_the_turn_over() -> None:
    made = Made()
    turns = Turns(made, patience=0.01)
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(turns, {"waits": True}, print)
        while made.now == 0:
            time.sleep(0.01)
        assert turns({"waits": False}, print) == [b"made"]
        assert not slow.done()
        made.go.set()
        assert slow.result(LONG) == [b"made"]
    assert made.most == 2


def test_a_page_that_fails_leaves_its_turn() -> None:
    made = Made()
    turns = Turns(made, patience=LONG)
    for _ in range(2):
        with pytest.raises(ValueError):
            turns({"waits": False, "fails": True}, print)
    start = time.monotonic()
    assert turns({"waits": False}, print) == [b"made"]
    assert time.monotonic() - start < LONG / 2


class Asking:
    """An application whose first page asks a database that answers when the second page was made."""

    def __init__(self) -> None:
        self.answered, self.asked = threading.Event(), threading.Event()
        self.made: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["asks"]:
            with MEANWHILE.get()():
                self.asked.set()
                assert self.answered.wait(LONG)
            self.made.append("the one that asked")
            return [b"asked"]
        self.answered.set()
        time.sleep(0.05)  # in which the other one has its answer, and no turn
        self.made.append("the other")
        return [b"made"]


def test_whoever_waits_for_the_database_lets_others_go_on_and_then_waits_for_a_turn() -> None:
    asking = Asking()
    turns = Turns(asking, patience=LONG)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(turns, {"asks": True}, print)
        assert asking.asked.wait(LONG)
        assert turns({"asks": False}, print) == [b"made"]
        assert first.result(LONG) == [b"asked"]
    assert asking.made == ["the other", "the one that asked"]


def test_nothing_is_given_up_outside_of_a_page() -> None:
    with MEANWHILE.get()():
        pass
