"""A checkpoint is kept outside, and tells later whether what was recorded until then was altered."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import update

from app.store.db import db
from app.store.events import Event
from tests.product import LAW, SLUG, Copies, shown, signed_in

pytest_plugins = ["tests.demonstration"]
PAGE = f"{LAW}/activity/checkpoint"


@pytest.fixture(scope="module")
def kept(demonstration: Copies) -> Iterator[tuple[Flask, str]]:
    """The demonstration and the checkpoint that an observer took home."""
    with demonstration() as app:
        yield app, signed_in(app, "observer").get(f"{PAGE}.txt").text


def alter(app: Flask, number: int, kind: str) -> str:
    """Another kind for an event; the one it had."""
    with app.app_context():
        row = db.session.query(Event).filter_by(number=number, draft_id=1).one()
        had = row.kind
        db.session.execute(update(Event).where(Event.id == row.id).values(kind=kind))
        db.session.commit()
        return had


def test_a_checkpoint_names_the_last_event_and_every_text(kept: tuple[Flask, str]) -> None:
    _, text = kept
    lines = text.splitlines()
    assert lines[0] == "Checkpoint of the record of a draft law"
    assert [line.split(":")[0] for line in lines[1:]] == ["draft", "event", "hash", "version 1", "made"]
    assert lines[1] == f"draft: {SLUG}"
    assert len(lines[3].removeprefix("hash: ").split()) == 8


def test_the_page_says_whether_what_was_kept_is_still_so(kept: tuple[Flask, str]) -> None:
    app, text = kept
    client = signed_in(app, "observer")
    answer = client.post(PAGE, data={"checkpoint": text.upper().replace("DRAFT", "draft").replace("EVENT", "event")})
    assert answer.status_code == 422, "the name of a draft is not written in capitals"
    answer = client.post(PAGE, data={"checkpoint": text})
    assert answer.status_code == 303
    assert "is the one in the checkpoint, and so is everything before it" in shown(client.get(answer.location))
    other = client.post(PAGE, data={"checkpoint": f"event 3 {'0' * 64}"})
    assert "Event 3 is not the one in the checkpoint" in shown(client.get(other.location))
    beyond = client.post(PAGE, data={"checkpoint": f"event: 9999\nhash: {'0' * 64}"})
    assert "The record has no event 9999" in shown(client.get(beyond.location))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "This is no checkpoint"),
        ("event: 3", "This is no checkpoint"),
        ("0" * 64, "This is no checkpoint"),
        (f"event: 99999999999\nhash: {'0' * 64}", "This is no checkpoint"),
        (f"event: 999999999\nhash: {'0' * 63}\0", "This is no checkpoint"),
        (f"draft: another\nevent: 3\nhash: {'0' * 64}", "This checkpoint is of another draft: another."),
        ("<script>" * 30_000, "This is no checkpoint"),
    ],
)
def test_what_is_no_checkpoint_of_this_draft_is_refused_and_comes_back(
    kept: tuple[Flask, str], typed: str, said: str
) -> None:
    answer = signed_in(kept[0], "observer").post(PAGE, data={"checkpoint": typed})
    assert answer.status_code == 422
    assert said in shown(answer)
    assert typed.replace("\0", "")[:50] in shown(answer)


def test_a_managing_member_verifies_everything_and_reads_what_does_not_hold(kept: tuple[Flask, str]) -> None:
    app, _ = kept
    client = signed_in(app, "facilitator")
    assert "The record holds:" in shown(client.post(f"{LAW}/activity/verify"))
    had = alter(app, 4, "comment_made")
    try:
        page = shown(client.post(f"{LAW}/activity/verify"))
    finally:
        alter(app, 4, had)
    assert "The record does not hold." in page
    assert "The chain breaks at event 4: it was altered" in page


def test_commands_make_a_checkpoint_and_check_it(kept: tuple[Flask, str]) -> None:
    app, text = kept
    runner = app.test_cli_runner()
    made = runner.invoke(args=["record", "checkpoint", SLUG])
    assert made.output.splitlines()[:4] == text.splitlines()[:4]
    good = runner.invoke(args=["record", "check", "-"], input=text)
    assert (good.exit_code, good.output.splitlines()[1]) == (0, "  The record holds.")
    wrong = runner.invoke(args=["record", "check", "-"], input=text.replace("event: ", "event: 1"))
    assert wrong.exit_code == 1
    assert "is not the one in the checkpoint: the record was altered." in wrong.output
    nothing = runner.invoke(args=["record", "check", "-"], input="nothing")
    assert (nothing.exit_code, nothing.output[:28]) == (1, "Error: This is no checkpoint")
