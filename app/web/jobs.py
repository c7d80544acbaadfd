"""Files that take long: asked for, watched while they are made, fetched when they are there."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.services import jobs, jobs_running
from app.web import download_words
from app.web.context import database, now, user_id, viewer
from app.web.downloads import sent, shown, wanted_of
from app.web.errors import status_of
from app.web.refusals import sentence, sentence_of
from app.web.translating import _

pages = Blueprint("jobs", __name__)
CALLED = "kelishim-files"
"""What the application's `extensions` hold where somebody makes files apart from pages: how to call them."""
AGAIN_SECONDS = 3
"""How often a page without script looks again."""


@pages.post("/drafts/<slug>/versions/<int:number>/files/<file_format>")
def ask(slug: str, number: int, file_format: str) -> ResponseReturnValue:
    """Ask for a file. Where nobody makes files apart from pages it is made before the answer."""
    wanted = wanted_of(slug, number)
    try:
        job = jobs.ask(database(), name=file_format, wanted=wanted, user_id=user_id(), now=now())
    except jobs.TooManyWaiting as refusal:
        database().rollback()
        return shown(slug, number, sentence(refusal)), status_of(refusal)
    call = current_app.extensions.get(CALLED)
    if call is not None:
        call()
    else:
        while jobs_running.run_next(database(), now):
            pass
    return redirect(url_for("jobs.read", slug=slug, job=job), 303)


@pages.get("/drafts/<slug>/jobs/<job>")
def read(slug: str, job: str) -> ResponseReturnValue:
    """How far it is. With `X-Fragment` only that, for a page that looks by itself."""
    page = jobs.show(database(), slug=slug, job=job, **viewer())
    name = "downloads/_job.html" if request.headers.get("X-Fragment") else "downloads/job.html"
    return render_template(
        name,
        page=page,
        draft=page.draft,
        again=AGAIN_SECONDS,
        said=download_words.said,
        doing=download_words.doing,
        sentence_of=sentence_of,
    )


@pages.get("/drafts/<slug>/jobs/<job>/file")
def file(slug: str, job: str) -> ResponseReturnValue:
    return sent(jobs.fetch(database(), slug=slug, job=job, user_id=user_id()))


@pages.post("/drafts/<slug>/jobs/<job>/put-away")
def put_away(slug: str, job: str) -> ResponseReturnValue:
    version = jobs.put_away(database(), slug=slug, job=job, user_id=user_id())
    flash(_("It is put away."))
    return redirect(url_for("downloads.index", slug=slug, number=version, _anchor="own"), 303)
