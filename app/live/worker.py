"""Sees to it that the files people wait for are made: a thread looks for them, and calls a process that makes them.

A process of its own, so that pages do not wait for the interpreter while a large law is written out, and the memory
that this took is given back. It takes one job after the other; when it is killed, another one takes over its job.
"""

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence

from app.live.outage import Outage
from config import ROOT

LOOK_SECONDS = 5.0
MAKE = (sys.executable, "-m", "flask", "--app", "wsgi", "files", "make")


class Worker:
    """`is_waiting` says whether there is anything to make."""

    def __init__(
        self, is_waiting: Callable[[], bool], command: Sequence[str] = MAKE, pause: float = LOOK_SECONDS
    ) -> None:
        self._is_waiting, self._command, self._pause = is_waiting, command, pause
        self._outage = Outage("It cannot be seen whether files are waited for")
        self._stopped, self._called = threading.Event(), threading.Event()
        self._making: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """From now on what waits is made."""
        self._thread = threading.Thread(target=self._look, name="files", daemon=True)
        self._thread.start()

    def call(self) -> None:
        """Look at once: something was asked for."""
        self._called.set()

    def stop(self) -> None:
        """What is being made is taken over by whoever looks next."""
        self._stopped.set()
        self._called.set()
        if self._making is not None:
            self._making.terminate()
        if self._thread is not None:
            self._thread.join(1.0)

    def _look(self) -> None:
        while not self._stopped.is_set():
            pause = self._pause
            try:
                if self._is_waiting() and not self._stopped.is_set():
                    self._make()
                self._outage.is_over()
            except Exception as error:
                pause = self._outage.failed(error, pause)
            self._called.wait(pause)
            self._called.clear()

    def _make(self) -> None:
        self._making = subprocess.Popen(self._command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 (our own)
        if self._stopped.is_set():
            self._making.terminate()
        self._making.wait()
        self._making = None
