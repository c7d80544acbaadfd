"""The checkpoint of a draft's record: printed or sent out, checked against later; and verifying the whole record."""

import re

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.checkpoints import HASH, LARGEST_NUMBER
from app.domain.errors import Invalid
from app.domain.verifying import Fault, Finding
from app.services import checkpoints
from app.services.verifying import Verified
from app.web.context import database, now, user_id
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("checkpoints", __name__)


@pages.get("/drafts/<slug>/activity/checkpoint")
def read(slug: str) -> ResponseReturnValue:
    return _page(slug)


@pages.get("/drafts/<slug>/activity/checkpoint.txt")
def text(slug: str) -> ResponseReturnValue:
    """The checkpoint alone, to be kept or sent."""
    page = checkpoints.page(database(), slug=slug, user_id=user_id(), now=now())
    response = Response(page.text, mimetype="text/plain")
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug}-checkpoint.txt")
    return response


@pages.post("/drafts/<slug>/activity/checkpoint")
def check(slug: str) -> ResponseReturnValue:
    """Reads what somebody kept; nothing is stored."""
    typed = request.form.get("checkpoint", "")
    try:
        number, sha256 = checkpoints.read(database(), slug=slug, typed=typed, user_id=user_id())
    except Invalid as refusal:
        return _page(slug, refused=sentence(refusal), typed=typed), status_of(refusal)
    return redirect(url_for("checkpoints.read", slug=slug, event=number, sha256=sha256, _anchor="check"), 303)


@pages.post("/drafts/<slug>/activity/verify")
def verify(slug: str) -> ResponseReturnValue:
    """Reads everything that is stored of the draft; nothing is changed."""
    found = checkpoints.verify(database(), slug=slug, user_id=user_id())
    return _page(slug, found=found)


def _page(slug: str, found: Verified | None = None, refused: str = "", typed: str = "") -> str:
    page = checkpoints.page(database(), slug=slug, user_id=user_id(), now=now(), held=_asked())
    said = [_finding(one) for one in found.findings] if found else []
    return render_template(
        "activity/checkpoint.html", page=page, draft=page.draft, found=found, said=said, refused=refused, typed=typed
    )


def _asked() -> tuple[int, str] | None:
    """The checkpoint in the address, if it is one."""
    number, sha256 = request.args.get("event", ""), request.args.get("sha256", "")
    if not re.fullmatch("[0-9]{1,10}", number) or not HASH.fullmatch(sha256) or int(number) > LARGEST_NUMBER:
        return None
    return int(number), sha256


def _finding(one: Finding) -> str:
    """What does not hold, in the reader's language; rows by the name that the record has for them."""
    number, what = one.event or 0, one.key
    match one.fault:
        case Fault.CHAIN:
            said = _(
                "The chain breaks at event %(number)s: it was altered, or one was removed, inserted or moved there.",
                number=number,
            )
            return str(said)
        case Fault.END:
            return _("The record ends with event %(number)s, but others were recorded after it.", number=number)
        case Fault.ALTERED:
            return _("%(what)s was altered after event %(number)s recorded it.", what=what, number=number)
        case Fault.MISSING:
            return _("%(what)s, which event %(number)s recorded, is gone.", what=what, number=number)
        case Fault.UNKNOWN:
            return _("%(what)s was stored past the record.", what=what)
        case Fault.TEXT:
            said = _("The text of %(what)s is not the one that event %(number)s recorded.", what=what, number=number)
            return str(said)
