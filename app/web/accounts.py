"""One's own account: password, e-mail address, language of letters, and where one is signed in."""

from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.domain.errors import Invalid, Refusal, TooOften
from app.letters.composing import compose
from app.letters.links import link
from app.letters.possible import is_possible
from app.services import accounts, own_account, own_address, signing_in
from app.store.letters import Letter
from app.web.context import database, hashing, here_and_now, now, secret, sign_in_id
from app.web.errors import again_after, status_of
from app.web.proof import own
from app.web.refusals import sentence
from app.web.signing_in import leave
from app.web.translating import _

pages = Blueprint("accounts", __name__)


@pages.get("/account")
def read() -> str:
    return _page(own())


@pages.post("/account/letters")
def letters() -> ResponseReturnValue:
    chosen = request.form.get("language", "")
    known = chosen if chosen in current_app.config["LANGUAGES"] else None
    accounts.choose_letters(database(), user_id=own(), language=known)
    flash(_("Letters to you are written in this language from now on."))
    return redirect(url_for("accounts.read"), 303)


@pages.post("/account/password")
def password() -> ResponseReturnValue:
    user_id = own()

    def deed() -> str:
        accounts.change_password(
            database(), user_id=user_id, present=request.form.get("present_password", ""),
            chosen=request.form.get("new_password", ""), but=sign_in_id(), secret=secret(), now=here_and_now(),
            hashing=hashing(),
        )  # fmt: skip
        return _("Your password is changed. Wherever else you were signed in, you are not any more.")

    return _done_or_again(user_id, "password", deed)


@pages.post("/account/address")
def address() -> ResponseReturnValue:
    user_id, typed = own(), request.form.get("email", "")
    if request.form.get("do") == "remove":
        own_address.remove(database(), user_id=user_id)
        flash(_("Your e-mail address is removed. No letters are sent to you."))
        return redirect(url_for("accounts.read"), 303)

    def deed() -> str:
        asked = own_address.ask(
            database(), user_id=user_id, typed=typed, present=request.form.get("present_password", ""), write=_letter,
            secret=secret(), now=now(), hashing=hashing(),
        )  # fmt: skip
        return _("A letter goes to %(address)s. The link in it confirms the address.", address=asked)

    return _done_or_again(user_id, "address", deed)


@pages.get("/account/address/<token>")
def confirmation(token: str) -> str:
    asked = own_address.asked(token, user_id=own(), secret=secret(), now=now())
    return render_template("people/confirm_address.html", address=asked, token=token, refusal="")


@pages.post("/account/address/<token>")
def confirm(token: str) -> ResponseReturnValue:
    user_id = own()
    try:
        confirmed = own_address.confirm(database(), user_id=user_id, token=token, secret=secret(), now=now())
    except Invalid as refusal:
        database().rollback()
        asked = own_address.asked(token, user_id=user_id, secret=secret(), now=now())
        shown = render_template("people/confirm_address.html", address=asked, token=token, refusal=sentence(refusal))
        return shown, status_of(refusal)
    flash(_("%(address)s is confirmed. Letters go there, and you can sign in by it.", address=confirmed))
    return redirect(url_for("accounts.read"), 303)


@pages.get("/account/sign-ins")
def sign_ins() -> str:
    found = signing_in.listed(database(), own(), here_and_now())
    return render_template("people/sign_ins.html", sign_ins=found, this_one=sign_in_id(), methods=methods())


@pages.post("/account/sign-ins/<int:number>/end")
def end(number: int) -> ResponseReturnValue:
    signing_in.end(database(), user_id=own(), sign_in_id=number, now=here_and_now())
    flash(_("This sign-in has ended."))
    return redirect(url_for("accounts.sign_ins"), 303)


@pages.post("/account/sign-ins/others")
def end_others() -> ResponseReturnValue:
    count = signing_in.end_others(database(), user_id=own(), but=sign_in_id(), now=here_and_now())
    flash(ngettext("%(num)s sign-in elsewhere has ended.", "%(num)s sign-ins elsewhere have ended.", count))
    return redirect(url_for("accounts.sign_ins"), 303)


@pages.post("/account/sign-ins/all")
def end_all() -> ResponseReturnValue:
    signing_in.end_others(database(), user_id=own(), but=None, now=here_and_now())
    leave()
    flash(_("You are signed out everywhere."))
    return redirect(url_for("people.sign_in"), 303)


def methods() -> dict[str, str]:
    """How somebody proved who they are."""
    return {
        "password": _("by password"),
        "totp": _("by password and a code of the app"),
        "passkey": _("by passkey"),
        "recovery": _("by password and a recovery code"),
        "provider": _("by an account elsewhere"),
        "invitation": _("by an invitation or a way back"),
        "guest": _("by a guest link"),
    }


def _letter(address: str, token: str, language: str | None) -> Letter:
    at = link("accounts.confirmation", token=token)
    return compose("confirm_address", language=language, address=address, link=at)


def _done_or_again(user_id: int, part: str, deed: Callable[[], str]) -> ResponseReturnValue:
    """Do it and say so; where it is refused, the page again with the sentence in its part."""
    try:
        flash(deed())
    except (Invalid, TooOften) as refusal:
        database().rollback()
        return _page(user_id, part, refusal), status_of(refusal), again_after(refusal)
    return redirect(url_for("accounts.read"), 303)


def _page(user_id: int, part: str = "", refusal: Refusal | None = None) -> str:
    return render_template(
        "people/account.html",
        account=own_account.own(database(), user_id),
        letters_possible=is_possible(),
        part=part,
        refusal=sentence(refusal) if refusal else "",
        typed=request.form.get("email", ""),
        doors=[(url_for(at), said) for at, said in _doors() if at in current_app.view_functions],
    )


def _doors() -> tuple[tuple[str, str], ...]:
    """Other pages of one's account."""
    return (
        ("accounts.sign_ins", _("Where I am signed in")),
        ("second.read", _("Second factor and passkeys")),
        ("notices.read", _("Letters with news")),
    )
