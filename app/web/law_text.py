"""A law as pieces of HTML, a piece per clause and a piece per entry of its contents.

Most clauses of a large law have nothing said about them and look the same to everybody with the same rights: what is
the same is rendered once for a text and kept; only the rest is rendered for a request.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import token_hex

from flask import Response, current_app, render_template, url_for
from markupsafe import Markup

from app.services.kept import Kept
from app.services.pages import ClauseLine
from app.services.pages_reading import Reading
from app.web import outline
from app.web.context import language
from app.web.outline import ContentsEntry

SEPARATOR, HERE = Markup(f"<!--{token_hex(16)}-->"), Markup(f"<!--{token_hex(16)}-->")  # noqa: S704
"""Stand between pieces, and in the page where pieces go. No text of a law can hold a comment, whatever is in it."""
STATE_HERE = "<!--state-->"
"""Where a clause's mark of agreement goes."""
MARKED = ("reopened", "ad_referendum", "agreed", "contested")
"""The states that are marked in the text itself."""
LARGE = 1500
"""A law of more clauses is sent as it is packed, so that reading can begin at once."""

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


MOST = 6
"""How many are kept by a process: those of a large code take about 15 MB each."""
MOST_SPOKEN = 4_000
"""Of how many clauses and entries with something said about them each keeps the pieces."""
_KEPT: Kept[Standing] = Kept(MOST)


def sent(page: Reading, asked: str) -> Response:
    """The reading view: the page with the pieces put into it as they are, already escaped."""
    clauses, contents = shown(page)
    shell = render_template(
        "drafts/read.html", page=page, draft=page.draft, asked=asked, entries=HERE, first=HERE, rest=HERE,
        on_table=_table(page), changed=sum(row.kind != "kept" for row in page.redline),
    )  # fmt: skip
    head, before, between, after = shell.split(HERE)
    first, rest = "".join(clauses[:1]), "".join(_stretches(clauses[1:]))
    pieces = (head, "".join(contents), before, first, between, rest, after)
    if len(clauses) > LARGE:
        return Response((piece.encode() for piece in pieces), mimetype="text/html")
    return Response("".join(pieces), mimetype="text/html")


def _stretches(clauses: Sequence[str]) -> Iterator[str]:
    """Clauses in stretches that a browser need not lay out before they come near the screen; a heading begins one."""
    start = 0
    for at in range(len(clauses) + 1):
        if at == len(clauses) or (at - start >= STRETCH and "<h" in clauses[at]):
            height = sum(map(len, clauses[start:at])) * LINES_OF_CHARACTERS
            size = bisect_left(HEIGHTS, height)
            yield f'<div class="stretch stretch-{size}">{"".join(clauses[start:at])}</div>\n'
            start = at


def shown(page: Reading) -> tuple[list[str], list[str]]:
    """The clauses of a page, and the entries of its contents."""
    rights = frozenset(page.draft.actions)
    standing = _KEPT.get((page.key, language(), rights), lambda: _standing(page))
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
        return _with_states(page, [row.line.id for row in page.redline], _redline(page, standing)), contents
    return _with_states(page, [line.id for line in page.clauses], _clauses_of(page, standing, places, counts)), contents


def _spoken_of(page: Reading, active: Sequence[int]) -> list[int]:
    """The places about which something is said, or in which agreement stands somewhere."""
    return sorted({*active, *(at for at, line in enumerate(page.clauses) if line.id in page.states)})


def _with_states(page: Reading, ids: Sequence[str], pieces: list[str]) -> list[str]:
    """The pieces with the mark of agreement in those whose state is worth a mark in the text."""
    pieces_of = _pieces("drafts/_states.html", states=MARKED, language=language())
    marks = dict(zip(MARKED, pieces_of, strict=True))
    for at, clause_id in enumerate(ids):
        mark = marks.get(page.states.get(clause_id, ""))
        if mark:
            pieces[at] = pieces[at].replace(STATE_HERE, mark.strip(), 1)
    return pieces


def _standing(page: Reading) -> Standing:
    lines = list(page.clauses)
    for at in page.active:
        lines[at] = replace(lines[at], comments=0, amendments=0, contested=False)
    entries = outline.headings(lines)
    pieces, contents = _clauses(page, lines, "clean"), _contents(page, entries)
    return Standing(entries, tuple(pieces), tuple(contents), Kept(MOST_SPOKEN))


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
    draft = page.draft
    address = url_for("clauses.read", slug=draft.slug, clause_id="-").removesuffix("-")
    return _pieces("drafts/_clauses.html", page=page, draft=draft, rows=rows, view=view, address=address,
                   language=language(), counts=counts or {})  # fmt: skip


def _contents(page: Reading, entries: Sequence[ContentsEntry]) -> Sequence[str]:
    return _pieces("drafts/_contents.html", entries=entries, language=language(), law_language=page.draft.language)


def _pieces(template: str, **values: object) -> Sequence[str]:
    """The pieces a template renders, without the page's own context (a session's token must not be kept)."""
    pieces = current_app.jinja_env.get_template(template).render(separator=SEPARATOR, **values).split(SEPARATOR)[:-1]
    return [piece.lstrip("\n") for piece in pieces]  # the same wherever in a template a piece was made


def _table(page: Reading) -> tuple[ClauseLine, ...]:
    """What is on the table about the clauses of a page."""
    return outline.on_the_table(page.clauses[at] for at in page.active)
