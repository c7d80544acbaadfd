"""Signing in by name and password, signing out, choosing the interface's language."""

import ipaddress
from contextlib import suppress

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Refusal
from app.services import accounts, second_factors, signing_in
from app.web.addresses import inside
from app.web.context import choose_language, database, hashing, here_and_now, now, secret, sign_in_id, user_id
from app.web.errors import again_after, status_of
from app.web.refusals import sentence
from app.web.signing_in import ask_second, enter_as, leave, page

pages = Blueprint("people", __name__)
NETWORK_BITS = 64
"""Of an IPv6 address: whoever has one address has all that begin like it."""


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    name, target = request.form.get("name", ""), inside(request.values.get("next", ""))
    if request.method != "POST":
        return page(target=target)
    try:
        found = by_password()
    except Refusal as refusal:
        shown = page(name=name, target=target, refusal=sentence(refusal))
        return shown, status_of(refusal), again_after(refusal)
    if second_factors.is_needed(database(), found):
        ask_second(found, target)
        return redirect(url_for("second.step"), 303)
    enter_as(found, "password")
    return redirect(target or url_for("drafts.library"), 303)


def by_password() -> int:
    """Whose name and password the form holds. Raises WrongNameOrPassword, TooManyAttempts."""
    return accounts.sign_in(
        database(), name=request.form.get("name", ""), password=request.form.get("password", ""), address=from_where(),
        secret=secret(), now=now(), hashing=hashing(),
    )  # fmt: skip


def from_where() -> str:
    """The network that a request comes from, for counting tries. Empty where it is this machine: behind it stands
    whoever passes requests on, for everybody."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    person, here = user_id(), sign_in_id()
    if person is not None and here is not None:
        with suppress(signing_in.NoSuchSignIn):  # ended from elsewhere meanwhile
            signing_in.end(database(), user_id=person, sign_in_id=here, now=here_and_now())
    leave()
    return redirect(url_for("drafts.library"), 303)


@pages.post("/language")
def language() -> ResponseReturnValue:
    choose_language(request.form.get("language", ""))
    return redirect(inside(request.form.get("next", "")) or url_for("drafts.library"), 303)
