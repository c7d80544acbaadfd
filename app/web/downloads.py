"""Every format of a version: the page that offers them, and the files."""

from base64 import b64encode
from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.services import downloading, fetching
from app.services.exporting import Wanted
from app.services.fetching import Fetched
from app.web import download_words
from app.web.context import database, now, user_id, viewer, zone
from app.web.refusals import sentence, sentence_of
from app.web.translating import _

pages = Blueprint("downloads", __name__)
LONGEST_NUMBER = 9
"""Digits; a longer number names no version."""


@pages.get("/drafts/<slug>/versions/<int:number>/downloads")
def index(slug: str, number: int) -> ResponseReturnValue:
    """`?language=` and `?against=` choose what the files are in and what they are compared with."""
    return shown(slug, number)


def shown(slug: str, number: int, refused: str = "") -> str:
    page = downloading.downloads(
        database(), slug=slug, number=number, language_of_text=_language(), against=_against(), zone=zone(), now=now(),
        **viewer(),
    )  # fmt: skip
    return render_template(
        "downloads/index.html", page=page, draft=page.draft, groups=download_words.groups(page.lines),
        said=download_words.said, doing=download_words.doing, sentence=sentence, sentence_of=sentence_of,
        refused=refused,
    )  # fmt: skip


@pages.get("/drafts/<slug>/versions/<int:number>/files/<file_format>")
def file(slug: str, number: int, file_format: str) -> ResponseReturnValue:
    """The file; where it takes long, the place on the page from which it can be asked for."""
    wanted = wanted_of(slug, number)
    found = fetching.fetch(database(), name=file_format, wanted=wanted, user_id=user_id(), now=now())
    if found is None:
        flash(_("This file takes a while. Ask for it here: it is made while you do something else."))
        back = url_for(
            "downloads.index", slug=slug, number=number, language=_language(), against=_against(), _anchor=file_format
        )
        return redirect(back, 303)
    return sent(found)


def wanted_of(slug: str, number: int) -> Wanted:
    """What an address asks for."""
    plenary = request.args.get("plenary") == "1"
    return Wanted(slug, number, _against(), _language(), zone=zone(), plenary=plenary)


def sent(found: Fetched) -> Response:
    """A file to be saved, never shown. Its tag and its digest are those of its bytes: so it is sent as it is, unpacked,
    and whoever goes on with one that was cut gets the rest."""
    response = Response(
        found.pieces, content_type=found.media_type, direct_passthrough=True
    )  # fmt: skip
    response.headers["Content-Disposition"] = disposition(found.file_name)
    response.headers["Content-Length"] = str(found.byte_count)
    response.headers["Repr-Digest"] = f"sha-256=:{_base64(found.sha256)}:"
    response.set_etag(found.sha256)
    response.make_conditional(request, accept_ranges=True, complete_length=found.byte_count)
    return response


def disposition(file_name: str) -> str:
    """The name for old programs in ASCII, for others as it is (RFC 6266)."""
    plain = "".join(one if one.isascii() and one.isprintable() and one not in '"\\' else "_" for one in file_name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def _base64(sha256: str) -> str:
    return b64encode(bytes.fromhex(sha256)).decode()


def _language() -> str | None:
    return request.args.get("language") or None


def _against() -> int | None:
    found = request.args.get("against", "")
    return int(found) if found.isascii() and found.isdecimal() and len(found) <= LONGEST_NUMBER else None
