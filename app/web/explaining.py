"""Reservations and explanations of position: attached to a clause, withdrawn, printed as an annex."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime

from app.domain.errors import Invalid, Outdated
from app.exports import annex_markdown, csv_table
from app.services import annexing, explaining
from app.services.explaining import Attached
from app.services.pages_closing import Annex, ExplanationLine
from app.web import positions, words
from app.web.context import database, here_and_now, user_id, viewer
from app.web.filters import day
from app.web.translating import _

pages = Blueprint("explaining", __name__)


@pages.post("/drafts/<slug>/clauses/<clause_id>/explanations")
def attach(slug: str, clause_id: str) -> ResponseReturnValue:
    now, typed = here_and_now(), request.form
    attached = Attached(
        typed.get("kind", ""), typed.get("text", ""), typed.get("words", ""), typed.get("entered_for", "")
    )
    try:
        made = explaining.attach(
            database(), slug=slug, clause_id=clause_id, attached=attached, user_id=user_id(), now=now, today=now.date()
        )  # fmt: skip
    except (Invalid, Outdated) as refusal:
        return positions.again(slug, refusal, "explain", clause_id)
    flash(_("It stands in the annex to the text."))
    return redirect(url_for("clauses.read", slug=slug, clause_id=clause_id, _anchor=f"explanation-{made}"), 303)


@pages.post("/drafts/<slug>/explanations/<int:explanation_id>/withdraw")
def withdraw(slug: str, explanation_id: int) -> ResponseReturnValue:
    now = here_and_now()
    clause_id = explaining.withdraw(
        database(), slug=slug, explanation_id=explanation_id, user_id=user_id(), now=now, today=now.date()
    )  # fmt: skip
    flash(_("It is not printed any more; it stays in the record."))
    return redirect(url_for("clauses.read", slug=slug, clause_id=clause_id, _anchor="explanations"), 303)


@pages.get("/drafts/<slug>/annex")
def annex(slug: str) -> ResponseReturnValue:
    page = _annex(slug)
    return render_template("positions/annex.html", page=page, draft=page.draft)


@pages.get("/drafts/<slug>/annex.csv")
def annex_csv(slug: str) -> ResponseReturnValue:
    page = _annex(slug)
    heads = (_("Clause"), _("Institution"), _("What it is"), _("Words"), _("Given on version"), _("Date"))
    rows = [
        (_cited(group.human), line.institution.name, words.explanation(line.kind), line.text, str(line.version),
         format_datetime(line.at, "yyyy-MM-dd HH:mm"))
        for group in page.groups for line in group.lines
    ]  # fmt: skip
    return _file(page, csv_table.write(heads, rows), "csv", "text/csv")


@pages.get("/drafts/<slug>/annex.md")
def annex_md(slug: str) -> ResponseReturnValue:
    page = _annex(slug)
    title = _("Reservations and explanations of position")
    about = f"{page.draft.title}, {_('version %(number)s', number=page.draft.latest.number)}"
    groups = [(_cited(group.human), [(_said(line), line.text) for line in group.lines]) for group in page.groups]
    return _file(page, annex_markdown.write(title, about, groups), "md", "text/markdown")


def _annex(slug: str) -> Annex:
    return annexing.annex(database(), slug=slug, now=here_and_now(), **viewer())


def _cited(human: str) -> str:
    return human or _("No longer in the text")


def _said(line: ExplanationLine) -> str:
    """Who says it, what it is, when and on which version."""
    on = _("on version %(number)s", number=line.version)
    return f"{line.institution.name} ({line.institution.code}): {words.explanation(line.kind)}, {day(line.at)}, {on}"


def _file(page: Annex, made: bytes, ending: str, mimetype: str) -> Response:
    answer = Response(made, mimetype=mimetype)
    name = f"{page.draft.slug}-{page.draft.latest.number}-annex.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
