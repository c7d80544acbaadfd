"""What holds agreement up, and since when."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.services import board_blocking
from app.services.board_blocking import KINDS
from app.web import board_words
from app.web.context import database, here_and_now, viewer

pages = Blueprint("blocking", __name__)


@pages.get("/drafts/<slug>/board/blocking")
def read(slug: str) -> ResponseReturnValue:
    kind = request.args.get("kind", "")
    page = board_blocking.blocking(
        database(), slug=slug, now=here_and_now(), kind=kind if kind in KINDS else "", **viewer()
    )  # fmt: skip
    return render_template("board/blocking.html", page=page, draft=page.draft, board_words=board_words)
