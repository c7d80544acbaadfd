"""Accepting an invitation, by its link or by the code of a slip: with a new account, or with the one somebody has.

Opening a link changes nothing, so whatever looks through letters may open it. A code is no address: the page behind it
is the answer to the form in which it was typed.
"""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.domain.errors import NotFound, Refusal
from app.services import invited
from app.services.invited import Joined, Offer
from app.services.tokens import hash_of_code, hash_of_token
from app.services.typed_codes import open_by_code
from app.web.context import choose_language, database, hashing, language, now, secret, user_id
from app.web.errors import again_after, status_of
from app.web.people import from_where
from app.web.refusals import sentence
from app.web.signing_in import enter_as

pages = Blueprint("joining", __name__)


@pages.get("/join")
def code() -> ResponseReturnValue:
    return render_template("joining/code.html", typed="", refused="")


@pages.post("/join")
def with_code() -> ResponseReturnValue:
    """What the code is an invitation to; with `do` it is accepted."""
    typed = request.form.get("code", "")
    try:
        offer = open_by_code(
            database(), typed=typed, asked_from=from_where(), secret=secret(), now=now(), opening=_offer
        )
    except Refusal as refusal:
        return code_refused("joining/code.html", typed, refusal)
    return _answered(hash_of_code(typed), offer, url_for("joining.with_code"), typed)


@pages.get("/join/<token>")
def read(token: str) -> ResponseReturnValue:
    return _shown(_offer(hash_of_token(token)), url_for("joining.accept", token=token))


@pages.post("/join/<token>")
def accept(token: str) -> ResponseReturnValue:
    key = hash_of_token(token)
    return _answered(key, _offer(key), url_for("joining.accept", token=token))


def code_refused(template: str, typed: str, refusal: Refusal) -> ResponseReturnValue:
    """The form for a code once more: one that opens nothing was typed wrongly, and no page is missing."""
    database().rollback()
    status = 422 if isinstance(refusal, NotFound) else status_of(refusal)
    return render_template(template, typed=typed, refused=sentence(refusal)), status, again_after(refusal)


def _offer(key: str) -> Offer:
    return invited.look(database(), key=key, user_id=user_id(), language=language(), now=now())


def _answered(key: str, offer: Offer, address: str, code: str = "") -> ResponseReturnValue:
    """Accept it, or show what it is to."""
    if request.form.get("do") not in ("join", "take"):
        return _shown(offer, address, code)
    try:
        joined = _take(key) if request.form["do"] == "take" else _join(key)
    except NotFound:
        raise
    except Refusal as refusal:
        database().rollback()
        return _shown(_offer(key), address, code, sentence(refusal), status_of(refusal))
    return redirect(url_for("drafts.read", slug=joined.slug) if joined.slug else url_for("drafts.library"), 303)


def _take(key: str) -> Joined:
    return invited.join_as(database(), key=key, user_id=user_id() or 0, now=now())


def _join(key: str) -> Joined:
    typed = request.form
    chosen = typed.get("language", "")
    choose_language(chosen)
    joined = invited.join_anew(
        database(), key=key, name=typed.get("name", ""), password=typed.get("password", ""), language=language(),
        now=now(), hashing=hashing(),
    )  # fmt: skip
    enter_as(joined.user_id, "invitation")
    return joined


def _shown(
    offer: Offer, address: str, code: str = "", refused: str = "", status: int = 200
) -> ResponseReturnValue:  # fmt: skip
    is_person = getattr(current_user, "kind", "") == "person"
    shown = render_template(
        "joining/offer.html", offer=offer, address=address, code=code, refused=refused, is_person=is_person,
        typed=request.form if refused else {},
    )  # fmt: skip
    response = make_response(shown, status)
    response.headers["Cache-Control"] = "no-store"
    return response
