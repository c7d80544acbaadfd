"""The first run of an installation: its first administrator."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.services import first_run
from app.store.db import db
from app.store.sign_ins import SignIn
from app.store.users import User
from tests.conftest import application
from tests.services.invited_people import PASSWORD


@pytest.fixture
def empty(empty_sqlite: Path, tmp_path: Path) -> Iterator[Flask]:
    shutil.copy(empty_sqlite, tmp_path / "kelishim.sqlite")
    app = application(f"sqlite:///{tmp_path / 'kelishim.sqlite'}", tmp_path)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_first_administrator_is_made_once_by_whoever_knows_the_code(empty: Flask, tmp_path: Path) -> None:
    reader, typed = (
        empty.test_client(),
        {"name": "boss", "full_name": "Bolot Boss", "password": PASSWORD, "language": "ru"},
    )
    assert reader.get("/").location == "/first-run"
    assert reader.get("/first-run").status_code == 200
    printed = empty.test_cli_runner().invoke(args=["first-run"])
    code = first_run.code(tmp_path)
    assert printed.output.strip() == code
    assert (tmp_path / "first_run_code").stat().st_mode & 0o777 == 0o600
    assert code not in reader.get("/first-run").text
    for wrong, sentence in (
        ({"code": "AAAA-BBBB-CCCC"}, "This is not the code that the server printed"),
        ({"full_name": " "}, "Write your name"),
        ({"full_name": "N" * 300}, "A name has at most 200 characters."),
        ({"name": "a@b"}, "no @ among them"),
        ({"password": "short"}, "at least 10 characters"),
    ):
        refused = reader.post("/first-run", data={**typed, "language": "en", "code": code, **wrong})
        assert refused.status_code == 422
        assert sentence in refused.text
        assert PASSWORD not in refused.text
    made = reader.post("/first-run", data={**typed, "code": code.lower().replace("-", "")})
    assert made.status_code == 303
    with empty.app_context():
        user = db.session.scalars(select(User)).one()
        assert (user.name, user.is_administrator, user.language) == ("boss", True, "ru")
        db.session.execute(db.delete(SignIn))
        db.session.execute(db.delete(User))
        db.session.commit()
    reader = empty.test_client()
    assert reader.get("/first-run").status_code == 404
    assert reader.post("/first-run", data={**typed, "code": code}).status_code == 404
    assert reader.get("/").status_code == 200
    assert not (tmp_path / "first_run_code").exists()
    assert empty.test_cli_runner().invoke(args=["first-run"]).exit_code == 1
