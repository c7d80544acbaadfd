"""The running product in a real Chromium: a server with the demonstration, people with browsers of their own."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from app.services.demonstrating import log_ins
from app.services.signing_in import begin
from app.store.db import db
from app.store.users import by_name
from tests.conftest import application, demonstrate

ROOT = Path(__file__).parents[2]
PASSWORD = "kelishim-demo"
LAW = "/drafts/torture-investigation"
NAMES = frozenset(one.name for one in log_ins())
PATIENCE = 30_000
"""Milliseconds after which something does not come any more: long, since a busy machine is no fault of the product."""
COOKIES: dict[str, tuple[str, str]] = {}
"""Name and value of the cookie of each of the demonstration, who are signed in there once: it is good for every copy,
which has the same sign-ins and the same secret."""
expect.set_options(timeout=PATIENCE)


def _found() -> str | None:
    spec = spec_from_file_location("browser", ROOT / ".ci/browser.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.found()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = _found()
    expect.set_options(timeout=10_000)  # as long as a deed may take; what is there already is not waited for
    with sync_playwright() as playwright:
        path = path or _playwrights_own(playwright)
        if path is None:
            reason = "NO BROWSER: the stories of tests/browser were not run. Install Chromium, or name one in CHROMIUM."
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def _playwrights_own(playwright: Playwright) -> str | None:
    path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _environment(instance: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    return {**kept, "KELISHIM_INSTANCE": str(instance)}


@pytest.fixture(scope="session")
def demonstration(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the demonstration in it, to be copied."""
    instance = tmp_path_factory.mktemp("demonstration")
    shutil.copy(empty_sqlite, instance / "kelishim.sqlite")
    app = application(f"sqlite:///{instance / 'kelishim.sqlite'}", instance)
    demonstrate(app)
    (instance / "secret_key").write_text(app.config["SECRET_KEY"])
    with app.app_context():
        COOKIES.update({name: (app.config["SESSION_COOKIE_NAME"], _signed_in(app, name)) for name in NAMES})
        db.engine.dispose()
    return instance


def _signed_in(app: Flask, name: str) -> str:
    """The cookie of a new sign-in: the token which it holds, signed by the application."""
    user = by_name(db.session(), name)
    assert user is not None
    token = begin(db.session(), user_id=user.id, method="password", device="", now=datetime.now(UTC))
    signing = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signing is not None
    return str(signing.dumps({"_user_id": token, "_fresh": True}))


@pytest.fixture
def instance(demonstration: Path, tmp_path: Path) -> Path:
    """A fresh copy of the demonstration."""
    return Path(shutil.copytree(demonstration, tmp_path / "instance"))


@pytest.fixture
def address(instance: Path) -> Iterator[str]:
    """Where a server with a fresh copy of the demonstration listens."""
    with served(instance) as address:
        yield address


@pytest.fixture
def installed(instance: Path) -> Iterator[str]:
    """Where such a copy is served as `make run` serves it."""
    with running(instance) as address:
        yield address


@contextmanager
def running(instance: Path) -> Iterator[str]:
    """Where a server listens that is a process of its own, as that of `make run`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
               "--workers-kill-timeout", "3", "--no-ws", "--log-level", "warning", "wsgi:server"]  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, env=_environment(instance),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


class Quiet(WSGIRequestHandler):
    """Says nothing of the requests it answers."""

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


@contextmanager
def served(instance: Path, *, styleguide: bool = False) -> Iterator[str]:
    """Where a server in this process listens: the application is not loaded again, nor its templates compiled."""
    app = application(f"sqlite:///{instance / 'kelishim.sqlite'}", instance, testing=False)
    app.config["STYLEGUIDE"] = styleguide
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    answering = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    answering.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        answering.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE / 1000 * 2
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310
                assert answer.read() == b"ok\n"
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no server at {address}")


def point_at(clause: Locator) -> None:
    """Rest the pointer on a clause until its deeds show beside it; point again if the page moved away under it."""
    deeds = clause.locator(".tools-more")
    for patience in (1_000, 2_000, 4_000):
        clause.hover()
        try:
            return expect(deeds).to_have_css("opacity", "1", timeout=patience)
        except AssertionError:
            continue
    raise AssertionError(f"the deeds never showed beside {clause}")


class People:
    """Everybody's browser. What a page complains of, or asks of another host, is kept and must stay empty."""

    def __init__(self, chromium: Browser, address: str, script: bool) -> None:
        self.chromium, self.address, self.script = chromium, address, script
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def somebody(self, **settings: object) -> Page:
        """A browser of nobody in particular."""
        context = self.chromium.new_context(java_script_enabled=self.script, base_url=self.address, **settings)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._complain(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._complain(str(error)))
        page.on("request", lambda request: self._check_host(request.url))
        return page

    def person(self, name: str, **settings: object) -> Page:
        """Somebody who has signed in, by hand if they are not of the demonstration, and stands in the library."""
        page = self.somebody(**settings)
        if name in COOKIES:
            cookie, value = COOKIES[name]
            page.context.add_cookies([{"name": cookie, "value": value, "url": self.address}])
        page.goto("/")
        if name not in COOKIES:
            self._sign_in(page, name)
        page.get_by_role("heading", name="Drafts").wait_for()
        return page

    def _sign_in(self, page: Page, name: str) -> None:
        page.get_by_role("link", name="Sign in to your drafts").click()
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("heading", name="Drafts").wait_for()

    def _complain(self, text: str) -> None:
        """A form that came back with its refusal is no fault; the browser notes its status all the same."""
        if "status of 422" not in text:
            self.complaints.append(text)

    def _check_host(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.address).netloc:
            self.complaints.append(f"a request to another host: {url}")

    def leave(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def people(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[People]:
    everybody = People(chromium, address, request.param)
    yield everybody
    everybody.leave()
    assert everybody.complaints == []
