"""The consolidation bench: choose, see the merged text, settle collisions, issue."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.errors import Refusal
from app.services import consolidating, issuing
from app.services.choosing import Choice, Settled
from app.services.pages import BenchLine, ConsolidationPage
from app.web.context import database, now, user_id, viewer
from app.web.errors import status_of
from app.web.refusals import sentence

pages = Blueprint("consolidations", __name__)


@pages.get("/drafts/<slug>/consolidation")
def bench(slug: str) -> ResponseReturnValue:
    page = consolidating.bench(database(), slug=slug, choice=None, **viewer())
    return _shown(page, {})


@pages.post("/drafts/<slug>/consolidation")
def work(slug: str) -> ResponseReturnValue:
    choice = _chosen(slug)
    if request.form.get("do") != "issue":
        return _bench(slug, choice)
    try:
        number = issuing.issue(
            database(), slug=slug, choice=choice, user_id=user_id(), message=request.form.get("message", ""), now=now(),
            expected_version=request.form.get("expected_version", default=0, type=int),
        )  # fmt: skip
    except Refusal as refusal:
        database().rollback()
        return _bench(slug, choice, refusal)
    flash(_("Version %(number)s is issued. Open amendments were carried onto it.", number=number))
    return redirect(url_for("drafts.read", slug=slug, number=number), 303)


def _chosen(slug: str) -> Choice:
    """What was ticked and settled on the page, or everything (or everything free of collisions) where that was asked.

    A settlement without a usable choice is left out.
    """
    form = request.form
    settlements = {
        name.removeprefix("settle-"): Settled(choice, form.get(f"own-{name.removeprefix('settle-')}", ""))
        for name, choice in form.items()
        if name.startswith("settle-") and (choice in ("base", "own") or choice.isdecimal())
    }
    if form.get("do") in ("free", "all"):
        lines = consolidating.bench(database(), slug=slug, choice=None, **viewer()).bench
        return Choice(frozenset(line.amendment.number for line in lines if _wanted(line)), settlements)
    return Choice(frozenset(form.getlist("amendment", type=int)), settlements)


def _wanted(line: BenchLine) -> bool:
    return request.form.get("do") == "all" or not line.amendment.collides_with


def _bench(slug: str, choice: Choice, refused: Refusal | None = None) -> ResponseReturnValue:
    """The bench with what was chosen. Where a settlement cannot be used, all of them are shown as they were made."""
    try:
        page = consolidating.bench(database(), slug=slug, choice=choice, **viewer())
    except Refusal as refusal:
        database().rollback()
        refused = refused or refusal
        page = consolidating.bench(database(), slug=slug, choice=Choice(choice.amendments, {}), **viewer())
        page = _as_settled(page, choice)
    own = {name.removeprefix("own-"): text for name, text in request.form.items() if name.startswith("own-")}
    return _shown(page, own, sentence(refused) if refused else ""), status_of(refused) if refused else 200


def _as_settled(page: ConsolidationPage, choice: Choice) -> ConsolidationPage:
    settlements = choice.settlements
    shown = (
        replace(line, settled=settlements[line.key].choice if line.key in settlements else "")
        for line in page.collisions
    )
    return replace(page, collisions=tuple(shown))


def _shown(page: ConsolidationPage, own: dict[str, str], refused: str = "") -> str:
    """`own` are the own words typed so far, by collision; those whose collision is gone are shown apart, never lost."""
    known = {line.key: line.base for line in page.collisions}
    orphaned = [text for key, text in own.items() if key not in known and text.strip()] if refused else []
    fragment = request.headers.get("X-Fragment") == "bench"
    return render_template(
        "consolidations/_bench.html" if fragment else "consolidations/bench.html", page=page, draft=page.draft,
        own=own, orphaned=orphaned, refused=refused, message=request.form.get("message", ""),
    )  # fmt: skip
