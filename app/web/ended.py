"""A form that was sent when the sign-in behind it had ended: nothing of it is lost.

Its fields come back as hidden ones on a page where one signs in, and go from there to where they were meant. Nothing is
stored: in drafts that attribute nothing no text may wait on the server under somebody's name.
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from flask import g, render_template, request, session
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from app.web.addresses import inside
from app.web.translating import _

MOST_BYTES, MOST_FIELDS = 2 * 1024 * 1024, 2000
NOT_KEPT = "csrf_token"
SECRET = re.compile(r"password")
"""Fields that are never sent back."""
HEADER = "X-Sign-In-Ended"
"""Says to the script that the form is to be sent whole, so that its page is seen."""
Step = Literal["sign_in", "second", "send"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a form held: `target` is where it was meant, with files and passwords that could not be kept."""

    target: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()
    secrets: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """What is worth looking at again: whatever has several words."""
        return tuple(value for _, value in self.fields if " " in value.strip() or "\n" in value.strip())


def not_ours() -> str:
    """Why a form without the token of this session is not taken."""
    return _("This form comes from an earlier sign-in or from another place, so it was not taken.")


def has_ended() -> bool:
    """Whether this browser was signed in and is not any more."""
    return "_user_id" in session and not current_user.is_authenticated


def of_request() -> Kept | None:
    """The form of this request; None where there is none, it is too large, or another site's page sent it."""
    if request.method != "POST" or request.endpoint is None or not is_from_here():
        return None
    try:
        fields = tuple((name, value) for name, value in request.form.items(multi=True) if name != NOT_KEPT)
        files = tuple(file.filename for file in request.files.values() if file.filename)
    except RequestEntityTooLarge:
        return None
    return _bounded(Kept(_own_address(), fields, files))


def of_page() -> Kept | None:
    """The form that the page of an ended sign-in holds."""
    names, values = request.form.getlist("kept-name"), request.form.getlist("kept-value")
    target = inside(request.form.get("to", ""))
    if not target or len(names) != len(values):
        return None
    return _bounded(
        Kept(
            target, tuple(zip(names, values, strict=True)), tuple(request.form.getlist("kept-file")),
            "kept-secrets" in request.form,
        )
    )  # fmt: skip


def page(kept: Kept, *, step: Step, why: str = "", refusal: str = "", name: str = "") -> str:
    """`step`: sign in, give the second factor, or send the form, for which one is signed in. `why` it was not taken."""
    g.pop("csrf_token", None)  # that of the session which ended
    return render_template("people/ended.html", kept=kept, step=step, why=why, refusal=refusal, name=name)


def is_from_here() -> bool:
    """Whether a page of ours sent the request. Others may not have a form of theirs sent by a button of ours."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.host
    except ValueError:  # no address
        return False


def _own_address() -> str:
    return request.full_path if request.query_string else request.path


def _bounded(kept: Kept) -> Kept | None:
    """Without secrets; nothing where it is more than a page can carry."""
    fields = tuple((name, value) for name, value in kept.fields if not SECRET.search(name))
    size = sum(len(name.encode()) + len(value.encode("utf-8", "replace")) for name, value in fields)
    if len(fields) > MOST_FIELDS or size > MOST_BYTES or not inside(kept.target):
        return None
    return Kept(kept.target, fields, kept.files, kept.secrets or len(fields) < len(kept.fields))
