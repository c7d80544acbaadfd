"""The members of a draft: who is in it, adding and changing them, an institution's delegation."""

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.services import delegating, membering, showing_members
from app.services.membering import Wanted
from app.web.context import database, here_and_now, user_id, viewer
from app.web.forms import done_or_again
from app.web.translating import _

pages = Blueprint("members", __name__)


@pages.get("/drafts/<slug>/members")
def index(slug: str) -> ResponseReturnValue:
    return _index(slug)


@pages.post("/drafts/<slug>/members")
def add(slug: str) -> ResponseReturnValue:
    def deed() -> str:
        full_name = membering.add_member(
            database(), slug=slug, name=request.form.get("name", ""), wanted=_wanted(), user_id=user_id(),
            now=here_and_now(),
        )  # fmt: skip
        return _("%(name)s is a member now.", name=full_name)

    return done_or_again(deed, lambda said: _index(slug, said), lambda: url_for("members.index", slug=slug))


@pages.get("/drafts/<slug>/members/<int:member>")
def read(slug: str, member: int) -> ResponseReturnValue:
    return _member(slug, member)


@pages.post("/drafts/<slug>/members/<int:member>")
def change(slug: str, member: int) -> ResponseReturnValue:
    def deed() -> str:
        membering.change_member(
            database(), slug=slug, member=member, wanted=_wanted(), user_id=user_id(), now=here_and_now()
        )
        return _("Their role in this draft is changed.")

    return _done(slug, member, deed)


@pages.post("/drafts/<slug>/members/<int:member>/remove")
def remove(slug: str, member: int) -> ResponseReturnValue:
    def deed() -> str:
        membering.remove_member(database(), slug=slug, member=member, user_id=user_id(), now=here_and_now())
        return _("They are no member of this draft any more; what they had open of it ends.")

    def address() -> str:
        return url_for("drafts.library") if member == user_id() else url_for("members.index", slug=slug)

    return done_or_again(deed, lambda said: _member(slug, member, said), address)


@pages.get("/drafts/<slug>/delegation")
def delegation(slug: str) -> ResponseReturnValue:
    return _delegation(slug)


@pages.post("/drafts/<slug>/delegation")
def delegate(slug: str) -> ResponseReturnValue:
    """With `do=hand_over` make somebody else its head; else let a member speak for it, or only comment."""

    def deed() -> str:
        typed, now = request.form, here_and_now()
        if typed.get("do") == "hand_over":
            delegating.hand_over(
                database(), slug=slug, to=typed.get("to", 0, type=int), confirmed=typed.get("confirmed") == "yes",
                user_id=user_id(), now=now,
            )  # fmt: skip
            return _("The delegation is handed over. You speak for it still.")
        delegating.name_part(
            database(), slug=slug, member=typed.get("member", 0, type=int), part=typed.get("part", ""),
            user_id=user_id(), now=now,
        )  # fmt: skip
        return _("This is their part in the delegation now.")

    return done_or_again(deed, lambda said: _delegation(slug, said), lambda: url_for("members.delegation", slug=slug))


def _done(slug: str, member: int, deed: Callable[[], str]) -> ResponseReturnValue:
    return done_or_again(
        deed,
        lambda said: _member(slug, member, said),
        lambda: url_for("members.index", slug=slug, _anchor=f"member-{member}"),
    )


def _index(slug: str, refused: str = "") -> str:
    page = showing_members.members_page(database(), slug=slug, today=here_and_now().date(), **viewer())
    return render_template("members/index.html", page=page, draft=page.draft, typed=request.form, refused=refused)


def _member(slug: str, member: int, refused: str = "") -> str:
    page = showing_members.member_page(
        database(), slug=slug, member=member, today=here_and_now().date(), **viewer()
    )  # fmt: skip
    return render_template("members/member.html", page=page, draft=page.draft, typed=request.form, refused=refused)


def _delegation(slug: str, refused: str = "") -> str:
    page = delegating.delegation(database(), slug=slug, **viewer())
    return render_template("members/delegation.html", page=page, draft=page.draft, typed=request.form, refused=refused)


def _wanted() -> Wanted:
    typed = request.form
    return Wanted(typed.get("role", ""), typed.get("institution", ""), typed.get("part") or "head")
