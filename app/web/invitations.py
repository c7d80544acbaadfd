"""Inviting people to a draft: one, many from a list, again; the slips that are handed to them.

Links and codes are known when they are made and never after: so the answer to what makes them is the page itself, which
shows them once, and no address leads back to it.
"""

from collections.abc import Sequence

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from app.domain.errors import Invalid, Outdated, Refusal
from app.imports import people_table
from app.letters.invitations import invitation
from app.letters.links import link, public_address
from app.letters.possible import is_possible
from app.services import bulk_inviting, inviting
from app.services.bulk_inviting import Preview
from app.services.invitees import Typed
from app.services.inviting import Inviter, Made, Writer
from app.services.showing_invitations import InvitationsPage, invitations_page
from app.web.context import database, here_and_now, user_id, viewer
from app.web.errors import status_of
from app.web.forms import whole_number
from app.web.qr import picture
from app.web.refusals import sentence
from app.web.translating import _

pages = Blueprint("invitations", __name__)
MOST_DAYS = 10_000


@pages.get("/drafts/<slug>/members/invitations")
def index(slug: str) -> ResponseReturnValue:
    return _index(slug)


@pages.post("/drafts/<slug>/members/invitations")
def invite(slug: str) -> ResponseReturnValue:
    try:
        made = inviting.invite(
            database(), slug=slug, typed=_typed(), days=_days(), by=_by(), now=here_and_now(), write=_writer()
        )
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _index(slug, sentence(refusal)), status_of(refusal)
    return _slips(slug, [made])


@pages.post("/drafts/<slug>/members/invitations/slips")
def renew(slug: str) -> ResponseReturnValue:
    """New codes for the chosen ones, with their slips; the former codes end."""
    chosen = request.form.getlist("invitation", type=int)
    try:
        made = inviting.renew(
            database(), slug=slug, ids=chosen, days=_days(), by=_by(), now=here_and_now(), write=_writer()
        )
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _index(slug, sentence(refusal), "list"), status_of(refusal)
    return _slips(slug, made)


@pages.post("/drafts/<slug>/members/invitations/<int:number>/revoke")
def revoke(slug: str, number: int) -> ResponseReturnValue:
    try:
        name = inviting.revoke(database(), slug=slug, invitation_id=number, by=_by(), now=here_and_now())
    except Outdated as refusal:
        database().rollback()
        return _index(slug, sentence(refusal), "list"), status_of(refusal)
    flash(_("The invitation of %(name)s is taken back: its link and its code let nobody in.", name=name))
    return redirect(url_for("invitations.index", slug=slug), 303)


@pages.get("/drafts/<slug>/members/invitations/list")
def many(slug: str) -> ResponseReturnValue:
    return _many(slug, "", None)


@pages.post("/drafts/<slug>/members/invitations/list")
def invite_many(slug: str) -> ResponseReturnValue:
    """Without `do=invite` a preview: a file that was chosen becomes the text of the form."""
    file = request.files.get("file")
    text = people_table.decoded(file.read()) if file and file.filename else request.form.get("text", "")
    try:
        if request.form.get("do") == "invite":
            made = bulk_inviting.invite_all(
                database(), slug=slug, text=text, usual=_typed(), days=_days(),
                whole=request.form.get("which") != "good", by=_by(), now=here_and_now(), write=_writer(),
            )  # fmt: skip
            return _slips(slug, made)
        return _many(slug, text, _preview(slug, text))
    except (Invalid, Outdated) as refusal:
        database().rollback()
        return _many(slug, text, _preview_or_none(slug, text), sentence(refusal)), status_of(refusal)


def _preview(slug: str, text: str) -> Preview:
    return bulk_inviting.preview(database(), slug=slug, text=text, usual=_typed(), by=_by(), now=here_and_now())


def _preview_or_none(slug: str, text: str) -> Preview | None:
    try:
        return _preview(slug, text)
    except Invalid:
        return None


def _by() -> Inviter:
    return Inviter(user_id())


def _typed() -> Typed:
    typed = request.form
    return Typed(
        typed.get("name", ""), typed.get("email", ""), typed.get("institution", ""), typed.get("role", ""),
        typed.get("part", ""), typed.get("language", ""),
    )  # fmt: skip


def _days() -> int | None:
    return whole_number(request.form.get("days", ""), MOST_DAYS)


def _writer() -> Writer | None:
    """Letters are written where they can be sent and were not declined."""
    wanted = is_possible() and request.form.get("letter") != "no"
    return invitation if wanted else None


def _page(slug: str) -> InvitationsPage:
    return invitations_page(database(), slug=slug, now=here_and_now(), **viewer())


def _index(slug: str, refused: str = "", place: str = "") -> str:
    page = _page(slug)
    return render_template(
        "invitations/index.html", page=page, draft=page.draft, refused=refused, place=place, typed=request.form,
        mail=is_possible(), chosen=request.form.getlist("invitation", type=int),
    )  # fmt: skip


def _many(slug: str, text: str, preview: Preview | None, refused: str = "") -> str:
    page = _page(slug)
    return render_template(
        "invitations/list.html", page=page, draft=page.draft, refused=refused, text=text, preview=preview,
        typed=request.form, mail=is_possible(), sentence_of=_said,
    )  # fmt: skip


def _said(refusal: Refusal) -> str:
    return sentence(refusal)


def _slips(slug: str, made: Sequence[Made]) -> ResponseReturnValue:
    """What was made, each on a slip in the language of whom it is for."""
    page = _page(slug)
    shown = render_template(
        "invitations/slips.html", page=page, draft=page.draft, made=made, slips=[slip_of(one) for one in made],
        sent=_writer() is not None, link=link,
    )  # fmt: skip
    response = make_response(shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def slip_of(made: Made) -> str:
    """One slip, as it is cut out and handed over."""
    address = link("joining.read", token=made.token)
    with force_locale(made.language):
        return render_template(
            "invitations/_slip.html", one=made, address=address, page_address=link("joining.code"),
            home=public_address(), qr=picture(address), language=made.language,
        )  # fmt: skip
