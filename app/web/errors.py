"""The one table from refusal to status, and the page that says what happened and what to do next."""

import re

from flask import Flask, Response, current_app, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import BadHost, HTTPException, RequestEntityTooLarge

from app.domain.errors import Invalid, NotAllowed, NotFound, Outdated, Refusal, TooOften
from app.store import failing
from app.web import ended, outages, signing_in
from app.web.addresses import inside
from app.web.context import database, language
from app.web.refusals import sentence
from app.web.translating import _
from config import MEGABYTE

STATUS: dict[type[Refusal], int] = {NotFound: 404, NotAllowed: 403, Invalid: 422, Outdated: 409, TooOften: 429}
TYPED = ("text", "insertion", "body", "rationale", "quote", "message", "title", "reason", "words")
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
"""Not typed: of what the form is about, which is in its field `words` as well."""
PART = re.compile(r"(own-|part-\d+-(text|insertion)$)")
"""Texts of which a form has several."""


def register(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, failed)
    app.register_error_handler(SQLAlchemyError, unusable)


def status_of(refusal: Refusal) -> int:
    return next(status for family, status in STATUS.items() if isinstance(refusal, family))


def refused(refusal: Refusal) -> ResponseReturnValue:
    """A page for a refusal that no form could be shown for."""
    database().rollback()
    if isinstance(refusal, NotFound | NotAllowed) and (kept := _unsent()):
        return kept
    answer, status = page(status_of(refusal), sentence(refusal))
    return answer, status, again_after(refusal)


def again_after(refusal: Refusal) -> dict[str, str]:
    """The header that says when something may be tried again (RFC 6585, 4)."""
    return {"Retry-After": str(refusal.seconds)} if isinstance(refusal, TooOften) else {}


def expired(error: CSRFError) -> ResponseReturnValue:
    """The form comes from before the last signing in, or from a page of somebody else's."""
    if request.endpoint == "people.sign_in":
        return _sign_in_page(), 400
    kept = ended.of_request() if request.endpoint != "second.step" else None
    if kept is None:
        return page(400, ended.not_ours())
    return _kept_page(kept, 400, ended.not_ours())


def _sign_in_page() -> str:
    """It was open for longer than its session, or the browser takes no cookies."""
    name, target = request.form.get("name", ""), inside(request.form.get("next", ""))
    return signing_in.page(name=name, target=target, refusal=ended.not_ours())


def _unsent() -> ResponseReturnValue | None:
    """The page on which one signs in again and loses nothing, where that is what is missing."""
    kept = ended.of_request() if ended.has_ended() else None
    return _kept_page(kept, 403) if kept else None


def _kept_page(kept: ended.Kept, status: int, why: str = "") -> ResponseReturnValue:
    headers = {ended.HEADER: "1", "Cache-Control": "no-store"}
    step: ended.Step = "send" if current_user.is_authenticated else "sign_in"
    return ended.page(kept, step=step, why=why), status, headers


def failed(error: HTTPException) -> ResponseReturnValue:
    """Werkzeug's errors, and as 500 whatever nobody foresaw."""
    status, cause = error.code or 500, getattr(error, "original_exception", None)
    if isinstance(error, BadHost) or request_ctx.url_adapter is None:
        # under such a name of the host no page could say where its own parts are
        return Response(_("The request could not be understood."), status, mimetype="text/plain")
    if isinstance(cause, SQLAlchemyError) and failing.trouble(cause):  # another page could not be shown for it
        return unusable(cause)
    if status == 404 and (kept := _unsent()):
        return kept
    sentences = {
        404: _("There is no page at this address."),
        405: _("This address cannot be used in this way."),
        408: _("What was sent took too long to arrive."),
        411: _("What was sent does not say how large it is."),
        413: _("What was sent is larger than can be taken."),
        414: _("This address is longer than can be read."),
        431: _("What the browser sent along with the address is longer than can be read."),
    }
    if status >= 500:
        return bare(status, _("Something went wrong on our side. Nothing was stored."))
    return page(status, sentences.get(status, _("The request could not be understood.")))


def unusable(error: SQLAlchemyError) -> ResponseReturnValue:
    """The database is locked, full, lost or damaged. Raises the error again where that is not so."""
    trouble = failing.trouble(error)
    if trouble is None:
        raise error
    outages.give_up(error)
    return outages.page(trouble, error, typed(), language())


def advice(status: int) -> tuple[str, str]:
    """What such a page is headed, and what one can do next."""
    largest = current_app.config["MAX_CONTENT_LENGTH"] // MEGABYTE
    table = {
        400: (_("Not accepted"), _("Open the page again and send the form once more.")),
        403: (_("Not allowed"), _("Ask a facilitator of the draft if you need to do this.")),
        404: (_("Not found"), _("Check the address. Drafts can be seen by their members only: sign in first.")),
        405: (_("Not found"), _("Go back and use the buttons of the page.")),
        409: (_("Changed in the meantime"), _("Look at what is there now, then do it again if it is still needed.")),
        408: (_("Too slow"), _("Send it again over a better line, or a smaller file.")),
        411: (_("Not accepted"), _("Send it with another browser.")),
        413: (_("Too large"), _("Send less at once: at most %(size)s MB.", size=largest)),
        414: (_("Too long"), _("Go back and ask for less at once.")),
        431: (_("Too long"), _("Delete what your browser has kept of this site, then open it again.")),
        422: (_("Not possible like this"), _("Go back, mend what the sentence names, and send it again.")),
        429: (_("Tried too often"), _("Wait, then try again. A facilitator of your draft can let you in before.")),
        503: (_("Busy"), _("Wait a few seconds and try again.")),
    }
    return table.get(
        status, (_("Our mistake"), _("Try again. If it happens again, tell the administrator when it was."))
    )


def typed() -> list[str]:
    """The longer texts of a form that could not be stored, to be shown for copying."""
    try:
        form = request.form.items(multi=True) if request.method == "POST" else ()
        texts = [text for name, text in form if text.strip() and (name in TYPED or PART.match(name))]
    except RequestEntityTooLarge:
        return []
    return [text for text in texts if not FINGERPRINT.fullmatch(text)]


def page(status: int, text: str) -> tuple[str, int]:
    title, next_step = advice(status)
    fragment = "errors/_fragment.html" if request.headers.get("X-Fragment") else "errors/page.html"
    return render_template(fragment, status=status, title=title, sentence=text, advice=next_step, typed=typed()), status


def bare(status: int, text: str) -> tuple[str, int]:
    """A page that asks nothing of the database, not even who is signed in."""
    title, next_step = advice(status)
    template = current_app.jinja_env.get_template("errors/bare.html")
    shown = template.render(
        status=status, title=title, sentence=text, advice=next_step, typed=typed(), language=language()
    )
    return shown, status
