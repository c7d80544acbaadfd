"""An amendment as cells of a table, in the reader's language."""

from collections.abc import Iterable

from flask_babel import format_datetime

from app.services.marks import Day
from app.services.pages import AmendmentLine, ChangeLine
from app.web import words
from app.web.translating import _

BETWEEN = "\n"
"""Between what an amendment does to one clause and to the next."""


def heads() -> tuple[str, ...]:
    return (
        _("Number"), _("State"), _("Institution"), _("Co-sponsors"), _("Clauses"), _("What it does"), _("Old words"),
        _("New words"), _("The text after"), _("Reason"), _("Collides with"), _("Depends on"), _("Made on version"),
        _("Standing on version"), _("Decided in version"), _("Date"), _("Short name"),
        words.link("conflicts_with").capitalize(),
    )  # fmt: skip


def cells(line: AmendmentLine) -> tuple[str, ...]:
    """The row under `heads`."""
    return (
        f"A{line.number}",
        words.state(line.state),
        line.institution.name if line.institution else line.author,
        ", ".join(mark.name for mark in line.sponsors),
        BETWEEN.join(change.human for change in line.changes),
        BETWEEN.join(words.edit(change.kind) for change in line.changes),
        BETWEEN.join(_said(change, "-") for change in line.changes),
        BETWEEN.join(_said(change, "+") for change in line.changes),
        BETWEEN.join(change.after for change in line.changes),
        line.rationale,
        _numbered(line.collides_with),
        _numbered(line.depends_on),
        str(line.made_on),
        str(line.base_version),
        str(line.settled_version or ""),
        format_datetime(line.created_at, "yyyy-MM-dd" if isinstance(line.created_at, Day) else "yyyy-MM-dd HH:mm"),
        line.title,
        _numbered(line.conflicts_with),
    )


def _said(change: ChangeLine, op: str) -> str:
    return " … ".join(span.text.strip() for span in change.spans if span.op == op)


def _numbered(numbers: Iterable[int]) -> str:
    return ", ".join(f"A{number}" for number in numbers)
