"""The running product in a real Chromium: a server with the demonstration, people with browsers of their own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).parents[2]
PASSWORD = "kelishim-demo"
LAW = "/drafts/torture-investigation"


def _found() -> str | None:
    spec = spec_from_file_location("browser", ROOT / ".ci/browser.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.found()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = _found()
    with sync_playwright() as playwright:
        path = path or _playwrights_own(playwright)
        if path is None:
            reason = "NO BROWSER: the stories of tests/browser were not run. Install Chromium, or name one in CHROMIUM."
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def _playwrights_own(playwright: Playwright) -> str | None:
    path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _environment(instance: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    return {**kept, "KELISHIM_INSTANCE": str(instance)}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the demonstration in it, to be copied."""
    instance = tmp_path_factory.mktemp("demonstration")
    for command in (["db", "upgrade"], ["demo"]):
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *command],
            cwd=ROOT, env=_environment(instance), check=True, capture_output=True,
        )  # fmt: skip
    return instance


@pytest.fixture
def address(demonstration: Path, tmp_path: Path) -> Iterator[str]:
    """Where a server with a fresh copy of the demonstration listens."""
    instance = tmp_path / "instance"
    shutil.copytree(demonstration, instance)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
               "--no-ws", "--log-level", "warning", "wsgi:app"]  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, env=_environment(instance),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(address: str) -> None:
    for _attempt in range(150):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310
                assert answer.read() == b"ok\n"
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no server at {address}")


class People:
    """Everybody's browser. What a page complains of, or asks of another host, is kept and must stay empty."""

    def __init__(self, chromium: Browser, address: str, script: bool) -> None:
        self.chromium, self.address, self.script = chromium, address, script
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def somebody(self, **settings: object) -> Page:
        """A browser of nobody in particular."""
        context = self.chromium.new_context(java_script_enabled=self.script, base_url=self.address, **settings)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._complain(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._complain(str(error)))
        page.on("request", lambda request: self._check_host(request.url))
        return page

    def person(self, name: str, **settings: object) -> Page:
        """Somebody who has signed in and stands in the library."""
        page = self.somebody(**settings)
        page.goto("/")
        page.get_by_role("link", name="Sign in to your drafts").click()
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Drafts").wait_for()
        return page

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
