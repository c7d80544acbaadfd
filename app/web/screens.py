"""The big screen of the bench: read-only, huge, and it follows the facilitator by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.diff import Span
from app.services.pages_bench import CollisionLine, ScreenPage
from app.services.screening import screen
from app.web.context import database, viewer
from app.web.filters import after, before

pages = Blueprint("screens", __name__)
SIZES = (56, 50, 45, 40)
"""Pixels of the law's words on a screen 1920 wide; they grow and shrink with it."""
SMALLEST = 32
"""Of words that are cut and have no room all the same."""
WIDTH, HEIGHT = 1540, 790
"""Pixels that the words have on such a screen."""
AROUND = 45
"""Characters beside a change that stand where there is no room for all."""


@pages.get("/drafts/<slug>/consolidation/screen")
def show(slug: str) -> ResponseReturnValue:
    page = screen(database(), slug=slug, **viewer())
    lengths = list(_lengths(page))
    size = next((size for size in SIZES if _height(lengths, size) <= HEIGHT), 0)
    cut = not size and page.collision is not None
    if page.collision is not None and cut:
        page = replace(page, collision=_cut(page.collision))
        size = SIZES[-1] if _height(list(_lengths(page)), SIZES[-1]) <= HEIGHT else SMALLEST
    fragment = request.headers.get("X-Fragment") == "screen"
    return render_template(
        "consolidations/_screen.html" if fragment else "consolidations/screen.html", page=page, draft=page.draft,
        size=size or SMALLEST,
    )  # fmt: skip


def _height(lengths: Sequence[int], size: int) -> float:
    """About how high paragraphs are at a size: a letter is a little more than half as wide as high."""
    return sum((ceil((length + 1) / (WIDTH / (size * 0.55))) * 1.35 + 0.4) * size for length in lengths)


def _lengths(page: ScreenPage) -> Iterator[int]:
    """Of every paragraph of words, how long it is."""
    if page.collision is not None:
        met = page.collision
        if met.reason == "words":
            yield len(met.context_before) + len(met.base) + len(met.context_after)
        for side in met.sides:
            yield sum(len(span.text) for span in side.spans)
    elif page.clause is not None:
        yield sum(len(span.text) for span in page.clause.spans)


def _cut(met: CollisionLine) -> CollisionLine:
    """With only the words around what is contested, and of the sides only what they would have."""
    sides = (replace(side, spans=tuple(_cut_span(span) for span in side.spans if span.op != "-")) for side in met.sides)
    return replace(
        met, context_before=before(met.context_before), context_after=after(met.context_after),
        base=_shortened(met.base), sides=tuple(sides),
    )  # fmt: skip


def _cut_span(span: Span) -> Span:
    return Span("=", _shortened(span.text)) if span.op == "=" else span


def _shortened(text: str) -> str:
    """Its beginning and its end, cut at words."""
    if len(text) <= 3 * AROUND:
        return text
    return f"{text[:AROUND].rpartition(' ')[0]} … {text[-AROUND:].partition(' ')[2]}"
