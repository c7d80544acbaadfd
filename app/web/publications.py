"""Publications: published, read by everybody who may, checked, opened to others, withdrawn."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid, Outdated
from app.letters.links import link
from app.services import consult_showing, published_checking, published_form, published_pages, publishing
from app.services.pages_publications import VISIBILITIES, Choice, PublicationFile, PublicationPage, TitlePage
from app.services.published_access import Address
from app.web import consultation_words, publication_words
from app.web.context import database, here_and_now, language, now, user_id, viewer, zone
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("publications", __name__)
FIELDS = ("title", "kind", "issuer", "place", "note")
"""Of a title page; in forms each with its language behind it."""
CACHING = {
    "public": "public, max-age=31536000, immutable",
    "link": "private, max-age=31536000, immutable",
    "members": "private, no-cache",  # who may read the draft may change
}


@pages.get("/drafts/<slug>/versions/<int:number>/publish")
def ask(slug: str, number: int) -> ResponseReturnValue:
    return _form(slug, number)


@pages.post("/drafts/<slug>/versions/<int:number>/publish")
def publish(slug: str, number: int) -> ResponseReturnValue:
    """Publish it; with `do=preview` only the form again, with what would be published."""
    choice = _typed()
    if request.form.get("do") == "preview":
        return _form(slug, number, choice, previewed=True)
    try:
        made = publishing.publish(
            database(), slug=slug, version=number, choice=choice, user_id=user_id(), now=here_and_now(), zone=zone()
        )
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _form(slug, number, choice, sentence(refusal)), status_of(refusal)
    flash(publication_words.published(number, choice.visibility))
    return redirect(url_for("publications.read", slug=slug, number=made), 303)


@pages.get("/drafts/<slug>/publications")
def of_draft(slug: str) -> ResponseReturnValue:
    return redirect(url_for("publications.index", slug=slug), 303)


@pages.get("/publications/<slug>")
def index(slug: str) -> ResponseReturnValue:
    page = published_pages.publications_page(database(), slug=slug, user_id=user_id(), preferred=language())
    return render_template("publications/index.html", page=page, said=publication_words)


@pages.get("/publications/<slug>/<int:number>")
@pages.get("/p/<token>")
def read(**at: Any) -> ResponseReturnValue:
    """`?language=` chooses one of its languages, `?sha256=` is looked for among its files."""
    return _page(_address(at))


@pages.get("/publications/<slug>/<int:number>/SHA256SUMS")
@pages.get("/p/<token>/SHA256SUMS")
def sums(**at: Any) -> ResponseReturnValue:
    data = published_pages.sums(database(), at=_address(at), user_id=user_id())
    response = Response(data, mimetype="text/plain")
    response.headers["Content-Disposition"] = 'attachment; filename="SHA256SUMS"'
    return response


@pages.get("/publications/<slug>/<int:number>/<file_name>")
@pages.get("/p/<token>/<file_name>")
def download(file_name: str, **at: Any) -> ResponseReturnValue:
    """One of its files, as it was made when it was published."""
    wanted = published_pages.file(database(), at=_address(at), name=file_name, user_id=user_id())
    response = Response(stream_with_context(_pieces(wanted)), content_type=wanted.media_type, direct_passthrough=True)
    response.content_length = wanted.byte_count
    response.headers.set("Content-Disposition", "attachment", filename=wanted.file_name)
    response.headers["Cache-Control"] = CACHING[wanted.visibility]
    response.set_etag(wanted.sha256)
    return response.make_conditional(request)


@pages.post("/publications/<slug>/<int:number>/check")
@pages.post("/p/<token>/check")
def check(**at: Any) -> ResponseReturnValue:
    """Tells whether a file, or a fingerprint that was pasted, is that of a published file. Nothing is stored."""
    try:
        fingerprint = _fingerprint()
    except published_checking.NoFingerprint as refusal:
        return _page(_address(at), sentence(refusal)), status_of(refusal)
    chosen = request.args.get("language") or None
    return redirect(url_for("publications.read", **at, language=chosen, sha256=fingerprint, _anchor="check"), 303)


@pages.post("/publications/<slug>/<int:number>/readers")
def readers(slug: str, number: int) -> ResponseReturnValue:
    visibility = request.form.get("visibility", "")
    try:
        publishing.change_readers(
            database(), slug=slug, number=number, visibility=visibility, user_id=user_id(), now=now()
        )
    except Invalid as refusal:
        database().rollback()
        return _page(Address(slug, number), "", sentence(refusal)), status_of(refusal)
    flash(publication_words.opened(visibility))
    return redirect(url_for("publications.read", slug=slug, number=number), 303)


@pages.post("/publications/<slug>/<int:number>/withdraw")
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    try:
        publishing.withdraw(
            database(), slug=slug, number=number, reason=request.form.get("reason", ""), user_id=user_id(), now=now()
        )
    except Invalid as refusal:
        database().rollback()
        return _page(Address(slug, number), "", sentence(refusal)), status_of(refusal)
    flash(_("Publication %(number)s is withdrawn. Its address says so from now on.", number=number))
    return redirect(url_for("publications.read", slug=slug, number=number), 303)


def _address(at: Mapping[str, Any]) -> Address:
    return Address(str(at.get("slug", "")), int(at.get("number", 0)), str(at.get("token", "")))


def _page(at: Address, unchecked: str = "", refused: str = "") -> Response:
    """A publication; `unchecked` says why nothing could be looked for, `refused` why nothing was changed."""
    fingerprint = request.args.get("sha256", "")
    page = published_pages.publication(
        database(), at=at, user_id=user_id(), preferred=language(), language=request.args.get("language", ""),
        fingerprint=fingerprint if published_checking.FINGERPRINT.fullmatch(fingerprint) else "",
    )  # fmt: skip
    consultation = consult_showing.beside(database(), slug=page.slug, number=page.number, today=here_and_now().date())
    response = Response(
        render_template(
            "publications/read.html", page=page, said=publication_words, unchecked=unchecked, refused=refused,
            at=_arguments(page), permanent=_permanent(page), visibilities=VISIBILITIES, consultation=consultation,
            consulted=consultation_words,
        )
    )  # fmt: skip
    if page.line.visibility != "public":
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _arguments(page: PublicationPage) -> dict[str, str | int]:
    """What the addresses of this page and its files are made of: those who came by the link stay at it."""
    return {"token": page.token} if page.by_link and page.token else {"slug": page.slug, "number": page.number}


def _permanent(page: PublicationPage) -> str:
    """The address to be passed on."""
    if page.token:
        return link("publications.read", token=page.token)
    return link("publications.read", slug=page.slug, number=page.number)


def _pieces(wanted: PublicationFile) -> Iterator[bytes]:
    yield from published_pages.pieces(database(), wanted)


def _fingerprint() -> str:
    """Of the file that was sent, else the one that was pasted."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return published_checking.fingerprint_in(request.form.get("sha256", ""))
    return hashlib.file_digest(sent.stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _typed() -> Choice:
    form = request.form
    languages = tuple(form.getlist("language"))
    title_pages = {
        name.removeprefix("title-"): _title_page(name.removeprefix("title-"))
        for name in form if name.startswith("title-")
    }  # fmt: skip
    return Choice(
        form.get("visibility", ""), languages, tuple(form.getlist("format")), title_pages,
        form.get("expected", type=int),
    )  # fmt: skip


def _title_page(code: str) -> TitlePage:
    return TitlePage(code, *(request.form.get(f"{name}-{code}", "") for name in FIELDS))


def _form(slug: str, number: int, choice: Choice | None = None, refused: str = "", *, previewed: bool = False) -> str:
    """The form with what was typed, or with what is proposed."""
    page = published_form.publishing_page(database(), slug=slug, version=number, **viewer())
    return render_template(
        "publications/publish.html", page=page, draft=page.draft, said=publication_words, refused=refused,
        choice=choice or published_form.proposed(page), previewed=previewed, visibilities=VISIBILITIES,
        day=here_and_now(),
    )  # fmt: skip
