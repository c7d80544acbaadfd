"""An administrator takes a backup from the page once they have said that it is they; others have no such page."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.services import backing_up
from tests.product import shown, signed_in

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
PASSWORD = "kelishim-demo"


def test_it_is_taken_after_the_password_and_is_whole(demonstrated: Flask, tmp_path: Path) -> None:
    demonstrated.instance_path = str(tmp_path)
    client = signed_in(demonstrated, "facilitator")
    assert "No backup was ever made here." in shown(client.get("/administration"))
    wrong = client.post("/administration/backup", data={"password": "guess"})
    assert wrong.status_code == 422
    assert "This is neither your password nor a code of yours." in shown(wrong)
    taken = client.post("/administration/backup", data={"password": PASSWORD})
    assert taken.mimetype == "application/zip"
    assert taken.headers["Cache-Control"] == "no-store"
    (tmp_path / "taken.zip").write_bytes(taken.data)
    assert not backing_up.check(tmp_path / "taken.zip").manifest.secret_key
    assert sorted(one.name for one in tmp_path.iterdir()) == ["last_backup", "taken.zip"]
    page = shown(client.get("/administration/backup"))
    assert "The last backup was made" in page
    assert 'name="password"' not in page, "for ten minutes it is not asked again"
    assert "No backup" not in shown(client.get("/administration"))


def test_a_week_later_the_front_page_warns(demonstrated: Flask, tmp_path: Path) -> None:
    demonstrated.instance_path = str(tmp_path)
    made = datetime.now(UTC) - timedelta(days=8)
    (tmp_path / "last_backup").write_text(f'{{"made_at": "{made.isoformat()}", "bytes": 5}}')
    client = signed_in(demonstrated, "facilitator")
    assert "The last backup is more than a week old." in shown(client.get("/administration"))
    assert "That is more than a week ago." in shown(client.get("/administration/backup"))
    assert signed_in(demonstrated, "interior").post("/administration/backup").status_code == 404
