"""Every format takes a law and what was said about it, whatever characters stand in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from app.exports.document import Document, Run
from app.exports.formats import FORMATS, Takes, written
from app.services import delivering, exporting
from app.services.exporting import Wanted
from app.store.db import db
from tests.exports.readers import READERS
from tests.fuzz.lending import lent
from tests.fuzz.parsers import refusing
from tests.fuzz.running import Take, Target
from tests.fuzz.values import LAWLIKE, WILD
from tests.product import SLUG

STORABLE = st.one_of(WILD, LAWLIKE).map(lambda text: text.replace("\0", ""))
"""No text that is kept has null characters."""
TEXTS = st.lists(STORABLE, min_size=4, max_size=10)
QUICK = tuple(
    name
    for name, one in FORMATS.items()
    if one.takes in (Takes.DOCUMENT, Takes.LISTED) and not name.startswith(("pdf", "act"))
)
MOST_LINES = 30


def spoiled(document: Document, texts: list[str]) -> Document:
    """A document in which all that somebody wrote is something else."""
    words = iter(texts * 400)
    lines = tuple(
        replace(line, runs=tuple(replace(run, text=next(words)) for run in line.runs) or (Run("=", next(words)),))
        for line in document.lines[:MOST_LINES]
    )
    remarks = tuple(replace(one, body=next(words), quote=next(words), author=next(words)) for one in document.remarks)
    amendments = tuple(
        replace(
            one, title=next(words), rationale=next(words),
            changes=tuple(replace(change, before=next(words), after=next(words)) for change in one.changes),
        )
        for one in document.amendments
    )  # fmt: skip
    positions = tuple(replace(one, reason=next(words)) for one in document.positions)
    return replace(
        document, lines=lines, remarks=remarks, amendments=amendments, positions=positions, title=next(words),
        front_matter=(("note", next(words)), ("status", next(words))),
    )  # fmt: skip


def _exporting(names: tuple[str, ...]) -> Any:
    @contextmanager
    def opened() -> Iterator[Take]:
        with lent() as house, house.app.app_context():
            entry = exporting.enter_as_operator(db.session, SLUG)
            made = {
                takes: delivering.GATHERED[takes](db.session, Wanted(SLUG, 1), entry)
                for takes in {FORMATS[name].takes for name in names}
            }
            db.session.remove()

            def taking(value: tuple[int, list[str]]) -> str:
                name = names[value[0] % len(names)]
                data = b"".join(written(spoiled(made[FORMATS[name].takes], value[1]), name))
                if name in READERS:
                    READERS[name](data)
                return name

            yield refusing_named(taking)

    return opened


def refusing_named(take: Take) -> Take:
    """The format's name, or that of a refusal."""

    def taking(value: Any) -> str:
        said: list[str] = []
        refusal = refusing(lambda one: said.append(take(one)))(value)
        return said[0] if said else refusal

    return taking


PDF = ("pdf",)
TARGETS = [
    Target("exports", st.tuples(st.integers(0, 10**6), TEXTS), _exporting(QUICK), 3, housed=True),
    Target(
        "exports as PDF",
        st.tuples(st.integers(0, 10**6), TEXTS),
        _exporting(PDF),
        0.05,
        housed=True,
        longest_seconds=60,
    ),
]
