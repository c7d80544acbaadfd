"""Amendments, comments and positions made of words alone, for the formats that list them."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.diff import diff
from app.domain.scale import DEFAULT
from app.exports.document import Document, Party, Proposed, ProposedChange, Reached, Remark, Reply, Stated
from tests.exports.papers import CSO, MVD, paper

AT = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
LAW = "# Law\n\n## Article 1. Term\n\n1. A person is held for twelve hours.\n\n2. Records are kept.\n"


def amendment(
    number: int = 1, before: str = "held for twelve hours", after: str = "held for ten hours", kind: str = "replace_words",
    reason: str = "Shorter.", party: Party | None = CSO, author: str = "Aida", title: str = "",
) -> Proposed:  # fmt: skip
    change = ProposedChange(kind, "new2", "Article 1(1)", "1.", tuple(diff(before, after)), before, after)
    return Proposed(
        number, title, party, (MVD,) if party else (), author, "submitted", reason, 1, 2, None, AT, (change,), (7,)
    )


def remark(body: str, number: int = 1, *, amendment: int | None = None, replies: tuple[Remark, ...] = ()) -> Remark:
    clause_id = None if amendment else "old2"
    return Remark(
        number, "question", clause_id, amendment, "twelve", 21, 27, body, MVD, "Bakyt", AT, 1, replies=replies
    )  # fmt: skip


def stated(number: int = 1, step: int | None = 6, reason: str = "Too long.", **more: object) -> Stated:
    made = Stated(
        number, "clause", "old2", None, "Article 1(1)", "art_1__para_1", 3, MVD, "full",
        DEFAULT[step - 1] if step else None, reason, "counts", 2, "Bakyt", True, AT, None, None,
        (Reply("It follows from the constitution.", 4, None, True, False),),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def listed(
    *amendments: Proposed, remarks: tuple[Remark, ...] = (), positions: tuple[Stated, ...] = (), language: str = "en",
    attribution: str = "named", text: str = LAW, title: str = "Law",
) -> Document:  # fmt: skip
    """A document with what was said of it."""
    made = paper(text, text, language=language, title=title, remarks=remarks, amendments=amendments).alone()
    reached = (Reached("old2", None, "Article 1(1)", "art_1__para_1", "contested", ((1, 2), (6, 1))),)
    return replace(made, attribution=attribution, scale=DEFAULT, positions=positions, reached=reached)
