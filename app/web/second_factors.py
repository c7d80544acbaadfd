"""The second step of signing in, and the page on which everybody sets up what is asked for there."""

from datetime import datetime
from typing import TypedDict

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.domain.errors import Refusal
from app.services import app_codes, passkeys, proving, recovery_codes, second_factors
from app.web import answers, proof
from app.web.context import database, hashing, here_and_now, secret
from app.web.errors import again_after, status_of
from app.web.providers import provider_name
from app.web.qr import drawn
from app.web.refusals import sentence
from app.web.signing_in import enter_as, pending
from app.web.translating import _

pages = Blueprint("second", __name__)
ISSUER = "Kelishim"


class Whose(TypedDict):
    """Whose factor is checked, and when."""

    user_id: int
    secret: str
    now: datetime


@pages.route("/sign-in/second", methods=["GET", "POST"])
def step() -> ResponseReturnValue:
    """The password was right: a code, a passkey, or a code on paper is still due."""
    due = pending(here_and_now())
    if due is None:
        if request.method == "POST":
            flash(_("It took too long. Sign in once more."))
        return redirect(url_for("people.sign_in"), 303)
    user_id, target = due
    if request.method != "POST":
        return _step_page(user_id, "")
    try:
        method, left = _checked(user_id)
    except Refusal as refusal:
        database().rollback()
        return _step_page(user_id, sentence(refusal)), status_of(refusal), again_after(refusal)
    enter_as(user_id, method)
    if left is not None:
        flash(ngettext("%(num)s recovery code is left.", "%(num)s recovery codes are left.", left))
    return redirect(target or url_for("drafts.library"), 303)


def _checked(user_id: int) -> tuple[str, int | None]:
    """How it was proved, and how many codes on paper are left where one was used."""
    at: Whose = {"user_id": user_id, "secret": secret(), "now": here_and_now()}
    if request.form.get("answer"):
        passkeys.check(database(), site=answers.site(), answer=answers.taken(), **at)
        return "passkey", None
    if recovery := request.form.get("recovery", "").strip():
        return "recovery", recovery_codes.use(database(), code=recovery, **at)
    app_codes.check(database(), code=request.form.get("code", ""), **at)
    return "totp", None


def _step_page(user_id: int, refusal: str) -> str:
    standing = second_factors.standing(database(), user_id)
    return render_template("second_factors/step.html", standing=standing, refusal=refusal)


@pages.get("/account/second-factor")
def read() -> ResponseReturnValue:
    return shown("")


def shown(refusal: str) -> str:
    """The page, with the sentence of what was refused."""
    user_id = proof.own()
    return render_template(
        "second_factors/read.html",
        standing=second_factors.standing(database(), user_id),
        proved=proof.is_given(user_id),
        provider=provider_name(),
        refusal=refusal,
    )


@pages.post("/account/second-factor/prove")
def prove() -> ResponseReturnValue:
    user_id, now = proof.own(), here_and_now()
    try:
        if request.form.get("answer"):
            answer = answers.taken()
            passkeys.check(database(), user_id=user_id, site=answers.site(), answer=answer, secret=secret(), now=now)
        else:
            typed = request.form.get("password", "")
            proving.prove(database(), user_id=user_id, typed=typed, hashing=hashing(), secret=secret(), now=now)
    except Refusal as refusal:
        return again(refusal)
    proof.give(user_id, now)
    return back()


@pages.post("/account/second-factor/app")
def begin_app() -> ResponseReturnValue:
    app_codes.begin(database(), user_id=proof.needed())
    return redirect(url_for("second.app_setup"), 303)


@pages.get("/account/second-factor/app")
def app_setup() -> ResponseReturnValue:
    return _setup_page("")


def _setup_page(refusal: str) -> str:
    setup = app_codes.setup_of(database(), user_id=proof.needed(), issuer=ISSUER)
    return render_template("second_factors/app.html", setup=setup, refusal=refusal)


@pages.get("/account/second-factor/app.svg")
def drawing() -> ResponseReturnValue:
    """The same for the camera of a telephone; no copy of it stays anywhere."""
    setup = app_codes.setup_of(database(), user_id=proof.needed(), issuer=ISSUER)
    return Response(drawn(setup.address), mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})


@pages.post("/account/second-factor/app/confirm")
def confirm_app() -> ResponseReturnValue:
    code = request.form.get("code", "")
    try:
        codes = app_codes.confirm(
            database(), user_id=proof.needed(), code=code, secret=secret(), now=here_and_now()
        )  # fmt: skip
    except (app_codes.WrongCode, app_codes.ClockOff, app_codes.UsedCode) as refusal:
        database().rollback()
        return _setup_page(sentence(refusal)), status_of(refusal)
    if codes:
        return codes_page(codes)
    flash(_("From now on, signing in asks for a code of the app."))
    return back()


@pages.post("/account/second-factor/app/remove")
def remove_app() -> ResponseReturnValue:
    app_codes.remove(database(), user_id=proof.needed())
    flash(_("The app was removed: its codes are not asked for any more."))
    return back()


@pages.post("/account/second-factor/codes")
def make_codes() -> ResponseReturnValue:
    try:
        return codes_page(recovery_codes.make(database(), user_id=proof.needed()))
    except recovery_codes.NothingToRecover as refusal:
        return again(refusal)


def codes_page(codes: tuple[str, ...]) -> ResponseReturnValue:
    """Shown this once, and kept by no browser."""
    page = render_template("second_factors/codes.html", codes=codes)
    return page, 200, {"Cache-Control": "no-store"}


def back() -> ResponseReturnValue:
    return redirect(url_for("second.read"), 303)


def again(refusal: Refusal) -> ResponseReturnValue:
    database().rollback()
    return shown(sentence(refusal)), status_of(refusal), again_after(refusal)
