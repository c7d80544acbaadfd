"""The one table from refusal to status, and the page that says what happened and what to do next."""

import re

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from app.domain.errors import Invalid, NotAllowed, NotFound, Outdated, Refusal
from app.web.context import database, language
from app.web.refusals import sentence

STATUS: dict[type[Refusal], int] = {NotFound: 404, NotAllowed: 403, Invalid: 422, Outdated: 409}
TYPED = ("text", "insertion", "body", "rationale", "quote", "message", "title", "reason")
PART = re.compile(r"(own-|part-\d+-(text|insertion)$)")
"""Texts of which a form has several."""


def register(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, failed)
    app.register_error_handler(OperationalError, busy)


def status_of(refusal: Refusal) -> int:
    return next(status for family, status in STATUS.items() if isinstance(refusal, family))


def refused(refusal: Refusal) -> ResponseReturnValue:
    """A page for a refusal that no form could be shown for."""
    database().rollback()
    return page(status_of(refusal), sentence(refusal))


def expired(error: CSRFError) -> ResponseReturnValue:
    return page(400, _("This form comes from an earlier sign-in or from another place, so it was not taken."))


def failed(error: HTTPException) -> ResponseReturnValue:
    """Werkzeug's errors, and as 500 whatever nobody foresaw."""
    status = error.code or 500
    sentences = {
        404: _("There is no page at this address."),
        405: _("This address cannot be used in this way."),
        413: _("What was sent is larger than can be taken."),
    }
    if status >= 500:
        return bare(status, _("Something went wrong on our side. Nothing was stored."))
    return page(status, sentences.get(status, _("The request could not be understood.")))


def busy(error: OperationalError) -> ResponseReturnValue:
    current_app.logger.warning("the database could not be used: %s", error.orig)
    database().rollback()
    answer, status = bare(503, _("The database is busy or cannot be reached. Nothing was stored."))
    return answer, status, {"Retry-After": "5"}


def advice(status: int) -> tuple[str, str]:
    """What such a page is headed, and what one can do next."""
    table = {
        400: (_("Not accepted"), _("Open the page again and send the form once more.")),
        403: (_("Not allowed"), _("Ask a facilitator of the draft if you need to do this.")),
        404: (_("Not found"), _("Check the address. Drafts can be seen by their members only: sign in first.")),
        405: (_("Not found"), _("Go back and use the buttons of the page.")),
        409: (_("Changed in the meantime"), _("Look at what is there now, then do it again if it is still needed.")),
        413: (_("Too large"), _("Send a smaller text: at most 16 megabytes.")),
        422: (_("Not possible like this"), _("Go back, mend what the sentence names, and send it again.")),
        503: (_("Busy"), _("Wait a few seconds and try again.")),
    }
    return table.get(
        status, (_("Our mistake"), _("Try again. If it happens again, tell the administrator when it was."))
    )


def typed() -> list[str]:
    """The longer texts of a form that could not be stored, to be shown for copying."""
    try:
        form = request.form.items(multi=True) if request.method == "POST" else ()
        return [text for name, text in form if text.strip() and (name in TYPED or PART.match(name))]
    except RequestEntityTooLarge:
        return []


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
