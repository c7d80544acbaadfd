"""The composer's fields as somebody left them: read from the form, filled for a page, meant as parts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from werkzeug.datastructures import MultiDict

from app.domain.parts import Part
from app.services.composing import WITH_WORDS
from app.services.pages_composing import ComposerPage, PartLine
from app.services.proposing import Proposal

NUMBERED = re.compile(r"part-(\d{1,4})-")
FIRST = ("operation", "text", "insertion", "clause")
"""Fields of the first part, which go without a number too."""


@dataclass(frozen=True, slots=True)
class FormPart:
    """One part's fields. The texts of all operations are kept, whichever is chosen."""

    clause: str
    operation: str
    text: str
    insertion: str
    number: str
    target: str
    place: str

    def part(self) -> Part:
        text = {"insert": self.insertion, "number": self.number}.get(self.operation, "")
        if self.operation in WITH_WORDS or self.operation not in ("insert", "number", "move", "delete"):
            text = self.text
        place = self.place if self.place in ("inside", "before") else "after"
        return Part(self.clause, self.operation, text, self.target.strip() or None, place)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Composed:
    """`entering` is the part to go on writing in."""

    base_version: int
    parts: tuple[FormPart, ...]
    rationale: str = ""
    title: str = ""
    sponsors: tuple[str, ...] = ()
    revision: int = 0
    adding: str = ""
    entering: int | None = None

    def meant(self) -> tuple[Part, ...]:
        return tuple(part.part() for part in self.parts)

    def proposal(self, unsent_at: str = "", receipt: str = "") -> Proposal:
        return Proposal(self.base_version, self.meant(), self.rationale, self.title, self.sponsors, unsent_at, receipt)

    def without(self, number: int) -> Self:
        parts = self.parts[:number] + self.parts[number + 1 :]
        return replace(self, parts=parts) if parts else self

    def with_clause(self, clause_id: str) -> Self:
        """One part more; the page fills in the clause's words."""
        added = FormPart(clause_id, "words", "", "", "", "", "after")
        return replace(self, parts=(*self.parts, added), adding="", entering=len(self.parts))


def typed(form: MultiDict[str, str], clause_id: str = "") -> Composed:
    """What was typed. The fields of the first part may go without its number, and its clause without a field."""
    numbers = {int(found[1]) for name in form if (found := NUMBERED.match(name))}
    if (clause_id and not numbers) or any(name in form for name in FIRST):
        numbers |= {0}
    return Composed(
        form.get("base_version", default=0, type=int), tuple(_part(form, n, clause_id) for n in sorted(numbers)),
        form.get("rationale", ""), form.get("title", ""), tuple(dict.fromkeys(form.getlist("sponsor"))),
        form.get("revision", default=0, type=int), form.get("add", "").strip(),
    )  # fmt: skip


def _part(form: Mapping[str, str], number: int, clause_id: str) -> FormPart:
    """A part with one text field only may give an insertion or a number in it."""

    def field(name: str, otherwise: str = "") -> str:
        plain = form.get(name, otherwise) if number == 0 else otherwise
        return form.get(f"part-{number}-{name}", plain)

    text = field("text")
    return FormPart(
        field("clause", clause_id if number == 0 else ""), field("operation", "words"), text, field("insertion", text),
        field("number", text), field("target"), field("place", "after"),
    )  # fmt: skip


def begun(page: ComposerPage) -> Composed:
    """The fields as a page starts with them."""
    parts = tuple(_filled(start, line) for start, line in zip(page.start, page.parts, strict=True))
    mine = page.about[0] if page.revision else None
    return Composed(
        page.version.number, parts, mine.rationale if mine else "", mine.title if mine else "", page.invited,
        page.revision,
    )  # fmt: skip


def filled(composed: Composed, page: ComposerPage) -> Composed:
    """The same with the words of the clause that was added."""
    at = composed.entering
    if at is None:
        return composed
    parts = (*composed.parts[:at], _filled(page.start[at], page.parts[at]))
    return replace(composed, parts=parts)


def _filled(start: Part, line: PartLine) -> FormPart:
    body, label = (line.clause.body, line.clause.label) if line.clause else ("", "")
    return FormPart(
        start.clause_id,
        start.operation,
        start.text if start.operation in WITH_WORDS else body,
        start.text if start.operation == "insert" else line.suggested,
        start.text if start.operation == "number" else label,
        start.target or "",
        start.place,
    )
