"""A backup made of either database, also while people write, restores on either, row by row; one that is not whole, or
that is for another place, changes nothing."""

import hashlib
import io
import json
import shutil
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import inspect, select, text

from app.cli.migrating import Migrated
from app.domain.backups import BrokenBackup, Manifest
from app.domain.errors import Refusal
from app.services import backing_up, discussing, restoring, verifying
from app.services.restoring import Restored, Wishes
from app.store import jobs, letters
from app.store.db import Base, db
from app.store.letters import Letter
from app.store.memberships import find_draft
from config import ROOT
from tests.conftest import COUNTER, _command, _database, application
from tests.product import LAW, SLUG, Copies, chain, clause_ids, shown, signed_in, stored, user_id

pytest_plugins = ["tests.demonstration"]
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
EARLIER = "2026_11_28_9_add_people"
one_database = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Made:
    """A backup of the demonstration, with everything that the program reads in its database."""

    path: Path
    rows: Rows


def back_up(app: Flask, path: Path, **wishes: Any) -> backing_up.BackedUp:
    given = {"secret_key": None, "force": False, "now": NOW, "instance": path.parent} | wishes
    with app.app_context():
        return backing_up.back_up(db.session(), path=path, **given)


def restore(app: Flask, path: Path, **wishes: bool) -> Restored:
    with app.app_context():
        done = restoring.restore(
            db.session(), path=path, migrations=Migrated(app), wishes=Wishes(**wishes), now=NOW
        )  # fmt: skip
        db.session.remove()
        return done


def rows(app: Flask) -> Rows:
    """Every row as the program reads it, which is the same on both databases."""
    with app.app_context():
        found = {}
        for table in Base.metadata.sorted_tables:
            result = db.session.execute(select(table)).all()
            found[table.name] = sorted(map(tuple, result), key=repr)
        db.session.rollback()
        return found


@pytest.fixture(scope="module")
def made(demonstration: Copies, tmp_path_factory: pytest.TempPathFactory) -> Made:
    path = tmp_path_factory.mktemp("backup") / "demonstration.zip"
    with demonstration() as app:
        assert app.test_cli_runner().invoke(args=["demo", "--agreement"]).exit_code == 0
        with app.app_context():
            letters.put(db.session(), Letter("digest", "a@example.org", "News", "Read this."), NOW)
            draft = find_draft(db.session(), SLUG)
            jobs.add(db.session(), draft, user_id(app, "interior"), "pdf", {"version": 1}, NOW)
            db.session.commit()
        back_up(app, path)
        return Made(path, rows(app))


@pytest.fixture
def restored(app: Flask, made: Made) -> Flask:
    restore(app, made.path, keep_letters=True)
    return app


def test_every_row_is_the_same_on_either_database_and_the_installation_works_on(restored: Flask, made: Made) -> None:
    now = rows(restored)
    assert {name for name in now if now[name] != made.rows[name]} == {"export_jobs"}, "which were open"
    with restored.app_context():
        assert verifying.verify(db.session(), slug=SLUG).holds
    client = signed_in(restored, "interior")
    found = shown(client.get("/search?q=detention"))
    assert LAW in found and "<mark" in found
    before = len(chain(restored))
    comment(restored, "interior", "It goes on.")
    assert len(chain(restored)) == before + 1
    assert LAW in shown(client.get("/search?q=goes"))
    with restored.app_context():
        assert verifying.verify(db.session(), slug=SLUG).holds


def comment(app: Flask, name: str, body: str) -> int:
    clause, author = clause_ids(app)["art_1"], user_id(app, name)
    with app.app_context():
        try:
            return discussing.comment_on_clause(
                db.session(), slug=SLUG, clause_id=clause, user_id=author, kind="comment", body=body, quote="",
                reply_to=None, now=datetime.now(UTC),
            )  # fmt: skip
        finally:
            db.session.remove()


@one_database
@on_sqlite
def test_the_same_database_gives_the_same_bytes_and_no_member_says_when_it_was_written(
    restored: Flask, tmp_path: Path
) -> None:
    one, other = back_up(restored, tmp_path / "one.zip"), back_up(restored, tmp_path / "other.zip")
    assert one == other
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert all(name.startswith("tables/") for name in archive.namelist()[:-1])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_shows_one_moment_while_people_write(demonstrated: Flask, app: Flask, tmp_path: Path) -> None:
    stop, begun = threading.Event(), threading.Event()
    written: list[int] = []

    def write() -> None:
        while not stop.is_set():
            written.append(comment(demonstrated, "interior", f"One more: {len(written)}."))
            begun.set()

    before = len(chain(demonstrated))
    writers = [threading.Thread(target=write) for _ in range(3)]
    for one in writers:
        one.start()
    try:
        assert begun.wait(20)
        done = back_up(demonstrated, tmp_path / "while.zip")
    finally:
        stop.set()
        for one in writers:
            one.join()
    whole = chain(demonstrated)
    restore(app, tmp_path / "while.zip")
    kept = chain(app)
    assert before < len(kept) < len(whole)
    assert [event.hash for event in kept] == [event.hash for event in whole[: len(kept)]]
    assert next(end.hash for end in done.manifest.records if end.draft == SLUG) == kept[-1].hash
    with app.app_context():
        assert verifying.verify(db.session(), slug=SLUG).holds


def altered(
    path: Path, to: Path, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None
) -> Path:
    """A copy whose members were changed (None: left out), and to which others were added."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (data := change(name, old.read(name))) is not None:
                new.writestr(name, data)
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return to


def same(_name: str, data: bytes) -> bytes:
    return data


def with_manifest(change: Callable[[dict[str, Any]], None]) -> Callable[[str, bytes], bytes]:
    def changed(name: str, data: bytes) -> bytes:
        if name != "manifest.json":
            return data
        said = json.loads(data)
        change(said)
        return json.dumps(said).encode()

    return changed


def table_of(said: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in said["tables"] if one["name"] == name)


def rewritten(name: str, old: bytes, new: bytes) -> Callable[[Path, Path], Path]:
    """The rows of a table altered by somebody who also put the sums of the manifest right."""

    def make(path: Path, to: Path) -> Path:
        with zipfile.ZipFile(path) as archive:
            data = archive.read(f"tables/{name}.jsonl")
        assert old in data
        changed = data.replace(old, new, 1)

        def sums(said: dict[str, Any]) -> None:
            table_of(said, name).update(bytes=len(changed), sha256=hashlib.sha256(changed).hexdigest())

        put = with_manifest(sums)
        return altered(path, to, lambda one, kept: changed if one == f"tables/{name}.jsonl" else put(one, kept))

    return make


def add_table(said: dict[str, Any]) -> None:
    said["tables"].append({"name": "wishes", "columns": [["id", "integer"]], "rows": 0, "bytes": 0, "sha256": EMPTY})


def add_column(said: dict[str, Any]) -> None:
    table_of(said, "users")["columns"].append(["wish", "text"])


def count_more(said: dict[str, Any]) -> None:
    table_of(said, "users")["rows"] += 1


def be_newer(said: dict[str, Any]) -> None:
    said["revision"] = "2031_01_01_add_wishes"


def be_later(said: dict[str, Any]) -> None:
    said["kelishim_backup"] = 2


EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
BROKEN: dict[str, tuple[Callable[[Path, Path], Any], str]] = {
    "no ZIP": (lambda path, to: to.write_bytes(b"SQLite format 3"), "it is no ZIP file"),
    "cut": (lambda path, to: to.write_bytes(path.read_bytes()[:-2000]), "its end is missing"),
    "another ZIP": (lambda path, to: altered(path, to, lambda *_: None, {"a.txt": b"a"}), "it is no backup of Kelishim"),
    "another manifest": (
        lambda path, to: altered(path, to, lambda *_: None, {"manifest.json": b"[1]"}), "it is no backup of Kelishim",
    ),
    "no manifest": (
        lambda path, to: altered(path, to, lambda *_: None, {"manifest.json": b'{"kelishim_backup": 1, "tables": 3}'}),
        "its manifest is not one of Kelishim",
    ),
    "a member less": (
        lambda path, to: altered(path, to, lambda name, data: None if "users" in name else data), "“tables/users.jsonl” is missing",
    ),
    "a path": (
        lambda path, to: altered(path, to, same, {"../../etc/cron.d/x": b"x"}), "a member “../../etc/cron.d/x”",
    ),
    "rows of others": (
        lambda path, to: altered(path, to, lambda name, data: data[: len(data) // 2] if "users" in name else data),
        "“tables/users.jsonl” is not what was written",
    ),
    "a bomb": (
        lambda path, to: altered(path, to, lambda name, data: b" " * 2**25 if "users" in name else data),
        "“tables/users.jsonl” would unpack to 32 MB",
    ),
    "a table more": (
        lambda path, to: altered(path, to, with_manifest(add_table), {"tables/wishes.jsonl": b""}), "a table “wishes”",
    ),
    "a column more": (lambda path, to: altered(path, to, with_manifest(add_column)), "the columns of “users” are others"),
    "a wrong count": (lambda path, to: altered(path, to, with_manifest(count_more)), "“tables/users.jsonl” is not what"),
    "from the future": (lambda path, to: altered(path, to, with_manifest(be_newer)), "A newer Kelishim made this backup"),
    "a later form": (lambda path, to: altered(path, to, with_manifest(be_later)), "a newer Kelishim wrote it"),
    "a lie in a clause": (rewritten("clause_texts", b"detention", b"retention"), "The record of"),
    "a lie in an event": (rewritten("events", b"version_imported", b"version_issued"), "The chain breaks at event"),
    "a wrong kind": (rewritten("drafts", b'"named"', b"12345.7"), "has a value that does not fit its column"),
    "an unknown word": (rewritten("users", b'"person"', b'"wizard"'), "does not take the rows of “users”"),
    "no JSON": (rewritten("users", b"[", b"{"), "has a row that is none"),
}  # fmt: skip


@pytest.fixture(scope="module")
def one_made(made: Made) -> Made:
    return made


@one_database
@on_sqlite
def test_a_file_that_is_not_what_was_written_is_refused_and_nothing_is_changed(
    app: Flask, one_made: Made, tmp_path: Path
) -> None:
    before = stored(app)
    for name, (make, sentence) in BROKEN.items():
        broken = tmp_path / f"{name}.zip"
        make(one_made.path, broken)
        with pytest.raises(Refusal) as refused:
            restore(app, broken)
        assert sentence in str(refused.value), name
        assert "Nothing was changed" in str(refused.value), name
    assert stored(app) == before


@one_database
@on_sqlite
def test_one_byte_in_any_member_is_seen(app: Flask, one_made: Made, tmp_path: Path) -> None:
    whole = one_made.path.read_bytes()
    with zipfile.ZipFile(one_made.path) as archive:
        members = [(info.header_offset, info.filename, info.compress_size) for info in archive.infolist()]
    for offset, name, size in members:
        at = offset + 30 + len(name) + size // 2 + 20
        broken = bytearray(whole)
        broken[at] ^= 1
        (tmp_path / "broken.zip").write_bytes(broken)
        with pytest.raises(BrokenBackup):
            restore(app, tmp_path / "broken.zip")
    assert sum(count for count, _ in stored(app).values()) == 0


@one_database
def test_over_what_is_there_it_restores_only_where_that_is_wanted(restored: Flask, made: Made) -> None:
    comment(restored, "interior", "This goes with what is replaced.")
    with pytest.raises(restoring.NotEmpty) as refused:
        restore(restored, made.path)
    assert "it holds 3 drafts" in str(refused.value) and "--replace" in str(refused.value)
    done = restore(restored, made.path, replace=True)
    assert (done.letters, done.jobs) == (1, 1)
    now = rows(restored)
    assert {name for name in now if now[name] != made.rows[name]} == {"export_jobs", "letters"}
    assert "given_up" in repr(now["letters"]) and "a@example.org" not in repr(now["letters"])
    assert signed_in(restored, "interior").get("/search?q=replaced").text.count("<mark") == 0


@pytest.fixture(params=["sqlite", "postgresql"])
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A database as an earlier release had it, with two people."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_sqlite"), tmp_path / "earlier.sqlite")
        url = f"sqlite:///{tmp_path / 'earlier.sqlite'}"
    else:
        server, name = request.getfixturevalue("postgresql"), f"earlier_{next(COUNTER)}"
        _command(server, f"CREATE DATABASE {name} TEMPLATE empty STRATEGY FILE_COPY")
        url = _database(server, name)
    app = application(url, tmp_path)
    with app.app_context():
        downgrade(directory=str(ROOT / "migrations"), revision=EARLIER)
        columns = {one["name"] for one in inspect(db.engine).get_columns("resolutions")}
        assert "last_comment" not in columns
        db.session.execute(text(
            "INSERT INTO institutions (id, code, kind, successor_id) VALUES (1, 'OLD', 'state', NULL), (2, 'NEW', 'state', NULL)"
        ))  # fmt: skip
        db.session.execute(text("UPDATE institutions SET successor_id = 2 WHERE id = 1"))
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


def test_a_backup_of_an_earlier_release_is_brought_up_to_date(earlier: Flask, app: Flask, tmp_path: Path) -> None:
    done = back_up(earlier, tmp_path / "earlier.zip")
    assert done.manifest.revision == EARLIER
    restore(app, tmp_path / "earlier.zip")
    with app.app_context():
        assert db.session.execute(text("SELECT version_num FROM alembic_version")).scalar() == Migrated(app).latest
        found = db.session.execute(text("SELECT code, successor_id FROM institutions ORDER BY id")).all()
        assert [tuple(row) for row in found] == [("OLD", 2), ("NEW", None)]
        assert "last_comment" in {one["name"] for one in inspect(db.engine).get_columns("resolutions")}


@on_sqlite
def test_the_file_is_its_owners_and_takes_nobody_elses_place(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "own.zip"
    back_up(app, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(backing_up.FileThere):
        back_up(app, path)
    back_up(app, path, force=True)
    with pytest.raises(backing_up.NoPlace) as refused:
        back_up(app, tmp_path / "nowhere" / "own.zip", instance=tmp_path)
    assert "No such file or directory" in str(refused.value)
    assert not list(tmp_path.glob("*.partial"))


@on_sqlite
def test_when_the_last_one_was_made_is_known_and_a_week_later_it_is_old(app: Flask, tmp_path: Path) -> None:
    assert backing_up.standing(tmp_path, NOW) == backing_up.BackupPage(None, 0, is_old=True)
    done = back_up(app, tmp_path / "own.zip")
    week = NOW + timedelta(days=7)
    assert backing_up.standing(tmp_path, week) == backing_up.BackupPage(NOW, done.bytes, is_old=False)
    assert backing_up.standing(tmp_path, week + timedelta(seconds=1)).is_old


@on_sqlite
def test_the_secret_key_is_in_it_only_where_that_was_said(app: Flask, tmp_path: Path) -> None:
    back_up(app, tmp_path / "without.zip")
    back_up(app, tmp_path / "with.zip", secret_key="a key of many letters")
    assert not backing_up.check(tmp_path / "without.zip").manifest.secret_key
    assert restore(app, tmp_path / "with.zip").secret_key == "a key of many letters"
    assert b"a key of" not in io.BytesIO((tmp_path / "without.zip").read_bytes()).read()


def test_a_manifest_is_what_was_written() -> None:
    manifest = Manifest(revision="r", program="p", made_at=NOW, tables=(), records=(), texts=(), secret_key=True)
    assert Manifest.of(manifest.written()) == manifest
