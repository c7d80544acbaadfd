"""Cookies, headers and who asked, as they depend on where an installation stands; and what production does not serve."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest
from flask import Flask
from flask.cli import FlaskGroup, ScriptInfo
from flask_migrate import upgrade
from werkzeug.test import TestResponse

from app.factory import create_app
from app.store.db import db
from app.web import starting
from app.web.people import from_where
from config import ROOT, BadConfig, Config
from tests.conftest import TEMPLATES, demonstrate

LONG = "k" * 32
HTTPS = "https://law.example"


def made(folder: Path, **settings: object) -> Flask:
    """An installation with settings of its own, whose database nobody has made yet."""
    url = f"sqlite:///{folder / 'kelishim.sqlite'}"
    more = {"database_url": url, "secret_key": LONG, "instance_path": folder, "quick_passwords": True, **settings}
    app = create_app(Config(**more))  # type: ignore[arg-type]
    app.jinja_env.bytecode_cache = TEMPLATES
    return app


def from_env(monkeypatch: pytest.MonkeyPatch, folder: Path, **said: str) -> Config:
    for name in list(os.environ):
        if name.startswith("KELISHIM_") or name in ("SECRET_KEY", "DATABASE_URL"):
            monkeypatch.delenv(name)
    for name, value in {"KELISHIM_INSTANCE": str(folder), **said}.items():
        monkeypatch.setenv(name, value)
    return Config.from_env()


def test_what_is_usual_need_not_be_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = from_env(monkeypatch, tmp_path)
    assert (config.environment, config.proxies, config.max_upload_bytes) == ("development", 0, 16 * 1024 * 1024)
    assert (config.limits_traffic, config.is_opened_by_tls) == (True, False)
    said = {"KELISHIM_PROXIES": "2", "KELISHIM_MAX_UPLOAD": "40", "KELISHIM_LIMITS": "no", "KELISHIM_ADDRESS": HTTPS}
    config = from_env(monkeypatch, tmp_path, KELISHIM_ENVIRONMENT="production", **said)
    assert (config.environment, config.proxies, config.max_upload_bytes) == ("production", 2, 40 * 1024 * 1024)
    assert (config.limits_traffic, config.is_opened_by_tls) == (False, True)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ENVIRONMENT", "staging", "KELISHIM_ENVIRONMENT: expected development or production, found 'staging'."),
        ("PROXIES", "-1", "KELISHIM_PROXIES: expected a number from 0 to 9, found '-1'."),
        ("PROXIES", "yes", "KELISHIM_PROXIES: expected a number from 0 to 9, found 'yes'."),
        ("PROXIES", "²", "KELISHIM_PROXIES: expected a number from 0 to 9, found '²'."),
        ("MAX_UPLOAD", "0", "KELISHIM_MAX_UPLOAD: expected a number from 1 to 1024, found '0'."),
        ("MAX_UPLOAD", "16MB", "KELISHIM_MAX_UPLOAD: expected a number from 1 to 1024, found '16MB'."),
        ("MAX_UPLOAD", "9" * 5000, f"KELISHIM_MAX_UPLOAD: expected a number from 1 to 1024, found '{'9' * 5000}'."),
        ("LIMITS", "some", "KELISHIM_LIMITS: expected yes or no, found 'some'."),
    ],
)
def test_what_cannot_be_used_stops_the_start_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(BadConfig) as stopped:
        from_env(monkeypatch, tmp_path, **{f"KELISHIM_{name}": value})
    assert str(stopped.value) == sentence


def test_the_key_is_made_once_and_is_its_owners_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    key = from_env(monkeypatch, folder).secret_key
    assert (len(key), from_env(monkeypatch, folder).secret_key) == (64, key)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


def test_a_folder_that_holds_something_is_left_as_its_owner_wants_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    empty, full = tmp_path / "empty", tmp_path / "full"
    for folder in (empty, full):
        folder.mkdir()
        folder.chmod(0o750)
    (full / "theirs").write_text("x")
    for folder in (empty, full):
        from_env(monkeypatch, folder)
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (empty, full)] == [0o700, 0o750]


ADDRESSED = [("", False), ("http://law.example", False), (HTTPS, True)]


@pytest.mark.parametrize(("address", "is_secure"), ADDRESSED)
def test_cookies_and_headers_follow_the_public_address(tmp_path: Path, address: str, is_secure: bool) -> None:
    app = made(tmp_path, public_address=address)
    client = app.test_client()
    answer = client.get("/static/kelishim.css")
    assert answer.headers.get("Strict-Transport-Security") == ("max-age=31536000" if is_secure else None)
    by_tls = client.get("/static/kelishim.css", base_url=HTTPS)
    assert by_tls.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        db.engine.dispose()
    app.config["WTF_CSRF_ENABLED"] = False
    said = client.post("/language", data={"language": "ru"}, base_url=HTTPS).headers["Set-Cookie"]
    name = "__Host-session" if is_secure else "session"
    assert said.startswith(f"{name}=")
    assert [part in said for part in ("; Secure", "; HttpOnly", "; Path=/", "; SameSite=Lax", "Domain=")] == [
        is_secure, True, True, True, False,
    ]  # fmt: skip


def asked(app: Flask, **headers: str) -> tuple[str, bool, str]:
    """Who asked, whether by TLS, and for which host: as a page sees it, behind whatever stands in front of it."""
    seen: list[tuple[str, bool, str]] = []

    def look() -> None:
        from flask import request

        seen.append((from_where(), request.is_secure, request.host))

    app.before_request_funcs.setdefault(None, []).insert(0, look)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    app.test_client().get("/static/kelishim.css", headers=sent, environ_base={"REMOTE_ADDR": "127.0.0.1"})
    return seen[0]


FORWARDED = {"X_Forwarded_For": "198.51.100.7", "X_Forwarded_Proto": "https", "X_Forwarded_Host": "law.example"}


def test_what_is_said_to_be_forwarded_is_believed_from_so_many_proxies_alone(tmp_path: Path) -> None:
    nobody = made(tmp_path)
    assert asked(nobody, **FORWARDED) == ("", False, "localhost")
    one = made(tmp_path, proxies=1)
    assert asked(one, **FORWARDED) == ("198.51.100.7", True, "law.example")
    forged = {**FORWARDED, "X_Forwarded_For": "203.0.113.1, 198.51.100.7"}
    assert asked(made(tmp_path, proxies=1), **forged)[0] == "198.51.100.7"
    two = made(tmp_path, proxies=2)
    assert asked(two, X_Forwarded_For="203.0.113.1, 198.51.100.7, 10.0.0.5")[0] == "198.51.100.7"
    assert asked(made(tmp_path, proxies=2), **FORWARDED) == ("", False, "localhost")


def test_tries_to_sign_in_are_counted_by_who_stands_behind_the_proxy(tmp_path: Path) -> None:
    app = made(tmp_path, proxies=1)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))

    def tried(address: str, number: int) -> TestResponse:
        form = {"name": f"nobody-{number}", "password": "wrong words"}
        return app.test_client().post(
            "/sign-in", data=form, headers={"X-Forwarded-For": address}, environ_base={"REMOTE_ADDR": "127.0.0.1"}
        )

    statuses = [tried("198.51.100.7", number).status_code for number in range(51)]
    assert (set(statuses[:50]), statuses[50]) == ({422}, 429)
    assert tried("198.51.100.8", 1).status_code == 422
    with app.app_context():
        db.engine.dispose()


REFUSED = [
    ({}, "Production needs KELISHIM_ADDRESS: https://… as people open Kelishim."),
    ({"public_address": "http://law.example"}, "Production needs KELISHIM_ADDRESS: https://… as people open Kelishim."),
    (
        {"public_address": HTTPS, "secret_key": "k" * 31},
        "SECRET_KEY has fewer than 32 characters. Unset it: Kelishim makes a long one and keeps it.",
    ),
    (
        {"public_address": HTTPS},
        "The database cannot be read, so nobody knows whether the demonstration's password opens it. See that it runs, "
        "and that “flask db upgrade” was done.",
    ),
]


@pytest.mark.parametrize(("settings", "sentence"), REFUSED)
def test_production_is_not_served_where_it_is_unsafe(
    tmp_path: Path, settings: dict[str, object], sentence: str
) -> None:
    with pytest.raises(starting.Unsafe) as stopped:
        starting.check(made(tmp_path, environment="production", **settings))
    assert str(stopped.value) == sentence
    starting.check(made(tmp_path, **settings))


def test_production_is_not_served_in_debug_mode(tmp_path: Path) -> None:
    app = made(tmp_path, environment="production", public_address=HTTPS)
    app.debug = True
    with pytest.raises(starting.Unsafe, match="unset FLASK_DEBUG"):
        starting.check(app)


def test_production_is_not_served_while_the_password_of_the_demonstration_opens_it(
    empty_sqlite: Path, tmp_path: Path
) -> None:
    (tmp_path / "kelishim.sqlite").write_bytes(empty_sqlite.read_bytes())
    app = made(tmp_path, environment="production", public_address=HTTPS)
    starting.check(app)
    demonstrate(made(tmp_path))
    with pytest.raises(starting.Unsafe) as stopped:
        starting.check(app)
    assert str(stopped.value) == (
        "These accounts have the password that the demonstration prints for everybody: ombudsman, interior, civil, "
        "prosecutor, prevention, un, osce, facilitator, administrator, observer. Close them (flask users close NAME) or "
        "give them other passwords (flask users password NAME)."
    )
    run = app.test_cli_runner().invoke
    assert run(args=["users", "password", "civil", "--password", "seven quiet rivers"]).exit_code == 0
    for name in ("ombudsman", "interior", "prosecutor", "prevention", "un", "osce", "administrator", "observer"):
        assert run(args=["users", "close", name]).exit_code == 0
    with pytest.raises(starting.Unsafe, match=r"everybody: facilitator\. Close"):
        starting.check(app)
    assert run(args=["users", "password", "facilitator", "--password", "nine quiet rivers"]).exit_code == 0
    starting.check(app)
    with app.app_context():
        db.engine.dispose()


def test_the_demonstration_is_not_loaded_in_production(tmp_path: Path) -> None:
    result = made(tmp_path, environment="production").test_cli_runner().invoke(args=["demo"])
    assert (result.exit_code, "is not for production" in result.output) == (1, True)


@pytest.mark.parametrize(("command", "expected"), [("users", True), ("db", True), ("run", False), (None, False)])
def test_a_command_is_told_from_a_server(command: str | None, expected: bool) -> None:
    if command is None:
        assert starting.is_command() is expected
        return
    group = FlaskGroup(create_app=lambda: Flask("none"))
    outer = click.Context(group, info_name="flask", obj=ScriptInfo())
    with click.Context(click.Command(command), parent=outer, info_name=command):
        assert starting.is_command() is expected


def test_a_server_ends_with_the_sentence(tmp_path: Path) -> None:
    """The one process of these tests: what a server loads is what refuses."""
    environment = {**os.environ, "KELISHIM_INSTANCE": str(tmp_path), "KELISHIM_ENVIRONMENT": "production"}
    ended = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert (ended.returncode, ended.stderr.strip()) == (
        1, "Production needs KELISHIM_ADDRESS: https://… as people open Kelishim.",
    )  # fmt: skip
