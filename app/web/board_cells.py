"""The cells of the board as HTML. There are many and few differ, so that each kind is made once for a page."""

from collections.abc import Mapping

from flask_babel import ngettext
from markupsafe import Markup

from app.domain.scale import Meaning, Scale, Step
from app.services.board_cells import INHERITED, LAPSED, OUTDATED, PROVISIONAL, is_mixed, steps_in, weightiest
from app.services.pages_board import BoardRow
from app.web import words
from app.web.translating import _

SHAPES = {
    Meaning.IN_FAVOUR: "favour", Meaning.RESERVED: "reserved", Meaning.ABSTAINS: "abstains", Meaning.ASKS: "asks",
    Meaning.OBJECTS: "objects",
}  # fmt: skip


class CellWriter:
    """Writes the cells of rows on one scale."""

    def __init__(self, scale: Scale) -> None:
        self._steps: Mapping[int, Step] = {step.number: step for step in scale}
        self._made: dict[int, Markup] = {}
        self._favours = _("in favour of %(count)s of %(size)s clauses", count="{0}", size="{1}")
        self._objects: dict[int, str] = {}

    def row(self, row: BoardRow) -> Markup:
        """The cells of a row, one after the other; where institutions are not told, behind one's own come counts."""
        own = [self.share(row.size, *share) for share in row.shares] if row.shares else map(self.cell, row.cells)
        return Markup("").join((*own, *map(self.count, row.said)))

    def count(self, of: int) -> Markup:
        """How many say one thing; nothing where nobody does."""
        return Markup('<td class="board-number">{}</td>').format(of or "")

    def share(self, size: int, in_favour: int, objecting: int) -> Markup:
        """The cell of a heading: how much of what stands below it a seat is in favour of."""
        eighths = 8 if in_favour == size else max(in_favour * 8 // max(size, 1), in_favour > 0)
        said = self._favours.format(in_favour, size)
        if objecting:
            said += self._objecting(objecting)
        look = f"share eighths-{eighths}{' objecting' if objecting else ''}"
        return Markup('<td class="{}">{}</td>').format(look, said)

    def _objecting(self, count: int) -> str:
        if count not in self._objects:
            self._objects[count] = ", " + ngettext("objects to %(num)s", "objects to %(num)s", count)
        return self._objects[count]

    def cell(self, cell: int) -> Markup:
        if cell not in self._made:
            self._made[cell] = Markup('<td class="{}">{}</td>').format(self.look(cell), self.said(cell))
        return self._made[cell]

    def look(self, cell: int) -> str:
        """The classes of a cell: its shape, and what else is marked on it."""
        number, is_lapsed = weightiest(cell)
        if not number:
            return "nothing"
        shape = "first" if number == 1 else SHAPES[self._steps[number].meaning]
        marks = {
            "lapsed": is_lapsed, "mixed": is_mixed(cell), "provisional": not is_lapsed and cell & PROVISIONAL,
            "inherited": cell & INHERITED,
        }  # fmt: skip
        return " ".join([shape, *(name for name, so in marks.items() if so)])

    def said(self, cell: int) -> str:
        """The same in words."""
        number, is_lapsed = weightiest(cell)
        if not number:
            return _("no position yet")
        name = words.stance(self._steps[number].name)
        only = len(steps_in(cell)) + len(steps_in(cell, LAPSED)) == 1
        said = name if not is_mixed(cell) else _("%(stance)s, not on all", stance=name) if only else _(
            "differs, at worst: %(stance)s", stance=name
        )  # fmt: skip
        more = [
            words.lapsed("text") if cell & OUTDATED else _("does not count any more") if steps_in(cell, LAPSED) else "",
            words.clause_state("ad_referendum") if cell & PROVISIONAL and not is_lapsed else "",
            _("said by one it succeeds") if cell & INHERITED else "",
        ]
        return ", ".join([str(said), *filter(None, more)])


def legend(scale: Scale, *, told: bool = True) -> list[tuple[str, str]]:
    """Every shape and mark with what it means; where institutions are not `told`, only the shapes above the counts."""
    writer = CellWriter(scale)
    shapes = [(writer.look(1 << step.number), words.stance(step.name)) for step in scale]
    first = writer.look(1 << scale[0].number)
    if not told:
        return [*shapes, (f"{first} lapsed", _("spoke on an earlier text")), ("nothing", _("no position yet"))]
    return [
        *shapes,
        ("nothing", _("no position yet")),
        (f"{first} lapsed", _("given on an earlier text, before a reopening, or never confirmed: does not count")),
        (f"{first} provisional", _("ad referendum, to be confirmed")),
        (f"{first} mixed", _("not the same on all clauses of the row: the one furthest from agreement is shown")),
        (f"{first} inherited", _("said by one whom the institution succeeds")),
        (
            "share eighths-5 objecting",
            _("of a heading: how much of what stands below it the institution favours, and that it objects to some"),
        ),
    ]
