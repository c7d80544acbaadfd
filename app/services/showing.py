"""From rows to what pages show: the draft around a page, clauses, comments. Shared by the use cases that read."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.domain.clauses import Clause, Kind
from app.domain.errors import NotFound
from app.domain.front_matter import BadFrontMatter, read_front_matter
from app.domain.permissions import ALLOWED, Action, check_can
from app.services.attributing import NAMED
from app.services.marks import Marks
from app.services.pages import ClauseLine, DraftHead, InstitutionMark, VersionHead
from app.store import marks, users, versions
from app.store.memberships import Entry, enter

LEVELS = {
    Kind.TITLE: 1, Kind.PART: 2, Kind.SECTION: 2, Kind.CHAPTER: 2, Kind.SUBCHAPTER: 3, Kind.ARTICLE: 3,
}  # fmt: skip
INDENTS = {Kind.POINT: 1, Kind.SUBPOINT: 2}


class NoSuchClause(NotFound):
    def __init__(self) -> None:
        super().__init__("This clause does not exist in the draft.")


def enter_to_read(session: Session, slug: str, user_id: int | None) -> Entry:
    """Raises NoSuchDraft, RoleMayNot."""
    entry = enter(session, slug, user_id)
    check_can(entry.role, Action.READ)
    return entry


def institution_marks(session: Session, language: str) -> Marks:
    """All institutions, whatever the attribution: for what hides them itself. Pages take `contributors`."""
    return Marks(_all_marks(session, language))


def contributors(session: Session, entry: Entry, language: str) -> Marks:
    """The institutions as those who contributed to a draft: what its attribution hides is not in them."""
    return Marks(_all_marks(session, language), entry.draft.attribution)


def _all_marks(session: Session, language: str) -> Mapping[int, InstitutionMark]:
    return {id: InstitutionMark(code, name) for id, (code, name) in marks.marks(session, language).items()}


def people(session: Session, entry: Entry, ids: Collection[int]) -> Mapping[int, str]:
    """Full names by id, of whoever may be named in a draft: nobody unless its attribution is *named*."""
    return users.full_names(session, ids) if entry.draft.attribution == NAMED else {}


def version_head(head: versions.Head, attribution: str, revoked_by: int | None = None) -> VersionHead:
    version = head.version
    author = head.author if attribution == NAMED else ""
    return VersionHead(
        version.number, version.message, version.created_at, author, version.made_from, head.text.sha256,
        head.publication, version.revokes, revoked_by, version.author_id is None,
    )  # fmt: skip


def draft_head(session: Session, entry: Entry, institutions: Marks | None = None) -> DraftHead:
    draft = entry.draft
    stored = versions.heads(session, draft)
    revoked_by = {head.version.revokes: head.version.number for head in stored if head.version.revokes}
    heads = tuple(version_head(head, draft.attribution, revoked_by.get(head.version.number)) for head in stored)
    seats = {} if institutions is None else institutions.seats
    institution = seats.get(entry.institution_id) if entry.institution_id else None
    return DraftHead(
        draft.slug, draft.title, draft.language, heads, entry.role, institution, ALLOWED[entry.role], entry.recorded,
        entry.sitting, draft.attribution, entry.attribution.value,
    )  # fmt: skip


def clause_lines(
    stored: Sequence[versions.StoredClause],
    comment_counts: Mapping[str, int] | None = None,
    amendment_counts: Mapping[str, int] | None = None,
    contested: frozenset[str] = frozenset(),
) -> tuple[ClauseLine, ...]:
    """The clauses of a version as lines of a page, front matter left out."""
    cited = citations([one.clause for one in stored])
    return tuple(
        clause_line(
            one,
            human,
            (comment_counts or {}).get(one.id, 0),
            (amendment_counts or {}).get(one.id, 0),
            one.id in contested,
        )
        for one, human in zip(stored, cited, strict=True)
        if one.clause.kind is not Kind.FRONT_MATTER
    )


def clause_line(
    one: versions.StoredClause, human: str, comments: int = 0, amendments: int = 0, contested: bool = False
) -> ClauseLine:
    clause = one.clause
    level = LEVELS.get(clause.kind, 0)
    indent = INDENTS.get(clause.kind, 0) if not level else 0
    return ClauseLine(
        one.id, clause.kind.value, clause.depth, level, indent, clause.label, clause.address, human, one.html,
        clause.body, comments, amendments, contested,
    )  # fmt: skip


def citations(clauses: Sequence[Clause]) -> list[str]:
    """How each clause is cited: `Article 13(1)(2)(a)`; of unnumbered text, the place it stands in."""
    found: list[str] = []
    path: list[tuple[int, str]] = []
    for clause in clauses:
        while path and path[-1][0] >= clause.depth:
            path.pop()
        above = path[-1][1] if path else ""
        human = _cited(clause, above)
        found.append(human)
        path.append((clause.depth, human))
    return found


def _cited(clause: Clause, above: str) -> str:
    label = clause.label.rstrip(".:")
    if clause.kind in LEVELS:
        return label or clause.body or above
    if label:
        return f"{above}({label.strip('()°')})"
    ordinal = clause.address.rpartition("_")[2]
    return f"{above} ¶{ordinal}" if above else f"¶{ordinal}"


def front_matter(stored: Iterable[versions.StoredClause]) -> tuple[tuple[str, str], ...]:
    """Key and value of the block at the head of the law; empty where there is none or it cannot be read."""
    first = next(iter(stored), None)
    if first is None or first.clause.kind is not Kind.FRONT_MATTER:
        return ()
    try:
        values = read_front_matter(first.clause.source)
    except BadFrontMatter:
        return ()
    return tuple((key, str(value)) for key, value in values.items() if isinstance(value, str | bool))
