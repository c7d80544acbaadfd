"""What happened to a draft: the page with its filters, which stand in the address, and the same as files."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from flask import Blueprint, Flask, Response, current_app, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from app.domain.activity import Group
from app.exports import activity_table, csv_table
from app.services import activity
from app.services.pages import DraftHead
from app.services.pages_activity import ActivityLine, Asked, ChainLine, Of
from app.web import activity_words
from app.web.context import database, now, viewer, zone
from app.web.filters import stamp
from app.web.translating import _

pages = Blueprint("activity", __name__)
LONGEST_SHOWN = 80
"""Characters of a filter that come back in its field."""
FILTERS = ("group", "institution", "clause", "amendment", "since", "until")
Line = TypeVar("Line")


def register(app: Flask) -> None:
    """Templates say the sentences."""
    app.jinja_env.globals["activity_words"] = activity_words


@pages.get("/drafts/<slug>/activity")
def read(slug: str) -> ResponseReturnValue:
    """The page; 422 with what was typed where a filter cannot be read."""
    page = activity.read(database(), slug=slug, asked=_asked(), zone=zone(), **viewer())
    shown = render_template(
        "activity/read.html", page=page, draft=page.draft, typed=page.asked.typed, groups=[one.value for one in Group]
    )
    return shown, 422 if page.unread else 200


@pages.get("/drafts/<slug>/activity.csv")
def table(slug: str) -> ResponseReturnValue:
    return _file(
        slug, activity.export, "csv", "text/csv", lambda draft, lines: csv_table.write(_heads(), _cells(draft, lines))
    )


@pages.get("/drafts/<slug>/activity.xlsx")
def workbook(slug: str) -> ResponseReturnValue:
    def made(draft: DraftHead, lines: Iterable[ActivityLine]) -> bytes:
        return activity_table.workbook(draft.title, now(), _heads(), _cells(draft, lines))

    return _file(slug, activity.export, "xlsx", activity_table.MEDIA_TYPE, made)


@pages.get("/drafts/<slug>/activity.jsonl")
def chain(slug: str) -> ResponseReturnValue:
    """An event a line, with its place in the chain, for whoever leads the work on the draft."""
    return _file(slug, activity.export_chain, "jsonl", "application/jsonl", _json_lines)


def _file(
    slug: str,
    export: Callable[..., tuple[DraftHead, tuple[str, ...], Iterator[Line]]],
    ending: str,
    media_type: str,
    make: Callable[[DraftHead, Iterator[Line]], Any],
) -> ResponseReturnValue:
    """What is asked for as a file; where a filter cannot be read, the page that says so."""
    draft, unread, lines = export(database(), slug=slug, asked=_asked(), zone=zone(), **viewer())
    if unread:
        return read(slug)
    answer = Response(
        make(draft, lines), content_type=f"{media_type}; charset=utf-8" if ending == "csv" else media_type
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{draft.slug}-activity.{ending}"'
    return answer


def _asked() -> Asked:
    typed = {name: request.args.get(name, "").replace("\0", " ").strip()[:LONGEST_SHOWN] for name in FILTERS}
    before, after = (request.args.get(name, default=0, type=int) for name in ("before", "after"))
    return Asked(**typed, before=before, after=after)


def _heads() -> list[str]:
    return [_("Number"), _("Moment"), _("What it is about"), _("Institution"), _("What happened"), _("Hash")]


def _cells(draft: DraftHead, lines: Iterable[ActivityLine]) -> Iterator[list[str]]:
    of = Of(draft.slug, draft.language)
    template = current_app.jinja_env.get_template("activity/_sentence.html")
    sentence = template.make_module({"bare": True}).activity_sentence  # type: ignore[attr-defined]  # a macro of it
    for line in lines:
        who = line.news.institution
        said = " ".join(sentence(of, line).striptags().split())
        group = activity_words.group(line.group)
        yield [str(line.number), _moment(line.at), group, who.name if who else "", said, line.hash]


def _moment(at: datetime) -> str:
    """In the time of the installation's place, as ISO 8601; the day alone where no more may be told."""
    return (
        stamp(at)[:10] if len(stamp(at)) == len("2027-02-15") else at.astimezone(zone()).isoformat(timespec="seconds")
    )


def _json_lines(draft: DraftHead, lines: Iterator[ChainLine]) -> Iterator[bytes]:
    return stream_with_context(json.dumps(_as_json(one), ensure_ascii=False).encode() + b"\n" for one in lines)


def _as_json(one: ChainLine) -> dict[str, object]:
    line = one.line
    return {
        "number": line.number, "kind": line.kind, "happened_at": stamp(line.at), "user_id": one.user_id,
        "institution_id": one.institution_id, "facts": one.facts, "previous_hash": one.previous_hash,
        "hash": line.hash,
    }  # fmt: skip
