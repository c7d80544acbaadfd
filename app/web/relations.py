"""What binds amendments and institutions: invitations and answers, links, counter-texts, amendments to amendments."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid
from app.services import accepting, bridging, linking, sponsoring
from app.services.accepting import Seen
from app.web.amendments import shown
from app.web.context import database, now, user_id
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("relations", __name__)
AMENDMENT = "/drafts/<slug>/amendments/<int:number>"


@pages.post(f"{AMENDMENT}/sponsors")
def invite(slug: str, number: int) -> ResponseReturnValue:
    code = request.form.get("institution", "")
    sponsoring.invite(database(), slug=slug, number=number, institution=code, user_id=user_id(), now=now())
    flash(_("%(code)s was invited to propose this too.", code=code))
    return _back(slug, number, "sponsors")


@pages.post(f"{AMENDMENT}/sponsors/take-back")
def take_back(slug: str, number: int) -> ResponseReturnValue:
    code = request.form.get("institution", "")
    sponsoring.take_back(database(), slug=slug, number=number, institution=code, user_id=user_id(), now=now())
    flash(_("The invitation of %(code)s was taken back.", code=code))
    return _back(slug, number, "sponsors")


@pages.post(f"{AMENDMENT}/sponsors/answer")
def answer_invitation(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> None:
        sponsoring.answer(
            database(), slug=slug, number=number, answer=_answer(), reason=_reason(), user_id=user_id(), now=now()
        )

    accepted = _("Your institution proposes this amendment too.")
    return _done(slug, number, "sponsors", deed, accepted if _answer() == "accepted" else _("Your answer is recorded."))


@pages.post(f"{AMENDMENT}/links")
def link(slug: str, number: int) -> ResponseReturnValue:
    form = request.form

    def deed() -> None:
        linking.link(
            database(), slug=slug, number=number, other=form.get("other", default=0, type=int),
            kind=form.get("kind", ""), reason=_reason(), user_id=user_id(), now=now(),
        )  # fmt: skip

    return _done(slug, number, "links", deed, _("The amendments are linked."))


@pages.post(f"{AMENDMENT}/links/<int:link_id>/remove")
def unlink(slug: str, number: int, link_id: int) -> ResponseReturnValue:
    linking.unlink(database(), slug=slug, number=number, link_id=link_id, user_id=user_id(), now=now())
    flash(_("The link was removed; it stays in the record."))
    return _back(slug, number, "links")


@pages.post(f"{AMENDMENT}/counter-texts/<int:counter>/answer")
def answer_counter_text(slug: str, number: int, counter: int) -> ResponseReturnValue:
    def deed() -> None:
        bridging.answer_counter_text(
            database(), slug=slug, number=number, counter=counter, answer=_answer(), reason=_reason(),
            user_id=user_id(), now=now(),
        )  # fmt: skip

    return _done(slug, number, f"counter-text-{counter}", deed, _("Your answer is recorded."))


@pages.post(f"{AMENDMENT}/amended-by/<int:other>/answer")
def answer_words(slug: str, number: int, other: int) -> ResponseReturnValue:
    form = request.form
    seen = Seen(form.get("revision", default=0, type=int), form.get("other_revision", default=0, type=int))

    def deed() -> None:
        accepting.answer_words(
            database(), slug=slug, number=number, other=other, seen=seen, answer=_answer(), reason=_reason(),
            user_id=user_id(), now=now(),
        )  # fmt: skip

    said = _("A%(number)s reads as A%(other)s now.", number=number, other=other)
    return _done(
        slug, number, f"amended-by-{other}", deed, said if _answer() == "accepted" else _("Your answer is recorded.")
    )


def _answer() -> str:
    return request.form.get("answer", "")


def _reason() -> str:
    return request.form.get("reason", "")


def _done(slug: str, number: int, place: str, deed: Callable[[], None], said: str) -> ResponseReturnValue:
    """Do it and go back; a form that cannot be used comes back with what was typed, at its place on the page."""
    try:
        deed()
    except Invalid as refusal:
        database().rollback()
        return shown(slug, number, request.form, sentence(refusal), place), status_of(refusal)
    flash(said)
    return _back(slug, number, place)


def _back(slug: str, number: int, place: str) -> ResponseReturnValue:
    return redirect(url_for("amendments.read", slug=slug, number=number, _anchor=place), 303)
