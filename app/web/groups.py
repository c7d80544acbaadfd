"""Small groups: forming one, its page with its range, reporting back, dissolving it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.domain.errors import Invalid, Outdated, Refusal
from app.services import forming_groups, showing_groups
from app.services.convening import moment_typed
from app.services.forming_groups import MOST_CLAUSES, Forming
from app.web.context import database, here_and_now, user_id, viewer, zone
from app.web.errors import status_of
from app.web.forms import done_or_again
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("groups", __name__)
LARGEST = 2**31 - 1
"""No session has a larger number, and no database could look for one."""


@pages.get("/drafts/<slug>/groups")
def index(slug: str) -> ResponseReturnValue:
    page = showing_groups.index(database(), slug=slug, now=here_and_now(), **viewer())
    return render_template("groups/index.html", page=page, draft=page.draft)


@pages.get("/drafts/<slug>/groups/new")
def prepare(slug: str) -> ResponseReturnValue:
    return _form(slug, tuple(request.args.getlist("clause")), "")


@pages.post("/drafts/<slug>/groups/new")
def form(slug: str) -> ResponseReturnValue:
    """Form it, or with `do=show` show what is chosen and which other groups have it."""
    now, typed = here_and_now(), request.form
    parts, numbers = tuple(typed.getlist("clause")), typed.get("numbers", "")
    try:
        if typed.get("do") == "show":
            return _form(slug, parts, numbers, named=True)
        number = forming_groups.form_group(
            database(), slug=slug, forming=_forming(parts, numbers), user_id=user_id(), now=now, today=now.date()
        )
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _form_again(slug, parts, numbers, refusal), status_of(refusal)
    flash(_("The group is formed."))
    return redirect(url_for("groups.read", slug=slug, number=number), 303)


@pages.get("/drafts/<slug>/groups/<int:number>")
def read(slug: str, number: int) -> ResponseReturnValue:
    return _shown(slug, number)


@pages.post("/drafts/<slug>/groups/<int:number>/report")
def report(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        now = here_and_now()
        forming_groups.report_back(
            database(), slug=slug, number=number, words=request.form.get("text", ""),
            numbers=request.form.getlist("amendment", type=int), user_id=user_id(), now=now, today=now.date(),
        )  # fmt: skip
        return _("The group has reported back.")

    return _done(slug, number, "report", deed)


@pages.post("/drafts/<slug>/groups/<int:number>/agenda")
def put_on_agenda(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        count = forming_groups.put_on_agenda(
            database(), slug=slug, number=number, sitting=_session() or 0, user_id=user_id(), now=here_and_now(),
        )  # fmt: skip
        return str(ngettext("%(num)s amendment is on the agenda.", "%(num)s amendments are on the agenda.", count))

    return _done(slug, number, "agenda", deed)


@pages.post("/drafts/<slug>/groups/<int:number>/dissolve")
def dissolve(slug: str, number: int) -> ResponseReturnValue:
    def deed() -> str:
        forming_groups.dissolve_group(database(), slug=slug, number=number, user_id=user_id(), now=here_and_now())
        return _("The group is dissolved; what it made stays.")

    return _done(slug, number, "dissolve", deed)


def _done(slug: str, number: int, place: str, deed: Callable[[], str]) -> ResponseReturnValue:
    """Do it and say so; where it is refused, the page again with what was typed at that place."""
    return done_or_again(
        deed,
        lambda refused: _shown(slug, number, place, refused),
        lambda: url_for("groups.read", slug=slug, number=number),
    )


def _shown(slug: str, number: int, place: str = "", refused: str = "") -> str:
    page = showing_groups.group_page(database(), slug=slug, number=number, now=here_and_now(), **viewer())
    return render_template(
        "groups/read.html", page=page, draft=page.draft, group=page.group, place=place, refused=refused,
        typed=request.form, ticked=request.form.getlist("amendment", type=int),
    )  # fmt: skip


def _forming(parts: tuple[str, ...], numbers: str) -> Forming:
    typed = request.form
    return Forming(
        typed.get("title", ""), typed.get("text", ""), parts, numbers, tuple(typed.getlist("member")),
        typed.get("rapporteur", ""),
        moment_typed(typed.get("due", ""), zone()),
        _session(),
    )  # fmt: skip


def _session() -> int | None:
    number = request.form.get("session", type=int)
    return number if number is None or 0 <= number <= LARGEST else 0


def _form(slug: str, parts: tuple[str, ...], numbers: str, *, refused: str = "", named: bool = False) -> str:
    """The form that forms a group; `named`: what was typed is found and stands among what is ticked."""
    page = showing_groups.forming(database(), slug=slug, parts=parts, numbers=numbers, now=here_and_now(), **viewer())
    typed = request.form.to_dict() | ({"numbers": ""} if named else {})
    return render_template(
        "groups/form.html", page=page, draft=page.draft, typed=typed, members=request.form.getlist("member"),
        refused=refused,
    )  # fmt: skip


def _form_again(slug: str, parts: tuple[str, ...], numbers: str, refusal: Refusal) -> str:
    """With what was ticked and typed, though numbers may have been typed that name nothing."""
    return _form(slug, parts[:MOST_CLAUSES], "", refused=sentence(refusal))
