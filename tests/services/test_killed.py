"""A server killed at any moment of consolidating leaves the old version or the new one, whole, and its record intact.

Here a few kills; `python -m tests.killing` kills until 200 consolidations were made.
"""

import json
import subprocess
import sys

from flask import Flask
from sqlalchemy import select, update

from app.store.amendments import AmendmentRow
from app.store.db import db
from app.store.drafts import Version, VersionText
from config import ROOT
from tests.killing import wrong_in
from tests.services.deeds import issue

pytest_plugins = ["tests.demonstration"]


def test_a_killed_consolidation_leaves_the_old_version_or_the_new_one_and_nothing_between(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
        db.engine.dispose()
    command = [sys.executable, "-m", "tests.killing", "--url", url, "--kills", "8", "--seed", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["wrong"] == []
    assert report["kills"] >= 8
    assert report["inside"] > 0, "no kill fell inside a transaction: nothing was tried"
    assert report["versions"] > 0


def test_what_is_not_whole_would_be_seen(demonstrated: Flask) -> None:
    issue(demonstrated, "facilitator", 15)
    with demonstrated.app_context():
        session = db.session
        assert wrong_in(session) == []
        changes = {
            "amendment: A15 is taken_up, not adopted": update(AmendmentRow)
            .where(AmendmentRow.number == 15)
            .values(state="taken_up"),
            "amendment: A1 stayed behind": update(AmendmentRow).where(AmendmentRow.number == 1).values(base_version=1),
            "text: version 2 is not what it says it is": update(VersionText)
            .where(VersionText.version_id.in_(select(Version.id).where(Version.number == 2)))
            .values(byte_count=1),
        }
        for said, change in changes.items():
            session.rollback()
            session.execute(change)
            assert said in wrong_in(session)
        session.rollback()
