"""How often letters tell somebody what is new for them, and the address in such letters that ends them."""

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.letters.links import link
from app.letters.possible import is_possible
from app.services import feeding, notifying
from app.web.context import database, now, user_id, zone
from app.web.forms import done_or_again
from app.web.translating import _

pages = Blueprint("notices", __name__)


def register(app: Flask) -> None:
    """Whoever ends letters out of a mail program has no form of ours: the address itself is what nobody can guess."""
    app.extensions["csrf"].exempt(f"{stop.__module__}.{stop.__name__}")


@pages.get("/account/notices")
def read() -> ResponseReturnValue:
    return _page()


@pages.post("/account/notices")
def choose() -> ResponseReturnValue:
    def deed() -> str:
        frequency = request.form.get("frequency", "")
        notifying.choose(database(), user_id=user_id(), frequency=frequency, now=now(), zone=zone())
        return _("It is noted how often letters are to come.")

    return done_or_again(deed, _page, lambda: url_for("notices.read"))


@pages.post("/drafts/<slug>/feed")
def make_feed(slug: str) -> ResponseReturnValue:
    """The answer to an address that was made is the page itself: it stands there once, and only its hash is kept."""
    token = feeding.make(database(), slug=slug, user_id=user_id(), now=now())
    return _page(made=link("feeds.read", token=token))


@pages.post("/drafts/<slug>/feed/end")
def end_feed(slug: str) -> ResponseReturnValue:
    def deed() -> str:
        feeding.end(database(), slug=slug, user_id=user_id())
        return _("There is nothing at the feed’s address any more.")

    return done_or_again(deed, _page, lambda: url_for("notices.read", _anchor="feeds"))


@pages.get("/notices/stop/<token>")
def stopping(token: str) -> ResponseReturnValue:
    """Looking at it changes nothing: mail programs look at addresses by themselves."""
    notifying.check_stop(database(), token=token)
    return render_template("notices/stop.html", token=token, stopped=False)


@pages.post("/notices/stop/<token>")
def stop(token: str) -> ResponseReturnValue:
    """Answered without sending the asker on to another address (RFC 8058, 3.1)."""
    notifying.stop(database(), token=token)
    return render_template("notices/stop.html", token=token, stopped=True)


def _page(refused: str = "", made: str = "") -> str:
    page = notifying.show(database(), user_id=user_id())
    typed = request.form.get("frequency", "") if refused else page.frequency.value
    return render_template(
        "notices/read.html", page=page, possible=is_possible(), refused=refused, typed=typed, made=made
    )
