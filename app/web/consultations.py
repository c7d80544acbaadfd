"""Public consultations for everybody: what came of one, contributing, confirming by the link of a letter."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.consulting import State
from app.domain.errors import Invalid, Outdated, TooOften
from app.services import consult_contributing, consult_queue, consult_showing
from app.services.consult_contributing import Typed
from app.services.consult_pages import Around
from app.services.published_access import Address
from app.web import consultation_words
from app.web.consultation_post import desk
from app.web.context import database, here_and_now, language, user_id
from app.web.errors import again_after, status_of
from app.web.forms import whole_number
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("consultations", __name__)
LARGEST = 2**31 - 1


@pages.get("/publications/<slug>/<int:number>/consultation")
@pages.get("/p/<token>/consultation")
def read(**at: Any) -> ResponseReturnValue:
    """`?clause=` lists the contributions on one clause, `?after=` those behind a number."""
    page = consult_showing.summary(
        database(), at=address(at), user_id=user_id(), preferred=_preferred(), today=here_and_now().date(),
        clause=request.args.get("clause", ""), after=behind(),
    )  # fmt: skip
    shown = render_template(
        "consultations/read.html", page=page, said=consultation_words, at=arguments(page.around), refused="", typed={}
    )
    return _to_the_public(shown, page.around)


@pages.get("/publications/<slug>/<int:number>/consultation.csv")
@pages.get("/p/<token>/consultation.csv")
def table(**at: Any) -> ResponseReturnValue:
    data = consult_queue.table(
        database(), at=address(at), user_id=user_id(), preferred=_preferred(), today=here_and_now().date(),
        heads=consultation_words.heads(), said=consultation_words.cell,
    )  # fmt: skip
    response = Response(data, mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="consultation.csv")
    return response


@pages.get("/publications/<slug>/<int:number>/consultation/contribute")
@pages.get("/p/<token>/consultation/contribute")
def ask(**at: Any) -> ResponseReturnValue:
    """The form of a contribution; `?clause=` says what it is on."""
    return _form(at, request.args.get("clause", ""))


@pages.post("/publications/<slug>/<int:number>/consultation/contribute")
@pages.post("/p/<token>/consultation/contribute")
def contribute(**at: Any) -> ResponseReturnValue:
    form = request.form
    typed = Typed(
        form.get("body", ""), form.get("clause", ""), form.get("shown_name", ""), form.get("email", ""),
        "wants_answer" in form,
    )  # fmt: skip
    try:
        state = consult_contributing.contribute(
            database(), at=address(at), typed=typed, desk=desk(), user_id=user_id(), now=here_and_now()
        )
    except (Invalid, Outdated, TooOften) as refusal:
        database().rollback()
        return _form(at, typed.clause_id, sentence(refusal)), status_of(refusal), again_after(refusal)
    flash(_arrived(state, typed.email))
    return redirect(url_for("consultations.read", **at), 303)


@pages.get("/consultation/confirm/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """What is to be confirmed, and a button: a program that opens the links of letters confirms nothing."""
    page = consult_showing.confirm_page(database(), token=token, preferred=language(), now=here_and_now())
    response = make_response(render_template("consultations/confirm.html", page=page, token=token, refused=""))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@pages.post("/consultation/confirm/<token>")
def confirmed(token: str) -> ResponseReturnValue:
    try:
        slug, number, own = consult_contributing.confirm(database(), token=token, now=here_and_now())
    except Invalid as refusal:
        database().rollback()
        page = consult_showing.confirm_page(database(), token=token, preferred=language(), now=here_and_now())
        shown = render_template("consultations/confirm.html", page=page, token=token, refused=sentence(refusal))
        return shown, status_of(refusal)
    flash(_("Thank you: your contribution has arrived. It is shown once it was looked at."))
    if own is not None:
        return redirect(url_for("consultations.read", token=own), 303)
    return redirect(url_for("consultations.read", slug=slug, number=number), 303)


def address(at: Mapping[str, Any]) -> Address:
    return Address(str(at.get("slug", "")), int(at.get("number", 0)), str(at.get("token", "")))


def arguments(around: Around) -> dict[str, str | int]:
    """What the addresses around a publication are made of: those who came by the link stay at it."""
    return {"token": around.token} if around.token else {"slug": around.slug, "number": around.number}


def behind() -> int:
    """The number behind which a list is to begin."""
    return whole_number(request.args.get("after", ""), LARGEST) or 0


def _preferred() -> str:
    """The language in which somebody reads the text, or that of the interface."""
    return request.args.get("language", "") or language()


def _form(at: Mapping[str, Any], clause: str, refused: str = "") -> Response:
    page = consult_showing.contribute_page(
        database(), at=address(at), user_id=user_id(), preferred=_preferred(), today=here_and_now().date(),
        clause=clause,
    )  # fmt: skip
    shown = render_template(
        "consultations/contribute.html", page=page, said=consultation_words, at=arguments(page.around),
        refused=refused, typed=request.form, longest=consult_contributing.LONGEST,
    )  # fmt: skip
    return _to_the_public(shown, page.around)


def _to_the_public(shown: str, around: Around) -> Response:
    response = make_response(shown)
    if around.visibility != "public":
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _arrived(state: State, email: str) -> str:
    if state is State.WAITING:
        return _("Thank you: your contribution has arrived. It is shown once it was looked at.")
    return str(
        _(
            "A letter with a link goes to %(address)s. Your contribution is taken once you have used the link, within "
            "three days. If no letter comes, use the links of those you were sent: an address gets three a day.",
            address=email.strip(),
        )
    )
