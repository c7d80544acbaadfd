"""Servers as `make run` starts them, and readers who listen to them as a browser does."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import urlsplit

from flask import Flask

from config import ROOT
from tests.product import LAW, signed_in

PATIENCE = 60.0  # seconds, after which something does not come any more: a busy machine is no fault of the server


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def start(url: str, instance: Path, port: int, *more: str, log: IO[bytes] | None = None) -> "subprocess.Popen[bytes]":
    """A server on a database, whose secret is the tests'; what it says goes to `log`. Not waited for."""
    command = ["granian", "--interface", "asgi", "--port", str(port), "--workers", "1", "--workers-kill-timeout", "3",
               "--no-ws", "--log-level", "error", *more, "wsgi:server"]  # fmt: skip
    environment = {
        **os.environ, "DATABASE_URL": url, "SECRET_KEY": "for tests only", "KELISHIM_INSTANCE": str(instance),
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
        stderr=log or subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


@contextmanager
def serving(url: str, instance: Path, count: int) -> Iterator[list[str]]:
    """The addresses of so many servers on one database."""
    ports = [free_port() for _ in range(count)]
    processes = [start(url, instance, port) for port in ports]
    try:
        for port in ports:
            wait_for(port)
        yield [f"http://127.0.0.1:{port}" for port in ports]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            stop(process)


def stop(process: "subprocess.Popen[bytes]") -> float:
    """How many seconds a server takes to end that was told to."""
    began = time.monotonic()
    process.wait(PATIENCE)
    return time.monotonic() - began


def wait_for(port: int) -> None:
    until = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            assert answer.read() == b"ok\n"
            return
        time.sleep(0.05)
    raise AssertionError(f"no server at {port}")


def cookie(app: Flask, name: str) -> str:
    """What the browser of somebody who has signed in sends."""
    found = signed_in(app, name).get_cookie("session")
    assert found is not None
    return f"session={found.value}"


def eventually(fact: Callable[[], object], patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if fact():
            return
        time.sleep(0.02)
    raise AssertionError("it never became true")


class Reader:
    """Listens to a draft's live updates and comes back by itself, as browsers do. Each coming back is noted."""

    def __init__(self, address: str, cookie: str, after: int | None = None) -> None:
        self._at, self._cookie, self._after = urlsplit(address), cookie, after
        self.notices: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self.last: str | None = None  # the last number that was told, noticed or not
        self._again = 1.0
        self._leaving = threading.Event()
        self._connection: http.client.HTTPConnection | None = None
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def __enter__(self) -> Self:
        eventually(lambda: self.last is not None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._leaving.set()
        self.cut()
        self._thread.join(PATIENCE)

    @property
    def numbers(self) -> list[int]:
        return [notice["number"] for notice in self.notices]

    def cut(self) -> None:
        """The line is lost. The reader comes back after a while."""
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    def _listen(self) -> None:
        while not self._leaving.is_set():
            with suppress(OSError, http.client.HTTPException):
                self._ask()
            self._leaving.wait(self._again)

    def _ask(self) -> None:
        connection = http.client.HTTPConnection(self._at.hostname or "", self._at.port, timeout=2 * PATIENCE)
        self._connection = connection
        try:
            query = "" if self._after is None else f"?after={self._after}"
            headers = {"Cookie": self._cookie, **({"Last-Event-ID": self.last} if self.last is not None else {})}
            connection.request("GET", f"{LAW}/live{query}", headers=headers)
            answer = connection.getresponse()
            self.statuses.append(answer.status)
            if answer.status == 200:
                self._read(answer)
        finally:
            connection.close()

    def _read(self, answer: http.client.HTTPResponse) -> None:
        said: dict[str, str] = {}
        while line := answer.readline():
            if line != b"\n":
                name, _, value = line.decode().rstrip("\n").partition(": ")
                said[name] = value
                continue
            self._take(said)
            said = {}

    def _take(self, said: Mapping[str, str]) -> None:
        if "retry" in said:
            self._again = int(said["retry"]) / 1000
        if "data" in said and "event" not in said:
            self.notices.append(json.loads(said["data"]))
        self.last = said.get("id", self.last)
