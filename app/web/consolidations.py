"""The consolidation bench: choose, see the merged text, settle collisions, issue; one facilitator at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Refusal
from app.services import benching, consolidating, issuing, picking
from app.services.choosing import BASE, BRACKET, OWN, Choice, Settled
from app.services.pages_bench import ConsolidationPage
from app.services.pages_held import FallenLine, Held, Ways, Work
from app.services.pages_overview import Asked
from app.services.picking import WISHES, Wish
from app.web.context import database, here_and_now, now, user_id, viewer
from app.web.errors import status_of
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("consolidations", __name__)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the choice: whose the bench is, own words whose collision is gone, by its key, what fell away
    since another version was made, by what to choose together, and why something was not done."""

    held: Held
    gone: Mapping[str, str]
    fallen: tuple[FallenLine, ...]
    moved_on_from: int | None
    ways: Ways | None
    refused: str
    locked: bool


@pages.get("/drafts/<slug>/consolidation")
def bench(slug: str) -> ResponseReturnValue:
    work = benching.held(database(), slug=slug, user_id=user_id()).work
    return _bench(slug, work)


@pages.post("/drafts/<slug>/consolidation")
def work(slug: str) -> ResponseReturnValue:
    sent = _sent(slug)
    try:
        saved = benching.save(
            database(), slug=slug, work=sent, revision=request.form.get("revision", type=int), user_id=user_id(),
            now=now(),
        )  # fmt: skip
    except Refusal as refusal:
        database().rollback()
        return _bench(slug, sent, refusal)
    return _issue(slug, sent, saved) if request.form.get("do") == "issue" else _bench(slug, saved)


@pages.post("/drafts/<slug>/consolidation/take-over")
def take_over(slug: str) -> ResponseReturnValue:
    mine = _sent(slug) if request.form.get("do") == "mine" else None
    benching.take_over(database(), slug=slug, work=mine, user_id=user_id(), now=now())
    flash(_("The bench is yours."))
    return _back(slug)


@pages.post("/drafts/<slug>/consolidation/hand-over")
def hand_over(slug: str) -> ResponseReturnValue:
    to = request.form.get("to", type=int)
    name = benching.hand_over(database(), slug=slug, to=to, user_id=user_id(), now=now())
    flash(_("%(name)s has the bench now.", name=name))
    return _back(slug)


@pages.post("/drafts/<slug>/consolidation/put-away")
def put_away(slug: str) -> ResponseReturnValue:
    benching.put_away(database(), slug=slug, user_id=user_id(), now=now())
    flash(_("The bench is put away. What stood on it is kept in the record."))
    return _back(slug)


@pages.post("/drafts/<slug>/consolidation/share")
def share(slug: str) -> ResponseReturnValue:
    shared = request.form.get("shared") == "yes"
    benching.share(database(), slug=slug, shared=shared, user_id=user_id(), now=now())
    flash(_("Every member may see the bench on the big screen.") if shared else _("The big screen is off."))
    return _back(slug)


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("consolidations.bench", slug=slug), 303)


def _issue(slug: str, sent: Work, saved: Work) -> ResponseReturnValue:
    """Issue what stood on the page; nothing that it did not show."""
    try:
        number = issuing.issue(
            database(), slug=slug, choice=sent.choice, user_id=user_id(), message=sent.message, now=now(),
            expected_version=request.form.get("expected_version", default=0, type=int), from_bench=True,
        )  # fmt: skip
    except Refusal as refusal:
        database().rollback()
        return _bench(slug, saved, refusal)
    flash(_("Version %(number)s is issued. Open amendments were carried onto it.", number=number))
    return redirect(url_for("drafts.read", slug=slug, number=number), 303)


def _sent(slug: str) -> Work:
    """What was ticked, settled and typed on the page, or chosen by a button of many. A settlement without a usable
    choice is left out, and so are own words that are the base's."""
    form = request.form
    typed = {_key(name): text.replace("\r\n", "\n") for name, text in form.items() if name.startswith("own-")}
    forgotten = form.get("forget", "")
    own = {key: text for key, text in typed.items() if text.strip() and text != _base(key) and key != forgotten}
    settlements = {
        key: Settled(
            choice, (typed if choice == OWN else own).get(key, ""), tuple(form.getlist(f"also-{key}", type=int))
        )
        for name, choice in form.items()
        if name.startswith("settle-") and _usable(choice) and (key := _key(name))
    }
    chosen = frozenset(form.getlist("amendment", type=int))
    if form.get("do") in WISHES:
        chosen = picking.pick(database(), slug=slug, wish=_wish(), chosen=chosen, now=here_and_now(), **viewer())
    choice = Choice(chosen, settlements, renumber="renumber" in form)
    seen = frozenset({*typed, *settlements, *filter(None, [forgotten])})
    base_version = form.get("expected_version", default=0, type=int)
    return Work(choice, form.get("message", ""), own, seen, base_version)


def _key(name: str) -> str:
    return name.partition("-")[2]


def _base(key: str) -> str:
    return request.form.get(f"base-{key}", "").replace("\r\n", "\n")


def _usable(choice: str) -> bool:
    return choice in (BASE, OWN, BRACKET) or choice.isdecimal()


def _wish() -> Wish:
    form = request.form
    asked = Asked(
        institution=form.get("by_institution", ""), within=form.get("by_within", ""), state=form.get("by_state", "")
    )
    return Wish(form["do"], asked)


def _bench(slug: str, work: Work, refused: Refusal | None = None) -> ResponseReturnValue:
    """The bench with what was chosen. Where a settlement cannot be used, all of them are shown as they were made."""
    foreseen = request.form.get("do") == "consequences"
    try:
        page = consolidating.bench(
            database(), slug=slug, choice=work.choice, foreseen=foreseen, now=here_and_now(), **viewer()
        )
    except Refusal as refusal:
        database().rollback()
        refused = refused or refusal
        plain = replace(work.choice, settlements={})
        page = consolidating.bench(database(), slug=slug, choice=plain, now=here_and_now(), **viewer())
        page = _as_settled(page, work.choice)
    shown = _around(slug, work, page, refused)
    return _shown(page, work, shown), status_of(refused) if refused and request.method == "POST" else 200


def _as_settled(page: ConsolidationPage, choice: Choice) -> ConsolidationPage:
    none = Settled("")
    made = ((line, choice.settlements.get(line.key, none)) for line in page.collisions)
    shown = (replace(line, settled=settled.choice, also=settled.also) for line, settled in made)
    return replace(page, collisions=tuple(shown))


def _around(slug: str, work: Work, page: ConsolidationPage, refused: Refusal | None) -> Around:
    known = {line.key for line in page.collisions}
    gone = work.choice.amendments - {line.amendment.number for line in page.bench}
    held = benching.held(database(), slug=slug, user_id=user_id())
    return Around(
        held,
        {key: text for key, text in work.own.items() if key not in known},
        benching.fallen(database(), slug=slug, numbers=gone, user_id=user_id()),
        work.base_version if 0 < work.base_version < page.base.number else None,
        None if _fragment() else _ways(slug, page),
        sentence(refused) if refused else "",
        held.anothers and request.method == "GET",
    )


def _ways(slug: str, page: ConsolidationPage) -> Ways:
    lines = [line.amendment for line in page.bench]
    return picking.ways(database(), slug=slug, lines=lines, version=page.base, user_id=user_id())


def _fragment() -> bool:
    return request.headers.get("X-Fragment") == "bench"


def _shown(page: ConsolidationPage, work: Work, around: Around) -> str:
    return render_template(
        "consolidations/_bench.html" if _fragment() else "consolidations/bench.html", page=page, draft=page.draft,
        work=work, around=around, asked=_wish().asked if "do" in request.form else Asked(),
    )  # fmt: skip
