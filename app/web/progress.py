"""How agreement went on."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.services import board_progress
from app.web import board_words
from app.web.chart import BANDS, chart
from app.web.context import database, here_and_now, viewer

pages = Blueprint("progress", __name__)
WHOLE, OF_CHAPTER = (640, 200), (160, 32)
"""Width and height of the charts."""


@pages.get("/drafts/<slug>/board/progress")
def read(slug: str) -> ResponseReturnValue:
    page = board_progress.progress(database(), slug=slug, now=here_and_now(), **viewer())
    return render_template(
        "board/progress.html", page=page, draft=page.draft, bands=BANDS, board_words=board_words,
        whole=chart(page.whole.days, *WHOLE, page.issued),
        charts=[chart(part.days, *OF_CHAPTER) for part in page.chapters],
    )  # fmt: skip
