"""Answering objections in the name of the group, and maintaining one that was answered."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from app.domain.errors import Invalid, Outdated
from app.services import answering
from app.services.answering import Answer
from app.web import positions
from app.web.context import database, here_and_now, user_id
from app.web.translating import _

pages = Blueprint("answering", __name__)


@pages.post("/drafts/<slug>/positions/<int:position_id>/answer")
def answer(slug: str, position_id: int) -> ResponseReturnValue:
    now, typed = here_and_now(), request.form
    said = Answer(typed.get("text", ""), typed.get("change", ""))
    try:
        answering.answer_objection(
            database(), slug=slug, position_id=position_id, answer=said, user_id=user_id(), now=now, today=now.date()
        )  # fmt: skip
    except (Invalid, Outdated) as refusal:
        return positions.again(slug, refusal, f"answer-{position_id}")
    flash(_("The answer is recorded; the institution that objects is told."))
    return redirect(positions.where(slug, f"position-{position_id}"), 303)


@pages.post("/drafts/<slug>/answers/<int:answer_id>/maintain")
def maintain(slug: str, answer_id: int) -> ResponseReturnValue:
    now = here_and_now()
    answering.maintain(database(), slug=slug, answer_id=answer_id, user_id=user_id(), now=now, today=now.date())
    flash(_("It is recorded that your institution maintains its objection."))
    return redirect(positions.where(slug, f"answer-{answer_id}"), 303)
