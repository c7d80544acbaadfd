"""The overview: the amendments of a draft in the order of the text, grouped, narrowed by filters; hundreds of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from sqlalchemy.orm import Session

from app.domain.lifecycle import OPEN, State
from app.services import filtering, showing
from app.services.amending import Table, table
from app.services.filtering import Headings
from app.services.gathering import gathered, is_contested
from app.services.objecting import with_objections
from app.services.pages import DraftHead
from app.services.pages_overview import Asked, Chapter, ExportPage, Group, OverviewPage, Part

PER_PAGE = 100
Place = tuple[str, str, Group]
"""A group with its part and the id of its chapter."""


def list_amendments(
    session: Session, *, slug: str, user_id: int | None, language: str, now: datetime, asked: Asked | None = None
) -> OverviewPage:
    """The amendments asked for, one page of them; `now` is the time at the place of the group.

    Raises NoSuchDraft, RoleMayNot.
    """
    asked = asked or Asked()
    draft, on_table, headings = _read(session, slug, user_id, language, now)
    lines = on_table.lines
    found = filtering.narrowed(lines, asked, headings)
    numbers = {line.number for line in found}
    places = list(_placed(gathered(lines, numbers), asked, headings))
    pages = _pages(places)
    number = min(max(asked.page, 1), len(pages))
    shown = places if asked.printed else pages[number - 1]
    is_open = {line.number for line in lines if State(line.state) in OPEN}
    return OverviewPage(
        draft,
        replace(asked, page=number),
        _parts(shown, places, headings),
        filtering.facets(lines, asked, headings),
        tuple(line for line in found if line.number in is_open),
        tuple(line for line in found if line.number not in is_open and line.state != State.DRAFT),
        len(lines),
        len(found),
        sum(line.number in is_open and is_contested(line, is_open) for line in found),
        len(pages),
    )


def export(
    session: Session, *, slug: str, asked: Asked, user_id: int | None, language: str, now: datetime
) -> ExportPage:
    """The same amendments as rows of a table, all of them. Raises NoSuchDraft, RoleMayNot."""
    draft, on_table, headings = _read(session, slug, user_id, language, now)
    return ExportPage(draft, filtering.narrowed(on_table.lines, asked, headings))


def _read(
    session: Session, slug: str, user_id: int | None, language: str, now: datetime
) -> tuple[DraftHead, Table, Headings]:
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.contributors(session, entry, language)
    draft = showing.draft_head(session, entry, institutions)
    on_table = with_objections(session, entry.draft, table(session, entry, institutions, draft), now)
    return draft, on_table, filtering.headings_of(on_table.issued)


def _placed(groups: Iterable[Group], asked: Asked, headings: Headings) -> Iterator[Place]:
    """The groups part after part; within a part they stay in the order of the text."""
    found = [(_part_of(group, asked), headings.chapter_of(group.lines[0].amendment), group) for group in groups]
    for part in ("open", "agreed", "contested", "drafts", "closed"):
        yield from (one for one in found if one[0] == part)


def _part_of(group: Group, asked: Asked) -> str:
    state = State(group.lines[0].amendment.state)
    if state not in OPEN:
        return "drafts" if state is State.DRAFT else "closed"
    if asked.order != "agreed":
        return "open"
    return "contested" if any(one.contested for one in group.lines) else "agreed"


def _pages(places: Sequence[Place]) -> list[list[Place]]:
    """About a hundred amendments a page; a group is never torn apart."""
    pages: list[list[Place]] = [[]]
    on_page = 0
    for one in places:
        if on_page and on_page + len(one[2].lines) > PER_PAGE:
            pages.append([])
            on_page = 0
        pages[-1].append(one)
        on_page += len(one[2].lines)
    return pages


def _parts(shown: Sequence[Place], places: Sequence[Place], headings: Headings) -> tuple[Part, ...]:
    in_parts: dict[str, int] = {}
    in_chapters: dict[tuple[str, str], int] = {}
    for part, chapter, group in places:
        in_parts[part] = in_parts.get(part, 0) + len(group.lines)
        in_chapters[part, chapter] = in_chapters.get((part, chapter), 0) + len(group.lines)
    return tuple(
        Part(kind, in_parts[kind], tuple(_chapters(list(below), in_chapters, headings)))
        for kind, below in groupby(shown, key=lambda one: one[0])
    )


def _chapters(shown: Sequence[Place], counts: Mapping[tuple[str, str], int], headings: Headings) -> Iterator[Chapter]:
    for (part, chapter), below in groupby(shown, key=lambda one: (one[0], one[1])):
        label, html = headings.named(chapter)
        yield Chapter(chapter, label, html, counts[part, chapter], tuple(group for _, _, group in below))
