"""Back into an account: asked for by e-mail, or given by a facilitator or an administrator as a link and a slip."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from app.domain.errors import Invalid, NotAllowed, NotFound, Refusal
from app.letters.invitations import way_back
from app.letters.links import link, public_address
from app.letters.possible import is_possible
from app.services import letting_back
from app.services.letting_back import MadeWayBack
from app.services.tokens import hash_of_code, hash_of_token
from app.services.typed_codes import open_by_code
from app.store.letters import Letter
from app.web.context import database, hashing, here_and_now, language, now, secret, user_id
from app.web.errors import again_after, status_of
from app.web.joining import code_refused
from app.web.people import from_where
from app.web.qr import picture
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("ways_back", __name__)


@pages.get("/sign-in/forgotten")
def forgotten() -> ResponseReturnValue:
    return _forgotten()


@pages.post("/sign-in/forgotten")
def ask() -> ResponseReturnValue:
    """The same answer whether the address is known."""
    typed = request.form.get("email", "")
    try:
        letting_back.ask(database(), address=typed, asked_from=from_where(), write=_written, secret=secret(), now=now())
    except Refusal as refusal:
        database().rollback()
        return _forgotten(typed, sentence(refusal)), status_of(refusal), again_after(refusal)
    flash(_("If an account has confirmed this address, a letter with a link is on its way. It is good for one hour."))
    return redirect(url_for("ways_back.forgotten"), 303)


@pages.get("/sign-in/new-password")
def code() -> ResponseReturnValue:
    return render_template("ways_back/code.html", typed="", refused="")


@pages.post("/sign-in/new-password")
def with_code() -> ResponseReturnValue:
    """Whose account the code is for; with `do` a password is chosen."""
    typed = request.form.get("code", "")
    try:
        open_by_code(
            database(), typed=typed, asked_from=from_where(), secret=secret(), now=now(),
            opening=lambda key: letting_back.look(database(), key=key, now=now()),
        )  # fmt: skip
    except Refusal as refusal:
        return code_refused("ways_back/code.html", typed, refusal)
    return _answered(hash_of_code(typed), url_for("ways_back.with_code"), typed)


@pages.get("/sign-in/new-password/<token>")
def read(token: str) -> ResponseReturnValue:
    return _choice(hash_of_token(token), url_for("ways_back.choose", token=token))


@pages.post("/sign-in/new-password/<token>")
def choose(token: str) -> ResponseReturnValue:
    return _answered(hash_of_token(token), url_for("ways_back.choose", token=token))


@pages.route("/drafts/<slug>/members/<int:person>/way-back", methods=["GET", "POST"])
def of_member(slug: str, person: int) -> ResponseReturnValue:
    return _by_hand(slug, person)


@pages.route("/administration/people/<int:person>/way-back", methods=["GET", "POST"])
def of_person(person: int) -> ResponseReturnValue:
    return _by_hand(None, person)


def _written(made: MadeWayBack) -> Letter:
    return way_back(made, language())


def _forgotten(typed: str = "", refused: str = "") -> str:
    mail = is_possible()
    return render_template("ways_back/forgotten.html", typed=typed, refused=refused, mail=mail)


def _answered(key: str, address: str, code: str = "") -> ResponseReturnValue:
    if request.form.get("do") != "choose":
        return _choice(key, address, code)
    try:
        name = letting_back.choose(
            database(), key=key, password=request.form.get("password", ""), secret=secret(), now=here_and_now(),
            hashing=hashing(),
        )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        database().rollback()
        return _choice(key, address, code, sentence(refusal), status_of(refusal))
    flash(_("The new password counts for “%(name)s”. Sign in with it; everywhere else you are signed out.", name=name))
    return redirect(url_for("people.sign_in"), 303)


def _choice(key: str, address: str, code: str = "", refused: str = "", status: int = 200) -> ResponseReturnValue:
    whose = letting_back.look(database(), key=key, now=now())
    shown = render_template("ways_back/choose.html", whose=whose, address=address, code=code, refused=refused)
    return _unkept(shown, status)


def _by_hand(slug: str | None, person: int) -> ResponseReturnValue:
    """Who is to be let in again; after the form the link, the code and the slip, shown once."""
    helped = letting_back.helped(database(), slug=slug, person_id=person, user_id=user_id())
    if request.method != "POST":
        return _helped(slug, helped)
    try:
        made = letting_back.let_back(
            database(), slug=slug, person_id=person, lost=request.form.get("lost") == "yes", user_id=user_id(),
            secret=secret(), now=here_and_now(),
        )  # fmt: skip
    except (NotAllowed, Invalid) as refusal:
        database().rollback()
        return _helped(slug, helped, sentence(refusal), status_of(refusal))
    address = link("ways_back.read", token=made.token)
    return _unkept(
        render_template(
            "ways_back/made.html", made=made, address=address, slip=_slip(made, address), slug=slug, helped=helped
        )
    )


def _helped(slug: str | None, helped: letting_back.Helped, refused: str = "", status: int = 200) -> ResponseReturnValue:
    said = refused or (sentence(helped.barred) if helped.barred else "")
    return render_template("ways_back/helped.html", helped=helped, slug=slug, refused=said), status


def _slip(made: MadeWayBack, address: str) -> str:
    chosen = made.language or language()
    with force_locale(chosen):
        return render_template(
            "ways_back/_slip.html", made=made, page_address=link("ways_back.code"), home=public_address(),
            qr=picture(address), language=chosen,
        )  # fmt: skip


def _unkept(shown: str, status: int = 200) -> ResponseReturnValue:
    """A page with a secret on it, which no browser keeps."""
    response = make_response(shown, status)
    response.headers["Cache-Control"] = "no-store"
    return response
