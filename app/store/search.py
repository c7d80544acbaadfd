"""The index of words: in clause texts, comments and amendments.

The database writes it itself, by triggers of the migration `add_search`, in the transaction of whoever writes a text;
no code here or elsewhere has to remember it. English is stemmed (SQLite: porter; PostgreSQL: english), Russian is
stemmed on PostgreSQL; elsewhere words are found by how they begin (see `app.domain.wanted`). On PostgreSQL the first
250,000 characters of one text are read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    Text,
    and_,
    bindparam,
    case,
    column,
    func,
    literal_column,
    select,
    table,
    update,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Session, aliased

from app.domain.clauses import Clause, Kind
from app.domain.wanted import Term, beginning, match_fts5, match_tsquery
from app.store.amendments import AmendmentRow, EditRow
from app.store.comments import Comment
from app.store.drafts import ClauseText, Draft, Version, VersionText
from app.store.users import User

TEXT, COMMENT, AMENDMENT = 0, 1, 2
"""The last digit of an entry's id, which is four times the id of the row it was read from, plus this."""
OPEN_MARK, CLOSE_MARK = "\ue000", "\ue001"
HEADINGS = [kind.value for kind in (Kind.TITLE, Kind.PART, Kind.SECTION, Kind.CHAPTER, Kind.SUBCHAPTER, Kind.ARTICLE)]
CONFIGURATIONS = {"en": "english", "ru": "russian"}


def is_no_index(name: str | None, kind: str, _parents: Mapping[str, Any] | None = None) -> bool:
    """Whether Alembic should compare it: the tables of the index, and those FTS5 keeps for itself, are no models."""
    return not (kind == "table" and name is not None and name.startswith("search_"))


@dataclass(frozen=True, slots=True)
class Standing:
    """A clause of a version as it is called and nested, without its words (a heading has them)."""

    draft_id: int
    clause_id: str
    first_version: int
    last_version: int | None
    clause: Clause


@dataclass(frozen=True, slots=True)
class TextFound:
    row_id: int
    draft_id: int
    clause_id: str
    first_version: int
    last_version: int | None


@dataclass(frozen=True, slots=True)
class CommentFound:
    row_id: int
    draft_id: int
    clause_id: str | None
    amendment: int | None  # its number
    version: int
    kind: str
    institution_id: int | None
    author: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AmendmentFound:
    row_id: int
    draft_id: int
    number: int
    base_version: int
    state: str
    title: str
    institution_id: int | None
    clause_ids: tuple[str, ...]  # what it changes


@dataclass(frozen=True, slots=True)
class Looking:
    """What is looked for: in which drafts, all of them in one language, and how many of a kind at most."""

    terms: tuple[Term, ...]
    drafts: tuple[int, ...]
    language: str
    limit: int


def texts(session: Session, looking: Looking, every_version: bool) -> list[TextFound]:
    """Clauses in the order of the law; of one clause the newest text first."""
    query = (
        select(
            ClauseText.id, ClauseText.draft_id, ClauseText.clause_id, ClauseText.first_version, ClauseText.last_version
        )
        .where(
            ClauseText.id.in_(_matching(session, looking, TEXT)),
            ClauseText.draft_id.in_(looking.drafts),
            ClauseText.language == looking.language,
        )
        .order_by(ClauseText.draft_id, ClauseText.position, ClauseText.first_version.desc())
        .limit(looking.limit)
    )
    if not every_version:
        query = query.where(ClauseText.last_version.is_(None))
    return [TextFound(*row) for row in session.execute(query)]


def comments(session: Session, looking: Looking) -> list[CommentFound]:
    """Comments, newest first; withdrawn ones are not found."""
    query = (
        select(
            Comment.id, Comment.draft_id, Comment.clause_id, AmendmentRow.number, Comment.version, Comment.kind,
            Comment.institution_id, func.coalesce(User.full_name, ""), Comment.created_at,
        )
        .outerjoin(AmendmentRow, AmendmentRow.id == Comment.amendment_id)
        .outerjoin(User, User.id == Comment.author_id)
        .where(
            Comment.id.in_(_matching(session, looking, COMMENT)),
            Comment.draft_id.in_(looking.drafts),
            Comment.withdrawn_at.is_(None),
        )
        .order_by(Comment.created_at.desc(), Comment.id.desc())
        .limit(looking.limit)
    )  # fmt: skip
    return [CommentFound(*row) for row in session.execute(query)]


def amendments(session: Session, looking: Looking) -> list[AmendmentFound]:
    """Amendments by number, with the clauses they change."""
    found = (
        select(AmendmentRow)
        .where(
            AmendmentRow.id.in_(_matching(session, looking, AMENDMENT)),
            AmendmentRow.draft_id.in_(looking.drafts),
            AmendmentRow.discarded_at.is_(None),
        )
        .order_by(AmendmentRow.draft_id, AmendmentRow.number)
        .limit(looking.limit)
        .subquery()
    )
    row = aliased(AmendmentRow, found)
    query = (
        select(row, EditRow.clause_id, EditRow.anchor_id)
        .outerjoin(EditRow, and_(EditRow.amendment_id == row.id, EditRow.base_version == row.base_version))
        .order_by(row.draft_id, row.number, EditRow.ordinal)
    )
    rows: dict[int, AmendmentRow] = {}
    clauses: dict[int, dict[str, None]] = {}
    for one, clause_id, anchor_id in session.execute(query):
        rows[one.id] = one
        clauses.setdefault(one.id, {}).update({place: None for place in (clause_id or anchor_id,) if place})
    return [
        AmendmentFound(
            one.id, one.draft_id, one.number, one.base_version, one.state, one.title, one.institution_id,
            tuple(clauses[one.id]),
        )
        for one in rows.values()
    ]  # fmt: skip


def marked(session: Session, looking: Looking, entries: Collection[int]) -> dict[int, str]:
    """The whole texts of entries found, the words found between OPEN_MARK and CLOSE_MARK, by entry."""
    if not entries:
        return {}
    if _is_sqlite(session):
        index = _fts_table(looking.language)
        query = sql(
            f"SELECT rowid, highlight({index}, 0, :open, :close) FROM {index}"  # noqa: S608  (a name from this module)
            f" WHERE {index} MATCH :terms AND rowid IN :entries"
        ).bindparams(bindparam("entries", list(entries), expanding=True))
        values = {"open": OPEN_MARK, "close": CLOSE_MARK, "terms": _fts_terms(looking)}
        return {row.rowid: row[1] for row in session.execute(query, values)}
    index_row = table("search_entries", column("id", BigInteger), column("words", Text))
    options = f'HighlightAll=true, StartSel="{OPEN_MARK}", StopSel="{CLOSE_MARK}"'
    headline = func.ts_headline(
        literal_column(f"'{CONFIGURATIONS.get(looking.language, 'simple')}'::regconfig"),
        func.search_plain(index_row.c.words), _tsquery(looking), options,
    )  # fmt: skip
    found = session.execute(select(index_row.c.id, index_row.c.words, headline).where(index_row.c.id.in_(entries)))
    return {entry: _marked_like(words, headed) for entry, words, headed in found}


def _marked_like(words: str, headed: str) -> str:
    """The words with the marks of a headline, in which signs stand as spaces; without marks if it is not the same."""
    shown: list[str] = []
    at = 0
    for character in headed:
        if character in (OPEN_MARK, CLOSE_MARK):
            shown.append(character)
        else:
            shown.append(words[at : at + 1])
            at += 1
    return "".join(shown) if at == len(words) else words


def fingerprints(session: Session, drafts: Collection[int]) -> dict[int, tuple[Any, ...]]:
    """What tells the latest version of each draft, in the draft's language, from every other text, by draft."""
    latest = select(func.max(Version.number)).where(Version.draft_id == Draft.id).correlate(Draft).scalar_subquery()
    query = (
        select(Draft.id, Draft.slug, Draft.language, Version.number, VersionText.sha256, Version.created_at)
        .join(Version, and_(Version.draft_id == Draft.id, Version.number == latest))
        .join(VersionText, and_(VersionText.version_id == Version.id, VersionText.language == Draft.language))
        .where(Draft.id.in_(drafts))
    )
    return {row.id: tuple(row) for row in session.execute(query)}


def outlines(session: Session, drafts: Collection[int], *, every_version: bool = False) -> dict[int, list[Standing]]:
    """The clauses of the latest version of drafts, or of all their versions, in reading order, by draft."""
    if not drafts:
        return {}
    words = case((ClauseText.kind.in_(HEADINGS), ClauseText.body), else_="")
    query = (
        select(
            ClauseText.draft_id, ClauseText.clause_id, ClauseText.first_version, ClauseText.last_version,
            ClauseText.kind, ClauseText.depth, ClauseText.label, ClauseText.address, words,
        )
        .join(Draft, and_(Draft.id == ClauseText.draft_id, Draft.language == ClauseText.language))
        .where(ClauseText.draft_id.in_(drafts))
        .order_by(ClauseText.draft_id, ClauseText.position)
    )  # fmt: skip
    if not every_version:
        query = query.where(ClauseText.last_version.is_(None))
    found: dict[int, list[Standing]] = {}
    for draft_id, clause_id, first, last, kind, depth, label, address, body in session.execute(query):
        clause = Clause(Kind(kind), depth, label, address, "", body, "")
        found.setdefault(draft_id, []).append(Standing(draft_id, clause_id, first, last, clause))
    return found


def bodies(session: Session, clause_ids: Collection[str]) -> dict[str, str]:
    """The words of clauses in the latest version of their draft, in its language."""
    query = (
        select(ClauseText.clause_id, ClauseText.body)
        .join(Draft, and_(Draft.id == ClauseText.draft_id, Draft.language == ClauseText.language))
        .where(ClauseText.last_version.is_(None), ClauseText.clause_id.in_(clause_ids))
    )
    return {row.clause_id: row.body for row in session.execute(query)} if clause_ids else {}


def rebuild(session: Session) -> int:
    """Empty the index and have the database write it anew; how many texts it holds then."""
    tables = ("search_stemmed", "search_plain") if _is_sqlite(session) else ("search_entries",)
    for name in tables:
        session.execute(sql(f"DELETE FROM {name}"))  # noqa: S608  (a name from this module)
    for touch in (
        update(ClauseText).values(body=ClauseText.body),
        update(Comment).values(body=Comment.body),
        update(AmendmentRow).values(title=AmendmentRow.title),
    ):
        session.execute(touch.execution_options(synchronize_session=False))
    counts = (session.scalar(select(func.count()).select_from(table(name))) or 0 for name in tables)
    return sum(counts)


def _matching(session: Session, looking: Looking, source: int) -> Select[tuple[int]]:
    """The ids of the rows of one source that hold the words looked for."""
    if _is_sqlite(session):
        index = table(_fts_table(looking.language), column("rowid", BigInteger))
        found = literal_column(index.name).op("MATCH")(_fts_terms(looking))
        return select(index.c.rowid.op("/")(4)).where(found, index.c.rowid.op("%")(4) == source)
    entries = table("search_entries", column("id", BigInteger), column("vector"), column("language", String))
    entries_found = select(entries.c.id.op("/")(4).label("row_id")).where(
        entries.c.vector.op("@@")(_tsquery(looking)),
        entries.c.language == looking.language,
        entries.c.id.op("%")(4) == source,
    )
    # Asked once: left to itself PostgreSQL may look the words up for every clause on the way to the first hits.
    once = entries_found.cte("matching").prefix_with("MATERIALIZED")
    return select(once.c.row_id)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _fts_table(language: str) -> str:
    return "search_stemmed" if language == "en" else "search_plain"


def _fts_terms(looking: Looking) -> str:
    return match_fts5(looking.terms, looking.language, stemmed=looking.language == "en")


def _tsquery(looking: Looking) -> ColumnElement[Any]:
    """All terms as one tsquery; words typed by people are only ever values."""
    parts = [_term(term, looking.language) for term in looking.terms]
    return reduce(lambda all_of, part: all_of.op("&&")(part), parts)


def _term(term: Term, language: str) -> ColumnElement[Any]:
    """One term. A word may also be the beginning of one, except in English, whose stems are enough."""
    config: ColumnElement[Any] = literal_column(f"'{CONFIGURATIONS.get(language, 'simple')}'::regconfig")
    found: ColumnElement[Any] = func.to_tsquery(config, match_tsquery(term))
    start = None if language == "en" or term.phrase else beginning(term.words[0], language)
    if start is not None:
        found = found.op("||")(func.to_tsquery(literal_column("'simple'::regconfig"), f"'{start}':*"))
    return func.tsquery_not(found) if term.excluded else found.self_group()
