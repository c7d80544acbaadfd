"""The board of agreement: as a page, as the clauses of one row, as a table for spreadsheets."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.attribution import Mode
from app.exports import csv_table
from app.services import board as boards
from app.services.pages_board import SAYS, STATES, BoardAsked, BoardPage, BoardRow
from app.web import board_table, board_words, words
from app.web.board_cells import CellWriter, legend
from app.web.context import database, here_and_now, language, viewer
from app.web.pieces import HERE, SEPARATOR

pages = Blueprint("board", __name__)
LARGE = 400
"""A board of more rows is sent as it is packed."""
HEIGHTS = (10, 20, 40, 60, 80, 120, 160, 240, 320)
"""How many rows a part may have whose height the style sheet knows."""
MOST_OPENED = 100
"""How many rows an address may name to be opened."""


@pages.get("/drafts/<slug>/board")
def read(slug: str) -> ResponseReturnValue:
    asked = _asked()
    if request.headers.get("X-Fragment") == "clauses" and asked.opened:
        found = boards.opened(database(), slug=slug, clause_id=asked.opened[-1], now=here_and_now(), **viewer())
        return "".join(_rows(found.rows, CellWriter(found.steps), slug, found.draft.language, ""))
    return _sent(boards.board(database(), slug=slug, asked=asked, now=here_and_now(), **viewer()))


@pages.get("/drafts/<slug>/board.csv")
def export(slug: str) -> ResponseReturnValue:
    found = boards.table(database(), slug=slug, asked=_asked(), now=here_and_now(), **viewer())
    file = csv_table.write(board_table.heads(found), board_table.rows(found))
    answer = Response(file, mimetype="text/csv")
    name = f"{found.draft.slug}-{found.draft.latest.number}-board.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked() -> BoardAsked:
    given = request.args
    state, says = given.get("state", ""), given.get("says", "")
    return BoardAsked(
        state if state in STATES else "",
        given.get("institution", ""),
        says if says in SAYS else "",
        given.get("within", ""),
        tuple(given.getlist("open"))[-MOST_OPENED:],
        given.get("printed") == "1",
    )


def in_address(asked: BoardAsked) -> dict[str, Any]:
    """What the address says of it, what is opened or printed aside."""
    return {name: str(value) for name, value in asdict(asked).items() if value and name not in ("opened", "printed")}


def _sent(page: BoardPage) -> Response:
    """The page with the rows put into it as they are, already escaped; a large one is sent while it is packed."""
    shell = render_template(
        "board/read.html", page=page, draft=page.draft, asked=in_address(page.asked), rows=HERE, saying=SAYS,
        legend=legend(page.steps, told=page.draft.attribution != Mode.UNATTRIBUTED), board_words=board_words,
    )  # fmt: skip
    before, after = shell.split(HERE)
    pieces = (before, *_tables(page), after)
    if sum(map(len, page.parts)) > LARGE:
        return Response((piece.encode() for piece in pieces), mimetype="text/html")
    return Response("".join(pieces), mimetype="text/html")


def _tables(page: BoardPage) -> Iterator[str]:
    """A table for each part, with heads of its own."""
    writer = CellWriter(page.steps)
    again = url_for("board.read", slug=page.draft.slug, **in_address(page.asked))
    for part in page.parts:
        height = next((size for size in HEIGHTS if len(part) <= size), HEIGHTS[-1])
        looks = [writer.look(1 << step.number) for step in page.steps]
        head, foot = _pieces(
            "board/_table.html", page=page, first=part[0], height=height, steps=page.steps, looks=looks
        )  # fmt: skip
        yield head
        yield from _rows(part, writer, page.draft.slug, page.draft.language, again)
        yield foot


def _rows(rows: tuple[BoardRow, ...], writer: CellWriter, slug: str, law_language: str, again: str) -> list[str]:
    address = url_for("clauses.read", slug=slug, clause_id="-").removesuffix("-")
    states = {state: words.clause_state(state) for state in STATES}
    return _pieces(
        "board/_rows.html", rows=rows, cells=writer.row, address=address, states=states, law_language=law_language,
        again=f"{again}{'&' if '?' in again else '?'}" if again else "",
    )  # fmt: skip


def _pieces(template: str, **values: object) -> list[str]:
    """The pieces a template makes, without the page's own context."""
    made = current_app.jinja_env.get_template(template).render(separator=SEPARATOR, language=language(), **values)
    return made.split(SEPARATOR)[:-1]
