"""The board of agreement: twelve institutions that have all spoken of every article of the Code civil."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask_migrate import upgrade

from app.store.db import db
from config import ROOT
from tests.bench.measuring import Row, together
from tests.bench.overview import opened
from tests.conftest import application, sign_in
from tests.large_board import SLUG, make, speak
from tests.statements import statements

TO_REACH = 5
PAGES = (("the board", "/board"), ("what holds it up", "/board/blocking"), ("over time", "/board/progress"))


def rows() -> Iterator[Row]:
    """Each page against the reading view of the same law, which asks the same of agreement and shows a mark of it."""
    with tempfile.TemporaryDirectory() as folder:
        app = application(f"sqlite:///{folder}/bench.sqlite", Path(folder))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
        make(app)
        speak(app)
        client = app.test_client()
        sign_in(client, "somebody")
        for name, at in PAGES:
            with statements(app) as asked:
                answer = client.get(f"/drafts/{SLUG}{at}", headers={"Accept-Encoding": "gzip"})
            packed = len(answer.data)
            seconds, reading = together(opened(client, at), opened(client, ""))
            note = f"{len(asked)} statements, {packed / 1000:.0f} KB packed"
            yield Row(f"12 institutions × the Code civil: {name}", seconds, "its reading view", reading, TO_REACH, note)
        with app.app_context():
            db.engine.dispose()
