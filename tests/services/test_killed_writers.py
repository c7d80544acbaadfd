"""Servers killed while ten people write: nothing acknowledged is lost, nothing is half stored, the record verifies.

Here some writes; `python -m tests.killed_writers [--postgresql]` makes 500 and kills ten times.
"""

from pathlib import Path

from flask import Flask
from sqlalchemy import update

from app.store.comments import Comment
from app.store.db import db
from tests.killed_writers import ACKNOWLEDGED, Report, Write, Writer, _judge, kill_often

pytest_plugins = ["tests.demonstration"]


def test_nothing_acknowledged_is_lost_and_nothing_half_stored_when_servers_are_killed(
    demonstrated: Flask, tmp_path: Path
) -> None:
    report = kill_often(demonstrated, tmp_path, writes=60, kills=2, seed=1, workers=1)
    assert report.wrong == []
    assert report.kills >= 2
    assert report.writes >= 60
    assert report.acknowledged >= 30, report
    assert report.unknown > 0, "no kill fell between a form and its answer: nothing was tried"


def test_what_is_lost_or_doubled_would_be_seen(demonstrated: Flask) -> None:
    writer = Writer(0, "civil", "", [], 1)
    writer.writes = [Write("comment", "w0-0-comment.", ACKNOWLEDGED)]
    with demonstrated.app_context():
        report = Report()
        _judge(db.session, [writer], report)
        assert report.wrong == ["comment w0-0-comment. was acknowledged and is stored 0 times"]
        db.session.execute(update(Comment).where(Comment.id.in_((1, 2))).values(body="w0-0-comment. w0-1-comment."))
        report = Report()
        _judge(db.session, [writer], report)
        assert report.wrong[:2] == [
            "comment w0-0-comment. was acknowledged and is stored 2 times",
            "w0-1-comment. is stored and was never sent",
        ]
        assert len(report.wrong) > 2, "altered rows break the record"
        db.session.rollback()
