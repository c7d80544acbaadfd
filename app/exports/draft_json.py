"""A version as one JSON object (RFC 8259): the text clause by clause, what is proposed, what was said, what is agreed.

The form is documented in docs/export-json.md and fixed by `schemas/draft.schema.json`; a change that breaks a reader of
it gets a new number in `SCHEMA`. Keys stand in a fixed order. `lead`, `text` and `tail` of all clauses joined are the
Markdown, character for character.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from app.domain.clauses import Clause
from app.domain.provenance import Origins
from app.exports.document import (
    Backing,
    Document,
    Issued,
    Line,
    Party,
    Proposed,
    ProposedChange,
    Reached,
    Remark,
    Reply,
    Stated,
)

MEDIA_TYPE = "application/json"
SCHEMA = "urn:kelishim:draft:1"
AT_ONCE = 64 * 1024
"""Characters that are handed on together."""

Json: TypeAlias = dict[str, Any]


def write(document: Document) -> Iterator[bytes]:
    """The object in pieces. Each clause, amendment, thread and position has a line of its own."""
    waiting: list[str] = []
    size = 0
    for part in _parts(document):
        waiting.append(part)
        size += len(part)
        if size >= AT_ONCE:
            yield _encoded(waiting)
            waiting, size = [], 0
    yield _encoded(waiting)


def _encoded(parts: Iterable[str]) -> bytes:
    """Half of a pair of surrogates, which UTF-8 cannot hold, becomes the escape that JSON has for it."""
    return "".join(parts).encode("utf-8", "backslashreplace")


def _parts(document: Document) -> Iterator[str]:
    yield "{\n"
    yield from (f"{_text(key)}: {_text(value)},\n" for key, value in _head(document).items())
    sections = _sections(document)
    for at, (key, items) in enumerate(sections.items(), 1):
        yield f"{_text(key)}: ["
        mark = "\n"
        for item in items:
            yield mark + _text(item)
            mark = ",\n"
        yield "\n]" if mark != "\n" else "]"
        yield ",\n" if at < len(sections) else "\n"
    yield "}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _head(document: Document) -> Json:
    return {
        "$schema": SCHEMA,
        "draft": {
            "slug": document.slug,
            "title": document.title,
            "language": document.language,
            "attribution": document.attribution,
            "front_matter": [list(pair) for pair in document.front_matter],
        },
        "version": _issued(document.version),
        "base": _issued(document.base) if document.base else None,
        "scale": [{"step": one.number, "name": one.name, "meaning": one.meaning.value} for one in document.scale],
    }


def _issued(one: Issued) -> Json:
    return {"number": one.number, "at": _moment(one.at), "sha256": one.sha256, "message": one.message}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _sections(document: Document) -> Mapping[str, Iterable[Json]]:
    human = {line.clause_id: line.human for line in document.text()}
    return {
        "clauses": (
            _clause(clause_id, clause, human.get(clause_id, ""), document.origins.get(clause_id, ()))
            for clause_id, clause in document.clauses.items()
        ),
        "changes": (_change(line) for line in document.changed()),
        "amendments": map(_proposed, document.amendments),
        "comments": map(_remark, document.remarks),
        "positions": map(_stated, document.positions),
        "agreement": map(_reached, document.reached),
    }


def _clause(clause_id: str, clause: Clause, human: str, origins: Origins) -> Json:
    return {
        "id": clause_id,
        "kind": clause.kind.value,
        "label": clause.label,
        "address": clause.address,
        "human": human,
        "depth": clause.depth,
        "lead": clause.lead,
        "text": clause.body,
        "tail": clause.tail,
        "origins": [
            {"length": length, "version": origin.version, "amendments": _numbers(origin.amendments)}
            for length, origin in origins
        ],
    }


def _numbers(keys: Iterable[str]) -> list[int]:
    """Origins name amendments by their keys: `A12`."""
    return sorted(int(key[1:]) for key in keys if key[1:].isdecimal())


def _change(line: Line) -> Json:
    """What became of a clause since the base. Moved ones stand at both places, joined by a number."""
    return {
        "id": line.clause_id,
        "change": line.change,
        "human": line.human,
        "label": line.label,
        "old_label": line.old_label,
        "move": line.move or None,
        "by": _backing(line.backing),
        "spans": [{"op": run.op, "text": run.text, "by": _backing(run.backing)} for run in line.runs],
    }


def _backing(one: Backing) -> Json | None:
    if not (one.amendments or one.parties or one.version):
        return None
    return {
        "version": one.version or None,
        "amendments": list(one.amendments),
        "institutions": [_party(party) for party in one.parties],
    }


def _party(one: Party | None) -> Json | None:
    return {"code": one.code, "name": one.name} if one else None


def _proposed(one: Proposed) -> Json:
    return {
        "number": one.number,
        "title": one.title,
        "state": one.state,
        "institution": _party(one.party),
        "sponsors": [_party(party) for party in one.sponsors],
        "person": one.author or None,
        "at": _moment(one.at),
        "made_on": one.made_on,
        "stands_on": one.base_version,
        "decided_in": one.settled_version,
        "rationale": one.rationale,
        "collides_with": list(one.collides_with),
        "edits": [_edit(change) for change in one.changes],
    }


def _edit(change: ProposedChange) -> Json:
    return {
        "kind": change.kind,
        "clause": change.clause_id,
        "human": change.human,
        "label": change.label,
        "before": change.before,
        "after": change.after,
        "spans": [{"op": span.op, "text": span.text} for span in change.spans],
    }


def _remark(one: Remark) -> Json:
    return {
        "id": one.id,
        "kind": one.kind,
        "clause": one.clause_id,
        "amendment": one.amendment,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "body": one.body,
        "institution": _party(one.party),
        "person": one.author or None,
        "at": _moment(one.at),
        "version": one.version,
        "resolved": one.is_resolved,
        "withdrawn": one.is_withdrawn,
        "replies": [_remark(reply) for reply in one.replies],
    }


def _stated(one: Stated) -> Json:
    return {
        "id": one.id,
        "about": one.about,
        "clause": one.clause_id,
        "amendment": one.amendment,
        "human": one.human,
        "institution": _party(one.party),
        "seat": one.seat or None,
        "person": one.author or None,
        "step": one.step.number if one.step else None,
        "name": one.step.name if one.step else None,
        "reason": one.reason,
        "standing": one.standing,
        "version": one.version,
        "call": one.call,
        "at": _moment(one.at),
        "entered_by_facilitator": one.entered_for,
        "confirm_until": _moment(one.confirm_until),
        "confirmed_at": _moment(one.confirmed_at),
        "answers": [_reply(reply) for reply in one.replies],
    }


def _reply(one: Reply) -> Json:
    return {
        "text": one.text,
        "amendment": one.amendment,
        "version": one.version,
        "counts": one.counts,
        "maintained": one.is_maintained,
    }


def _reached(one: Reached) -> Json:
    return {
        "clause": one.clause_id,
        "amendment": one.amendment,
        "human": one.human,
        "state": one.state,
        "counts": [{"step": step, "seats": seats} for step, seats in one.counts],
    }
