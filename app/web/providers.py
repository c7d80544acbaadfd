"""Signing in by way of an OpenID Connect provider: code flow with PKCE, state and nonce (OpenID Connect Core 1.0, 3.1).

Where none is set these pages do not exist.
"""

from typing import Any, cast

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Refusal
from app.letters.links import link
from app.services import outside_identities, second_factors
from app.services.outside_identities import Identity
from app.web import proof
from app.web.addresses import inside
from app.web.context import database, here_and_now, now, user_id
from app.web.errors import again_after, status_of
from app.web.provider_client import CLIENT, asking, client_of
from app.web.refusals import sentence
from app.web.signing_in import ask_second, enter_as
from app.web.translating import _
from config import Provider

pages = Blueprint("providers", __name__)
STATE, TARGET, CONNECTING = f"_state_{CLIENT}_", "provider-target", "connecting"
CONNECTING_SECONDS = 600
LEEWAY = 600
"""Seconds: a server's clock may be as wrong as a telephone's. The nonce holds an answer to its question."""


def provider() -> Provider | None:
    """The one that is set."""
    return cast(Provider | None, current_app.config.get("PROVIDER"))


def provider_name() -> str:
    """What people know it by; empty where none is set."""
    found = provider()
    return found.name if found else ""


def register(app: Flask) -> None:
    """Templates ask whether there is one."""
    app.template_global("provider_name")(provider_name)


@pages.get("/sign-in/provider")
def go() -> ResponseReturnValue:
    """To the provider. A link and no form, whose answer could not lead to another host."""
    setting = _needed()
    for key in [one for one in session if one.startswith(STATE)]:
        session.pop(key)  # only the last try counts, and a cookie is small
    session[TARGET] = inside(request.args.get("next", ""))
    try:
        with asking(setting.name):
            return cast(ResponseReturnValue, client_of(setting).authorize_redirect(link("providers.back")))
    except Refusal as refusal:
        return _refused(refusal)


@pages.get("/sign-in/provider/back")
def back() -> ResponseReturnValue:
    """From the provider. Whoever is signed in already is asked whether to connect the two."""
    setting, target = _needed(), session.pop(TARGET, "")
    try:
        identity = _identity(setting)
        if user_id() is not None:
            return _ask_to_connect(identity)
        found = outside_identities.sign_in(database(), identity=identity, now=here_and_now())
    except Refusal as refusal:
        return _refused(refusal)
    if second_factors.is_needed(database(), found):
        ask_second(found, target)
        return redirect(url_for("second.step"), 303)
    enter_as(found, "provider")
    return redirect(target or url_for("drafts.library"), 303)


@pages.route("/account/second-factor/connect", methods=["GET", "POST"])
def connect() -> ResponseReturnValue:
    """Which identity it is, and whether it is to be connected: nobody is brought to it by a link alone."""
    setting, person = _needed(), proof.own()
    kept = session.get(CONNECTING)
    if not kept or kept["user"] != person or now().timestamp() > kept["until"]:
        if request.method == "POST":
            flash(_("It took too long, or it was done already. Begin again."))
        return redirect(url_for("second.read"), 303)
    if request.method != "POST":
        return render_template(
            "second_factors/connect.html", provider=setting.name, shown=kept["shown"], proved=proof.is_given(person)
        )
    outside_identities.connect(
        database(), user_id=proof.needed(), issuer=setting.issuer, subject=kept["subject"], now=here_and_now(),
        provider=setting.name,
    )  # fmt: skip
    session.pop(CONNECTING)
    flash(_("Connected: you can sign in with %(provider)s from now on.", provider=setting.name))
    return redirect(url_for("second.read"), 303)


@pages.post("/account/identities/<int:identity_id>/remove")
def disconnect(identity_id: int) -> ResponseReturnValue:
    outside_identities.disconnect(database(), user_id=proof.needed(), identity_id=identity_id)
    flash(_("Disconnected: it does not sign in to your account any more."))
    return redirect(url_for("second.read"), 303)


def _ask_to_connect(identity: Identity) -> ResponseReturnValue:
    session[CONNECTING] = {
        "user": proof.own(), "subject": identity.subject, "shown": identity.shown or identity.subject,
        "until": now().timestamp() + CONNECTING_SECONDS,
    }  # fmt: skip
    return redirect(url_for("providers.connect"), 303)


def _identity(setting: Provider) -> Identity:
    """Who the provider says came back. Raises BadIdentity, ProviderUnreachable."""
    wanted = {
        "iss": {"essential": True, "value": setting.issuer}, "aud": {"essential": True, "value": setting.client_id},
        "exp": {"essential": True}, "nonce": {"essential": True},
    }  # fmt: skip
    with asking(setting.name):
        client = client_of(setting)
        token = client.authorize_access_token(claims_options=wanted, leeway=LEEWAY)
        said = token["userinfo"]
        return _told(setting, said, _more(client, token, said))


def _more(client: Any, token: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Some providers tell the address elsewhere; it counts only for the same person (OpenID Connect
    Core 1.0, 5.3.2)."""
    if "email" in said or "userinfo_endpoint" not in client.server_metadata:
        return said
    more = client.userinfo(token=token)
    return more if more.get("sub") == said["sub"] else said


def _told(setting: Provider, said: dict[str, Any], more: dict[str, Any]) -> Identity:
    email, name = more.get("email"), more.get("name")
    email = email if isinstance(email, str) else ""
    shown = " · ".join(part for part in (name, email) if isinstance(part, str) and part)[:200]
    vouched = email if more.get("email_verified") is True else ""
    return Identity(setting.name, setting.issuer, str(said["sub"]), vouched, shown)


def _needed() -> Provider:
    found = provider()
    if found is None:
        abort(404)
    return found


def _refused(refusal: Refusal) -> ResponseReturnValue:
    database().rollback()
    if user_id() is not None:
        flash(sentence(refusal))
        return redirect(url_for("second.read"), 303)
    shown = render_template("people/sign_in.html", name="", next="", refusal=sentence(refusal))
    return shown, status_of(refusal), again_after(refusal)
