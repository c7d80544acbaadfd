"""The board as cells of a table for spreadsheets, in the reader's language."""

from collections.abc import Iterator, Sequence

from app.domain.attribution import Mode
from app.services.pages import InstitutionMark
from app.services.pages_board import BoardTable
from app.web import words
from app.web.board_cells import CellWriter
from app.web.translating import _


def heads(table: BoardTable) -> tuple[str, ...]:
    columns = [
        column.institution.code
        if column.kind == "full"
        else _("%(institution)s (heard, not counted)", institution=column.institution.code)
        for column in table.columns
    ]
    steps = [words.stance(step.name) for step in table.steps]
    counts = [*steps, _("spoke on an earlier text"), _("no position yet")] if _is_untold(table) else []
    return (
        _("Clause"), _("Address"), _("State"), *columns, *counts, _("Cannot accept it"),
        _("Still to speak or to confirm"), _("Reasons"), _("Version"),
    )  # fmt: skip


def rows(table: BoardTable) -> Iterator[tuple[str, ...]]:
    """The rows under `heads`."""
    writer = CellWriter(table.steps)
    for row in table.rows:
        yield (
            row.line.human, row.line.address, words.clause_state(row.state), *map(writer.said, row.cells),
            *map(str, row.said), _codes(row.blocking), _codes(row.waiting),
            "\n".join(f"{mark.code}: {reason}" if mark.code else reason for mark, reason in row.reasons),
            str(table.draft.latest.number),
        )  # fmt: skip


def _codes(marks: Sequence[InstitutionMark]) -> str:
    """Their codes; where they may not be told, how many there are."""
    if marks and not marks[0].code:
        return str(len(marks))
    return ", ".join(mark.code for mark in marks)


def _is_untold(table: BoardTable) -> bool:
    return table.draft.attribution == Mode.UNATTRIBUTED
