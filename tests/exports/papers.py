"""Documents made of two texts alone, and what the paragraphs of a paper must read like."""

from collections.abc import Mapping
from datetime import UTC, datetime

from app.domain.clauses import Clause, Kind
from app.domain.compare import compare
from app.domain.provenance import Origin
from app.domain.reading import parse
from app.exports.document import Backing, Document, Issued, Party, Proposed, Remark
from app.exports.inline import words
from app.services.crediting import Credits
from app.services.exported_lines import lines_between

FIRST, SECOND = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC)
CSO, MVD = Party("CSO", "Civil Society"), Party("MVD", "Interior")
Law = Mapping[str, Clause]


def laws(old: str, new: str) -> tuple[Law, Law]:
    """Two texts with clause ids, as a comparison finds them."""
    before, after = parse(old).clauses, parse(new).clauses
    back = {change.new: change.old for change in compare(before, after).changes if change.old is not None}
    return (
        {f"old{at}": clause for at, clause in enumerate(before)},
        {f"old{back[at]}" if at in back else f"new{at}": clause for at, clause in enumerate(after)},
    )


def paper(
    old: str, new: str, *, language: str = "en", title: str = "Law", remarks: tuple[Remark, ...] = (),
    amendments: tuple[Proposed, ...] = (), credited: Credits | None = None, brought: str = "",
) -> Document:  # fmt: skip
    """Version 2 marked up against version 1; `brought` is the key of the amendment that brought every new word."""
    before, after = laws(old, new)
    origin = Origin(2, (brought,) if brought else ())
    origins = {clause_id: ((len(clause.body), origin),) for clause_id, clause in after.items() if clause.body}
    known = credited or Credits(dates={1: FIRST, 2: SECOND}, otherwise=Backing((), (), SECOND, 2))
    return Document(
        "law", title, language, "named", Issued(2, SECOND, "ab" * 32), Issued(1, FIRST, "cd" * 32), new, (),
        lines_between(before, after, origins, known), remarks, amendments, after, before,
    )  # fmt: skip


def paragraphs(text: str) -> list[str]:
    """What stands in a paper of this text: a number as written, a space in headings and else a tab, the words."""
    found = (_paragraphs(clause) for clause in parse(text).clauses if clause.kind is not Kind.FRONT_MATTER)
    return [one for those in found for one in those if one]


def _paragraphs(clause: Clause) -> list[str]:
    """Of a table its cells, each a paragraph."""
    if clause.kind is Kind.TABLE:
        head, _, *rest = clause.body.splitlines()
        return [words(cell.strip()) for line in (head, *rest) for cell in line.strip().strip("|").split("|")]
    heading = clause.lead.lstrip().startswith("#") or clause.kind is Kind.ARTICLE
    gap = (" " if heading else "\t") if clause.label and clause.body else ""
    return [words(clause.label) + gap + words(clause.body, clause.kind)]
