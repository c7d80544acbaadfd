"""Backups, for administrators of the installation: when the last one was made, and one made now to take away."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.errors import Refusal
from app.services import backing_up, proving
from app.services.administering import check_administrator
from app.services.backing_up import BackupPage
from app.web import proof
from app.web.context import database, hashing, here_and_now, now, secret, user_id
from app.web.downloads import disposition
from app.web.errors import again_after, status_of
from app.web.refusals import sentence

pages = Blueprint("backups", __name__)
PIECE = 256 * 1024


def standing() -> BackupPage:
    """What is known of the last backup; for the front page of administration too."""
    return backing_up.standing(instance(), now())


def instance() -> Path:
    return Path(current_app.instance_path)


@pages.get("/administration/backup")
def index() -> ResponseReturnValue:
    return _shown("")


@pages.post("/administration/backup")
def take() -> ResponseReturnValue:
    """The file, once whoever asks has said that it is they: everything that anybody ever wrote here is in it."""
    check_administrator(database(), user_id())
    try:
        _prove()
        done, file = backing_up.take(database(), instance=instance(), user_id=user_id(), now=now())
    except Refusal as refusal:
        database().rollback()
        return _shown(sentence(refusal)), status_of(refusal), again_after(refusal)
    name = f"kelishim-{here_and_now():%Y-%m-%d-%H%M}.backup.zip"
    response = Response(_pieces(file), mimetype="application/zip")
    response.call_on_close(file.close)
    response.content_length = done.bytes
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _prove() -> None:
    person = proof.own()
    if proof.is_given(person):
        return
    proving.prove(
        database(), user_id=person, typed=request.form.get("password", ""), hashing=hashing(), secret=secret(),
        now=here_and_now(),
    )  # fmt: skip
    proof.give(person, here_and_now())


def _shown(refused: str) -> str:
    page = backing_up.page(database(), instance=instance(), user_id=user_id(), now=now())
    return render_template(
        "administration/backup.html", page=page, proved=proof.is_given(proof.own()), refused=refused
    )  # fmt: skip


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
