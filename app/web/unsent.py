"""For scripts alone: what is typed is kept on the server, and text from a word processor is cleaned."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from app.services import cleaning, keeping_unsent
from app.web import words
from app.web.context import database, now, user_id, viewer

pages = Blueprint("unsent", __name__)
NOT_KEPT = ("csrf_token", "do")


@pages.get("/drafts/<slug>/unsent")
def kept(slug: str) -> ResponseReturnValue:
    """What was kept and when; `now` tells the script how wrong its own clock is."""
    found = keeping_unsent.kept(database(), slug=slug, place=request.args.get("place", ""), user_id=user_id())
    if found is None:
        return jsonify(fields=None)
    return jsonify(fields=found.fields, saved_at=found.saved_at.isoformat(), now=now().isoformat())


@pages.post("/drafts/<slug>/unsent")
def keep(slug: str) -> ResponseReturnValue:
    """The form as it stands; with `discard` its author wants it forgotten."""
    place = request.args.get("place", "")
    if request.args.get("discard"):
        keeping_unsent.discard(database(), slug=slug, place=place, user_id=user_id())
        return "", 204
    fields = {name: values for name, values in request.form.lists() if name not in NOT_KEPT}
    keeping_unsent.keep(database(), slug=slug, place=place, fields=fields, user_id=user_id(), now=now())
    return "", 204


@pages.post("/drafts/<slug>/cleaned")
def clean(slug: str) -> ResponseReturnValue:
    found = cleaning.clean(
        database(), slug=slug, html=request.form.get("html", ""), clause_id=request.form.get("clause", ""), **viewer()
    )
    return jsonify(text=found.text, notes=[words.cleaning(note.value) for note in found.notes])
