"""The overview of amendments, and the same as a table for spreadsheets. Filters stand in the address."""

from dataclasses import asdict

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from app.exports import csv_table
from app.services import overview
from app.services.pages_overview import FACETS, ORDERS, Asked
from app.web import amendment_rows, amendments_table
from app.web.context import database, here_and_now, viewer

pages = Blueprint("overview", __name__)
LONGEST_SHOWN = 200
"""Characters of the words asked for that come back in the field."""


@pages.get("/drafts/<slug>/amendments")
def index(slug: str) -> ResponseReturnValue:
    page = overview.list_amendments(database(), slug=slug, asked=_asked(), now=here_and_now(), **viewer())
    rows, asked = amendment_rows.rows_of(page), _in_address(page.asked)
    return render_template("amendments/index.html", page=page, draft=page.draft, rows=rows, asked=asked)


@pages.get("/drafts/<slug>/amendments.csv")
def export(slug: str) -> ResponseReturnValue:
    page = overview.export(database(), slug=slug, asked=_asked(), now=here_and_now(), **viewer())
    file = csv_table.write(amendments_table.heads(), map(amendments_table.cells, page.lines))
    answer = Response(file, mimetype="text/csv")
    name = f"{page.draft.slug}-{page.draft.latest.number}-amendments.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked() -> Asked:
    given = {name: request.args.get(name, "") for name in FACETS}
    order = request.args.get("order", "")
    return Asked(
        **given,
        words=request.args.get("words", "").replace("\0", " ").strip()[:LONGEST_SHOWN],
        order=order if order in ORDERS else ORDERS[0],
        page=request.args.get("page", default=1, type=int),
        printed=request.args.get("printed") == "1",
    )


def _in_address(asked: Asked) -> dict[str, str]:
    """What the address says of it, the page aside."""
    said = {name: str(value) for name, value in asdict(asked).items() if name in (*FACETS, "words") and value}
    return said | ({"order": asked.order} if asked.order != ORDERS[0] else {})
