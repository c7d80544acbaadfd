"""The letters of consultations as this installation writes them, and the addresses that stand in them."""

from typing import Any

from flask import current_app

from app.letters.composing import compose
from app.letters.links import link
from app.services.consult_contributing import Desk
from app.services.consult_letters import Post
from app.store.letters import Letter
from app.web import consultation_words
from app.web.context import language
from app.web.people import from_where


def post() -> Post:
    return Post(_written, lambda token: link("consultations.confirm", token=token), _read_at)


def desk() -> Desk:
    """What a contribution is taken with in this request."""
    return Desk(current_app.config["SECRET_KEY"], post(), language(), from_where())


def _written(kind: str, *, language: str, address: str, **facts: Any) -> Letter:
    return compose(kind, language=language, address=address, said=consultation_words, **facts)


def _read_at(slug: str, number: int, token: str | None) -> str:
    if token is not None:
        return link("consultations.read", token=token)
    return link("consultations.read", slug=slug, number=number)
