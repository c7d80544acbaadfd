"""A law as pieces of HTML, a piece per clause and a piece per entry of its contents.

Most clauses of a large law have nothing said about them and look the same to everybody with the same rights: what is
the same is rendered once for a text and kept; only the rest is rendered for a request.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from flask import Response, render_template, url_for

from app.services.kept import Kept
from app.services.pages import ClauseLine
from app.services.pages_reading import Reading
from app.web import outline
from app.web.context import language
from app.web.outline import ContentsEntry
from app.web.packing import Part, answer, part
from app.web.pieces import HERE, pieces_of

STATE_HERE = "<!--state-->"
"""Where a clause's mark of agreement goes."""
MARKED = ("reopened", "ad_referendum", "agreed", "contested")
"""The states that are marked in the text itself."""
STRETCH = 25
"""How many clauses stand in a stretch at least."""
LINES_OF_CHARACTERS = 1 / 310
"""What a character of a clause's piece adds to its height on the screen, in lines: most of it is mark-up."""
HEIGHTS = (10, 20, 40, 60, 80, 120, 160, 240, 320, 480)
"""Heights of stretches as the style sheet knows them, in lines."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is the same for everybody: a piece per line and per entry of the contents."""

    entries: tuple[ContentsEntry, ...]
    clauses: tuple[str, ...]
    contents: tuple[str, ...]
    spoken: Kept[str]  # pieces of what something is said about, by what is said of it
    tabled: Kept[str]  # pieces of what is on the table, by clause
    marked: Kept[str]  # pieces with the mark of agreement in them, by piece and mark
    stretches: Kept[Part]  # by the pieces in them


MOST = 6
"""How many are kept by a process: those of a large code take about 30 MB each."""
MOST_SPOKEN = 4_000
"""Of how many clauses and entries with something said about them each keeps the pieces."""
_KEPT: Kept[Standing] = Kept(MOST)


def sent(page: Reading, asked: str) -> Response:
    """The reading view: the page with the pieces put into it as they are, already escaped."""
    standing = _standing(page)
    clauses, contents = _shown(page, standing)
    on_table = "".join(_table(page, standing))
    shell = render_template(
        "drafts/read.html", page=page, draft=page.draft, asked=asked, entries=HERE, first=HERE, rest=HERE,
        on_table=HERE if on_table else "", changed=sum(row.kind != "kept" for row in page.redline),
    )  # fmt: skip
    head, before, between, *beside = shell.split(HERE)
    opened = f"{head}{''.join(contents)}{before}{''.join(clauses[:1])}{between}"
    return answer(opened.encode(), _stretches(page, standing, clauses), on_table.join(beside).encode())


def _stretches(page: Reading, standing: Standing, clauses: Sequence[str]) -> list[Part]:
    """The clauses behind the first in stretches that a browser need not lay out before they come near the screen; a
    heading begins one."""
    lines = [row.line for row in page.redline] if page.view == "redline" else page.clauses
    starts = [1] if len(lines) > 1 else []
    for at in range(2, len(lines)):
        if at - starts[-1] >= STRETCH and lines[at].level:
            starts.append(at)
    stretches = [tuple(clauses[start:end]) for start, end in pairwise((*starts, len(lines)))]
    return standing.stretches.together(stretches, lambda left: list(map(_stretch, left)))


def _stretch(clauses: Sequence[str]) -> Part:
    size = bisect_left(HEIGHTS, sum(map(len, clauses)) * LINES_OF_CHARACTERS)
    return part(f'<div class="stretch stretch-{size}">{"".join(clauses)}</div>\n'.encode())


def _shown(page: Reading, standing: Standing) -> tuple[list[str], list[str]]:
    """The clauses of a page, and the entries of its contents."""
    brackets = page.brackets.counts if page.brackets else {}
    places = {line.id: at for at, line in enumerate(page.clauses)} if page.view != "clean" else {}
    active = sorted({*page.active, *(places[clause_id] for clause_id in brackets if clause_id in places)})
    spoken = outline.spoken_of(standing.entries, page.clauses, _spoken_of(page, active), brackets, page.states)
    contents = list(standing.contents)
    pieces = standing.spoken.together(list(spoken.values()), lambda left: _contents(page, left))
    for at, piece in zip(spoken, pieces, strict=True):
        contents[at] = piece
    counts = {entry.id: entry.brackets for entry in spoken.values() if entry.brackets}
    if page.view == "redline":
        ids, clauses = [row.line.id for row in page.redline], _redline(page, standing)
    else:
        ids, clauses = [line.id for line in page.clauses], _clauses_of(page, standing, places, counts)
    return _with_states(page, standing, ids, clauses), contents


def _spoken_of(page: Reading, active: Sequence[int]) -> list[int]:
    """The places about which something is said, or in which agreement stands somewhere."""
    return sorted({*active, *(at for at, line in enumerate(page.clauses) if line.id in page.states)})


def _with_states(page: Reading, standing: Standing, ids: Sequence[str], pieces: list[str]) -> list[str]:
    """The pieces with the mark of agreement in those whose state is worth a mark in the text."""
    marks = dict(zip(MARKED, pieces_of("drafts/_states.html", states=MARKED, language=language()), strict=True))
    states = page.states
    at = [place for place, clause_id in enumerate(ids) if states.get(clause_id) in marks]
    without = [(pieces[place], marks[states[ids[place]]].strip()) for place in at]
    made = standing.marked.together(without, lambda left: [piece.replace(STATE_HERE, mark, 1) for piece, mark in left])
    for place, piece in zip(at, made, strict=True):
        pieces[place] = piece
    return pieces


def _standing(page: Reading) -> Standing:
    rights = frozenset(page.draft.actions)
    return _KEPT.get((page.key, language(), rights), lambda: _made(page))


def _made(page: Reading) -> Standing:
    lines = list(page.clauses)
    for at in page.active:
        lines[at] = lines[at].counted(0, 0, False)
    entries = outline.headings(lines)
    pieces, contents = _clauses(page, lines, "clean"), _contents(page, entries)
    return Standing(
        entries, tuple(pieces), tuple(contents), Kept(MOST_SPOKEN), Kept(MOST_SPOKEN), Kept(MOST_SPOKEN),
        Kept(2 * (len(lines) // STRETCH + 1)),
    )  # fmt: skip


def _clauses_of(page: Reading, standing: Standing, places: Mapping[str, int], counts: Mapping[str, int]) -> list[str]:
    pieces = list(standing.clauses)
    special: set[str] = set(counts)
    if page.brackets:
        special |= {*page.brackets.runs, *page.brackets.at, *page.brackets.behind}
    if page.provenance:
        special |= set(page.provenance.runs)
    at = sorted({*page.active, *(places[clause_id] for clause_id in special if clause_id in places)})
    rows = [page.clauses[place] for place in at]
    if page.view == "clean":
        rendered: Sequence[str] = standing.spoken.together(rows, lambda left: _clauses(page, left, "clean"))
    else:
        rendered = _clauses(page, rows, page.view, counts)
    for place, piece in zip(at, rendered, strict=True):
        pieces[place] = piece
    return pieces


def _redline(page: Reading, standing: Standing) -> list[str]:
    """Clauses that stayed as everybody sees them, all others marked up."""
    places = {line.id: at for at, line in enumerate(page.clauses)}
    active = {page.clauses[at].id for at in page.active}
    marked = [row for row in page.redline if row.kind != "kept" or row.line.id in active]
    counted = [replace(row, line=page.clauses[places[row.line.id]]) if row.line.id in active else row for row in marked]
    rendered = iter(_clauses(page, counted, "redline"))
    return [
        standing.clauses[places[row.line.id]] if row.kind == "kept" and row.line.id not in active else next(rendered)
        for row in page.redline
    ]


def _clauses(
    page: Reading, rows: Sequence[object], view: str, counts: Mapping[str, int] | None = None
) -> Sequence[str]:
    return pieces_of("drafts/_clauses.html", page=page, draft=page.draft, rows=rows, view=view, address=_address(page),
                   language=language(), counts=counts or {})  # fmt: skip


def _address(page: Reading) -> str:
    """Of the pages of its clauses, up to the id."""
    return url_for("clauses.read", slug=page.draft.slug, clause_id="-").removesuffix("-")


def _contents(page: Reading, entries: Sequence[ContentsEntry]) -> Sequence[str]:
    return pieces_of("drafts/_contents.html", entries=entries, language=language(), law_language=page.draft.language)


def _table(page: Reading, standing: Standing) -> list[str]:
    """What is on the table about the clauses of a page."""
    lines = outline.on_the_table(page.clauses[at] for at in page.active)
    return standing.tabled.together(lines, lambda left: _tabled(page, left))


def _tabled(page: Reading, lines: Sequence[ClauseLine]) -> Sequence[str]:
    return pieces_of("drafts/_table.html", lines=lines, draft=page.draft, address=_address(page))
