"""Records of sessions and of the workshop, and communiqués: written, issued, read, downloaded."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid, Outdated
from app.domain.render import render_document
from app.services import delivering, exporting, recording, showing_records
from app.services.exporting import Wanted
from app.services.recording import RecordChanged
from app.web.context import database, here_and_now, language, user_id, viewer, zone
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("records", __name__)
LONGEST_NUMBER = 9
"""Digits; a longer number names nothing."""


@pages.get("/drafts/<slug>/records")
def index(slug: str) -> ResponseReturnValue:
    """`?session=` chooses in the form of which session a record is to be written."""
    return _index(slug, request.args.get("session", ""))


@pages.post("/drafts/<slug>/records")
def start(slug: str) -> ResponseReturnValue:
    """`of` is workshop, communique, or session with its number in `session`; or `session-1` for both."""
    kind, _dash, own = request.form.get("of", "").partition("-")
    try:
        number = recording.start_record(
            database(), slug=slug, kind=kind, number=_number(own or request.form.get("session", "")),
            language=request.form.get("language", language()), user_id=user_id(), now=here_and_now(),
        )  # fmt: skip
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _index(slug, own, sentence(refusal)), status_of(refusal)
    flash(_("The record is filled from what happened. Read it, correct it, then issue it."))
    return redirect(url_for("records.edit", slug=slug, number=number), 303)


@pages.get("/drafts/<slug>/records/<int:number>")
def read(slug: str, number: int) -> ResponseReturnValue:
    page = showing_records.record_page(database(), slug=slug, number=number, **viewer())
    return render_template("records/read.html", page=page, draft=page.draft)


@pages.get("/drafts/<slug>/records/<int:number>.md")
def markdown(slug: str, number: int) -> ResponseReturnValue:
    """Byte for byte; its tag is the fingerprint."""
    data, name = showing_records.markdown(database(), slug=slug, number=number, user_id=user_id())
    return _file(data, name, "text/markdown")


@pages.get("/drafts/<slug>/records/<int:number>.docx")
def word(slug: str, number: int) -> ResponseReturnValue:
    """For Word, once it is issued."""
    return _delivered(slug, number, "record-docx")


@pages.get("/drafts/<slug>/records/<int:number>.pdf")
def pdf(slug: str, number: int) -> ResponseReturnValue:
    """For printing, once it is issued."""
    return _delivered(slug, number, "record-pdf")


@pages.get("/drafts/<slug>/records/<int:number>/edit")
def edit(slug: str, number: int) -> ResponseReturnValue:
    page = showing_records.page_to_edit(database(), slug=slug, number=number, **viewer())
    return render_template("records/edit.html", page=page, draft=page.draft, body=page.body)


@pages.post("/drafts/<slug>/records/<int:number>/edit")
def save(slug: str, number: int) -> ResponseReturnValue:
    """Save it; with `do` being `preview` or `show` only the page again, with what was typed."""
    body = request.form.get("text", "")
    if request.form.get("do") in ("preview", "show"):
        return _as_typed(slug, number, body)
    try:
        recording.save_record(
            database(), slug=slug, number=number, body=body, revision=_number(request.form.get("revision", "")) or 0,
            user_id=user_id(), now=here_and_now(),
        )  # fmt: skip
    except RecordChanged as refusal:
        database().rollback()
        return _as_typed(slug, number, body, sentence(refusal), changed=True), status_of(refusal)
    except Invalid as refusal:
        database().rollback()
        return _as_typed(slug, number, body, sentence(refusal)), status_of(refusal)
    flash(_("The record is saved."))
    return redirect(url_for("records.read", slug=slug, number=number), 303)


@pages.post("/drafts/<slug>/records/<int:number>/issue")
def issue(slug: str, number: int) -> ResponseReturnValue:
    revision = _number(request.form.get("revision", "")) or 0
    recording.issue_record(
        database(), slug=slug, number=number, revision=revision, user_id=user_id(), now=here_and_now()
    )
    flash(_("The record is issued. Every reader of the draft finds it here, and nobody can change it."))
    return redirect(url_for("records.read", slug=slug, number=number), 303)


@pages.post("/drafts/<slug>/records/<int:number>/discard")
def discard(slug: str, number: int) -> ResponseReturnValue:
    recording.discard_record(database(), slug=slug, number=number, user_id=user_id(), now=here_and_now())
    flash(_("The record is discarded."))
    return redirect(url_for("records.index", slug=slug), 303)


def _delivered(slug: str, number: int, name: str) -> ResponseReturnValue:
    entry = exporting.enter(database(), slug, user_id())
    file = delivering.deliver(database(), name, Wanted(slug, record=number, zone=zone()), entry)
    return _file(b"".join(file.pieces), file.file_name, file.media_type)


def _file(data: bytes, name: str, media_type: str) -> ResponseReturnValue:
    """Its tag is its fingerprint."""
    response = Response(data, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(recording.sha256(data))
    return response.make_conditional(request)


def _index(slug: str, chosen: str, refused: str = "") -> str:
    page = showing_records.index(database(), slug=slug, **viewer())
    return render_template("records/index.html", page=page, draft=page.draft, chosen=chosen, refused=refused)


def _as_typed(slug: str, number: int, body: str, refused: str = "", *, changed: bool = False) -> str:
    """The form with what was typed, and how it reads. The revision stays the one it was typed on, until the writer has
    been told of another."""
    page = showing_records.page_to_edit(database(), slug=slug, number=number, **viewer())
    revision = page.record.revision if changed else _number(request.form.get("revision", "")) or 0
    return render_template(
        "records/edit.html", page=page, draft=page.draft, body=body, refused=refused, changed=changed,
        revision=revision, preview=render_document(body) if not changed else "",
    )  # fmt: skip


def _number(typed: str) -> int | None:
    typed = typed.strip()
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else None
