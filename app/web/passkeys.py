"""Passkeys: signing in with one, making, naming and removing them. Only a browser's script can speak to a device."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Refusal
from app.services import passkeys
from app.web import answers, proof
from app.web.addresses import inside
from app.web.context import database, here_and_now, secret, user_id
from app.web.errors import again_after, status_of
from app.web.refusals import sentence
from app.web.second_factors import again, back
from app.web.signing_in import enter_as, pending
from app.web.translating import _

pages = Blueprint("passkeys", __name__)


@pages.post("/sign-in/passkey/options")
def ask() -> ResponseReturnValue:
    """What the device is asked: for a passkey of whoever has typed their password or is signed in, or else for any."""
    due = pending(here_and_now())
    whose = due[0] if due else user_id()
    return jsonify(answers.keep(passkeys.ask_known(database(), site=answers.site(), user_id=whose)))


@pages.post("/sign-in/passkey")
def sign_in() -> ResponseReturnValue:
    target = inside(request.form.get("next", ""))
    try:
        found = passkeys.sign_in(
            database(), site=answers.site(), answer=answers.taken(), secret=secret(), now=here_and_now()
        )  # fmt: skip
    except Refusal as refusal:
        database().rollback()
        shown = render_template("people/sign_in.html", name="", next=target, refusal=sentence(refusal))
        return shown, status_of(refusal), again_after(refusal)
    enter_as(found, "passkey")
    return redirect(target or url_for("drafts.library"), 303)


@pages.post("/account/passkeys/options")
def ask_new() -> ResponseReturnValue:
    return jsonify(answers.keep(passkeys.ask_new(database(), user_id=proof.needed(), site=answers.site())))


@pages.post("/account/passkeys")
def add() -> ResponseReturnValue:
    person, name = proof.needed(), request.form.get("name", "")
    try:
        passkeys.add(
            database(), user_id=person, site=answers.site(), answer=answers.taken(),
            name=name.strip() or _("My passkey"), secret=secret(), now=here_and_now(),
        )  # fmt: skip
    except Refusal as refusal:
        return again(refusal)
    flash(_("The passkey is set up: you can sign in with it from now on."))
    return back()


@pages.post("/account/passkeys/<int:passkey_id>/rename")
def rename(passkey_id: int) -> ResponseReturnValue:
    name = request.form.get("name", "")
    try:
        passkeys.rename(database(), user_id=proof.needed(), passkey_id=passkey_id, name=name)
    except passkeys.BadPasskeyName as refusal:
        return again(refusal)
    flash(_("The passkey has its new name."))
    return back()


@pages.post("/account/passkeys/<int:passkey_id>/remove")
def remove(passkey_id: int) -> ResponseReturnValue:
    passkeys.remove(database(), user_id=proof.needed(), passkey_id=passkey_id, now=here_and_now())
    flash(_("The passkey was removed: nobody signs in with it any more."))
    return back()
