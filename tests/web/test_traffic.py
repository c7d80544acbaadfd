"""Who sends or searches more than one person does by hand waits; nobody else does, and nothing typed is lost."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.services import limiting
from app.services.limiting import Kind, TooMuchAtOnce
from app.store.traffic import Counts, Uncounted
from app.web import traffic
from tests.product import LAW, Copies, clause_ids, shown, signed_in, stored

pytest_plugins = ["tests.demonstration"]
MOMENT = 6_000_000.0


@pytest.fixture
def counts(tmp_path: Path) -> Counts:
    return Counts(tmp_path / "traffic.sqlite")


def times(counts: Counts, kind: Kind, number: int, moment: float = MOMENT, **who: object) -> None:
    asked = {"person": None, "address": "198.51.100.7", **who}
    for _ in range(number):
        limiting.count(counts, kind=kind, secret="s", moment=moment, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "who", "most", "sentence"),
    [
        (Kind.SEARCHING, {"person": 1}, 60, "These were more than 60 searches in a minute. Wait 60 seconds."),
        (Kind.WRITING, {"person": 1}, 120, "These were more than 120 forms in a minute. Wait 60 seconds."),
        (Kind.TYPING, {"person": 1}, 240, "These were more than 240 forms in a minute. Wait 60 seconds."),
        (Kind.SEARCHING, {}, 600, "These were more than 600 searches in a minute. Wait 60 seconds."),
        (Kind.WRITING, {}, 600, "These were more than 600 forms in a minute. Wait 60 seconds."),
    ],
)
def test_so_many_are_taken_in_a_minute(
    counts: Counts, kind: Kind, who: dict[str, object], most: int, sentence: str
) -> None:
    times(counts, kind, most, **who)
    with pytest.raises(TooMuchAtOnce) as refused:
        times(counts, kind, 1, **who)
    assert (str(refused.value), refused.value.seconds) == (sentence, 60)
    times(counts, kind, 1, person=2)
    times(counts, kind, 1, address="198.51.100.8")
    times(counts, kind, 1, MOMENT + 60, **who)


def test_forty_people_behind_one_address_are_forty(counts: Counts) -> None:
    for person in range(40):
        times(counts, Kind.WRITING, 20, person=person)


def test_nobody_known_is_not_counted(counts: Counts) -> None:
    times(counts, Kind.SEARCHING, 700, address="")


def test_processes_count_together_and_forget_what_is_over(tmp_path: Path) -> None:
    path = tmp_path / "traffic.sqlite"
    one, other = Counts(path), Counts(path)
    assert [side.add(("writing", "by", "1"), "s", MOMENT) for side in (one, other, one)] == [1, 2, 3]
    [(key, minute, found)] = rows(path)
    assert (len(key), minute, found, key in path.read_bytes()) == (16, 100_000, 3, True)
    other.forget(MOMENT + 60)
    assert (rows(path), key in path.read_bytes()) == ([], False)
    assert one.add(("writing", "by", "1"), "s", MOMENT) == 1


def rows(path: Path) -> list[tuple[bytes, int, int]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT key, minute, found FROM counts").fetchall()


def test_a_file_that_cannot_be_used_is_said_so_and_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "traffic.sqlite"
    path.write_bytes(b"no database at all" * 100)
    broken = Counts(path)
    with pytest.raises(Uncounted):
        broken.add(("writing",), "s", MOMENT)
    assert broken.add(("writing",), "s", MOMENT) == 1
    with pytest.raises(Uncounted):
        Counts(tmp_path / "no-such-folder" / "x").add(("writing",), "s", MOMENT)


@pytest.fixture(scope="module")
def running(demonstration: Copies) -> Iterator[Flask]:
    with demonstration() as app:
        app.config["LIMITS_TRAFFIC"] = True
        yield app
        app.config["LIMITS_TRAFFIC"] = False


@pytest.fixture(scope="module")
def civil(running: Flask) -> FlaskClient:
    return signed_in(running, "civil")


def worn_out(app: Flask, kind: str, name: str, most: int) -> None:
    """This person has done all that one may in this minute, which lasts long enough for what comes next."""
    if 60 - time.time() % 60 < 5:
        time.sleep(6)
    for _ in range(most):
        app.extensions[traffic.COUNTS].add((kind, "by", name), app.config["SECRET_KEY"], time.time())


def person(client: FlaskClient, app: Flask) -> str:
    from app.store.db import db
    from app.store.users import by_name

    with app.app_context():
        found = by_name(db.session(), "civil")
        assert found is not None
        return str(found.id)


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
class TestPages:
    def test_what_was_written_too_often_comes_back_to_be_sent_again(self, running: Flask, civil: FlaskClient) -> None:
        worn_out(running, "writing", person(civil, running), 120)
        before = stored(running)
        path = f"{LAW}/clauses/{clause_ids(running)['art_13__para_1']}/comments"
        form = {"body": "A remark that took long."}
        answer = civil.post(path, data=form)
        refused(answer, "These were more than 120 forms in a minute.")
        assert f'action="{path}"' in answer.text
        assert 'name="body" value="A remark that took long."' in answer.text
        again = civil.post(path, data=form, headers={"X-Fragment": "1"})
        assert (again.status_code, "A remark that took long." in again.text) == (429, True)
        assert stored(running) == before
        assert signed_in(running, "interior").post(path, data=form).status_code == 303

    def test_what_was_searched_too_often_stands_below(self, running: Flask, civil: FlaskClient) -> None:
        worn_out(running, "searching", person(civil, running), 60)
        answer = civil.get(f"{LAW}/search?q=torture+of+persons")
        refused(answer, "These were more than 60 searches in a minute.")
        assert "torture of persons" in answer.text
        assert civil.get(LAW).status_code == 200

    def test_a_file_that_cannot_be_written_stands_in_nobodys_way(
        self, running: Flask, civil: FlaskClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        kept = running.extensions[traffic.COUNTS]
        running.extensions[traffic.COUNTS] = Counts(tmp_path / "no-such-folder" / "x")
        assert [civil.get("/search?q=law").status_code for _ in range(2)] == [200, 200]
        running.extensions[traffic.COUNTS] = kept
        said = [record.getMessage() for record in caplog.records if record.name == "app.web.traffic"]
        assert said == ["Requests are not limited: traffic.sqlite cannot be used (unable to open database file)."]


def refused(answer: TestResponse, sentence: str) -> None:
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert sentence in shown(answer)
