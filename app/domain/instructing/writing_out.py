"""Units written out as an instruction quotes them: without Markdown's marks, so that they read back the same."""

import re
from collections.abc import Sequence

from app.domain.clauses import Clause, Kind
from app.domain.instructing.citing import separated, written
from app.domain.reading import parse_fragment

_MARKS = re.compile(r"^\ufeff?#{1,6}[ \t\u00a0]+")
BLANK = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*[\r\n]")
"""A blank line: a quotation with one is several clauses, to be read where it stands."""


def written_out(clauses: Sequence[Clause], marks: bool = False) -> str:
    """The clauses with a blank line between them; `marks` keeps the `###` of headings."""
    leads = [clause.lead if marks else _MARKS.sub("", clause.lead) for clause in clauses]
    return "\n\n".join(lead + clause.body for lead, clause in zip(leads, clauses, strict=True)).lstrip(" \t\u00a0")


def reads_back(text: str, clauses: Sequence[Clause], path: Sequence[Clause]) -> bool:
    """Whether the text is read as these clauses behind the last clause of the path."""
    return facts(parse_fragment(text, path)) == facts(clauses)


def quotable(clauses: Sequence[Clause], path: Sequence[Clause]) -> str | None:
    """Text from which the clauses are read back: one clause as the kind it is called, several where they stand."""
    if len(clauses) == 1:
        text, clause = written(clauses[0]), clauses[0]
        if not BLANK.search(text) and (not clause.label or separated(clause.kind, text) == (clause.label, clause.body)):
            return text
    texts = (written_out(clauses, marks) for marks in (False, True))
    return next((text for text in texts if BLANK.search(text) and reads_back(text, clauses, path)), None)


def facts(clauses: Sequence[Clause]) -> list[tuple[Kind, str, str]]:
    """What a law says, without the layout between clauses."""
    return [(clause.kind, clause.label, clause.body) for clause in clauses]
