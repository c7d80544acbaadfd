"""/metrics: figures for a monitoring system, of all processes together, and nothing by which to know a person."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.factory import create_app
from app.store.db import db
from app.web import counting
from app.web.counting import Counts
from app.web.request_log import Asked
from config import Config
from tests.product import LAW, Copies, clause_ids, signed_in
from tests.services import at_risk

pytest_plugins = ["tests.demonstration"]
TOKEN = "a token of the tests alone"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}
SAMPLE = re.compile(r'kelishim_\w+(\{(\w+="[^"\\]*",?)+\})? [0-9.e+-]+')


def counted(url: str, instance: Path) -> Flask:
    app = create_app(
        Config(
            database_url=url, secret_key="for tests only", instance_path=instance, testing=True, quick_passwords=True,
            metrics_token=TOKEN,
        )
    )  # fmt: skip
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def app(tmp_path: Path, empty_sqlite: Path) -> Iterator[Flask]:
    shutil.copy(empty_sqlite, tmp_path / "kelishim.sqlite")
    app = counted(f"sqlite:///{tmp_path / 'kelishim.sqlite'}", tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


def figures(client: FlaskClient) -> dict[str, float]:
    answer = client.get("/metrics", headers=SHOWN)
    assert answer.status_code == 200
    samples = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(figure) for name, _, figure in (line.rpartition(" ") for line in samples)}


def ask(client: FlaskClient, address: str, status: int = 200, **form: str) -> None:
    answer = client.post(address, data=form) if form else client.get(address)
    assert (answer.status_code, answer.data is not None) == (status, True)


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": ""}, {"Authorization": TOKEN}, {"Authorization": f"bearer {TOKEN}"},
                {"Authorization": f"Bearer {TOKEN} "}, {"Authorization": "Bearer привет".encode().decode("latin-1")}]
)  # fmt: skip
def test_whoever_does_not_show_the_token_finds_no_page(app: Flask, headers: dict[str, str]) -> None:
    assert app.test_client().get("/metrics", headers=headers).status_code == 404


def test_without_a_token_set_there_is_no_such_page_and_nothing_is_counted(tmp_path: Path) -> None:
    app = create_app(Config(database_url="sqlite://", secret_key="x", instance_path=tmp_path, testing=True))
    for shown in ("Bearer ", "Bearer None", "Bearer x"):
        assert app.test_client().get("/metrics", headers={"Authorization": shown}).status_code == 404
    assert not (tmp_path / "metrics").exists()


def test_every_line_is_one_that_prometheus_reads(app: Flask) -> None:
    client = app.test_client()
    ask(client, "/sign-in")
    answer = client.get("/metrics", headers=SHOWN)
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.text.endswith("\n")
    told = set()
    for line in answer.text.splitlines():
        if comment := re.fullmatch(r"# (HELP|TYPE) (kelishim_\w+) .+", line):
            told.add((comment[1], comment[2]))
            continue
        assert SAMPLE.fullmatch(line), line
        name = re.sub(r"_(bucket|sum|count)$", "", re.split("[{ ]", line)[0])
        assert {("HELP", name), ("TYPE", name)} <= told


def test_requests_are_counted_by_pattern_method_and_kind_of_answer(app: Flask) -> None:
    client = app.test_client()
    ask(client, "/sign-in")
    ask(client, "/sign-in")
    ask(client, "/sign-in", 422, name="nobody", password="nothing")
    ask(client, "/join/a-code-that-is-secret", 404)
    ask(client, "/no/such/page", 404)
    found = figures(client)
    of = 'kelishim_requests_total{route="%s",method="%s",status="%s"}'
    assert [
        found[of % one]
        for one in (
            ("/sign-in", "GET", "2xx"),
            ("/sign-in", "POST", "4xx"),
            ("/join/<token>", "GET", "4xx"),
            ("none", "GET", "4xx"),
        )
    ] == [2, 1, 1, 1]
    assert not any("secret" in name for name in found)


def test_a_histogram_adds_up(app: Flask) -> None:
    client = app.test_client()
    counts: Counts = app.extensions[counting.NAME]
    for seconds in (0.004, 0.01, 0.3, 60.0):
        counts.count(Asked("1", "GET", route="/x", is_withheld=False, status=200), seconds)
    found = figures(client)
    labels = 'route="/x",method="GET",status="2xx"'
    steps = [
        found[f'kelishim_request_duration_seconds_bucket{{{labels},le="{bound}"}}']
        for bound in (0.01, 0.25, 0.5, 10.0, "+Inf")
    ]
    assert steps == [2, 2, 3, 3, 4]
    assert found[f"kelishim_request_duration_seconds_sum{{{labels}}}"] == pytest.approx(60.314)
    assert found[f"kelishim_request_duration_seconds_count{{{labels}}}"] == 4


def test_what_waits_in_the_database_is_told(app: Flask) -> None:
    found = figures(app.test_client())
    assert found["kelishim_database_up"] == 1
    assert found['kelishim_database_bytes{kind="sqlite"}'] > 100_000
    assert found['kelishim_letters{state="waiting"}'] == 0
    assert found['kelishim_export_jobs{state="waiting"}'] == 0
    assert found["kelishim_events"] == 0
    assert any(name.startswith('kelishim_build_info{version="') for name in found)


def test_without_a_database_the_processes_are_told_of_all_the_same(tmp_path: Path) -> None:
    found = figures(counted(f"sqlite:///{tmp_path / 'none' / 'x.sqlite'}", tmp_path).test_client())
    assert found["kelishim_database_up"] == 0
    assert found["kelishim_processes"] == 1
    assert "kelishim_events" not in found


def test_open_streams_are_counted_while_they_are_open(app: Flask) -> None:
    client = app.test_client()
    with counting.open_stream(app), counting.open_stream(app):
        assert figures(client)["kelishim_open_streams"] == 2
    assert figures(client)["kelishim_open_streams"] == 0


def _sibling(folder: Path, process: int) -> None:
    facts: dict[str, Any] = {"requests": [["/x", "GET", "2xx", 1.5, 3, *[0] * 9]], "streams": 7, "memory": 1000}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{process}.json").write_text(json.dumps(facts))


def test_the_counts_of_a_process_that_died_stay_but_not_its_streams(app: Flask, tmp_path: Path) -> None:
    client = app.test_client()
    figures(client)
    (family,) = (tmp_path / "metrics").iterdir()
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    _sibling(family, int(dead.stdout))
    _sibling(family, os.getppid())
    found = figures(client)
    assert found['kelishim_requests_total{route="/x",method="GET",status="2xx"}'] == 6
    assert (found["kelishim_open_streams"], found["kelishim_processes"]) == (7, 2)
    assert found[f'kelishim_memory_bytes{{process="{os.getppid()}"}}'] == 1000


def test_the_counts_of_a_server_that_has_ended_are_put_away(tmp_path: Path) -> None:
    _sibling(tmp_path / "metrics" / f"{os.getppid()}-1", 1)
    _sibling(tmp_path / "metrics" / "999999999-5", 1)
    counted("sqlite://", tmp_path)
    assert list((tmp_path / "metrics").iterdir()) == []


def test_what_a_process_counted_is_there_for_others_soon_without_being_asked(app: Flask, tmp_path: Path) -> None:
    ask(app.test_client(), "/sign-in")
    until = time.monotonic() + 30
    while not list((tmp_path / "metrics").glob(f"*/{os.getpid()}.json")) and time.monotonic() < until:
        time.sleep(0.05)
    (path,) = (tmp_path / "metrics").glob(f"*/{os.getpid()}.json")
    assert path.parent.stat().st_mode & 0o077 == 0 or os.name != "posix"
    assert ["/sign-in", "GET", "2xx"] in [row[:3] for row in json.loads(path.read_text())["requests"]]


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_no_figure_says_when_somebody_contributed_who_is_not_to_be_known(demonstration: Copies, tmp_path: Path) -> None:
    """Reading and writing in a draft of the strict mode are one figure, and its events are in none."""
    with demonstration() as made:
        at_risk.set_up(made)
        app = counted(made.config["SQLALCHEMY_DATABASE_URI"], tmp_path)
        one = at_risk.browser(app, at_risk.ONE)
        before = figures(one)
        ask(one, at_risk.LAW)
        clause = next(iter(clause_ids(app, at_risk.SLUG).values()))
        ask(one, f"{at_risk.LAW}/clauses/{clause}/comments", 303, body="They were beaten.")
        after = figures(one)
        changed = {
            name for name in after
            if after[name] != before.get(name) and not re.search("memory|duration|/metrics|bytes", name)
        }  # fmt: skip
        assert changed == {'kelishim_requests_total{route="withheld",method="",status=""}'}
        named = signed_in(app, "civil")
        ask(named, f"{LAW}/amendments/1")
        assert (
            'kelishim_requests_total{route="/drafts/<slug>/amendments/<int:number>",method="GET",status="2xx"}'
            in figures(named)
        )
        with app.app_context():
            db.engine.dispose()
