"""Every importer makes a value of a file, or says in a sentence why it cannot be used."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from app.domain.pasting import cleaned
from app.exports import csv_table
from app.imports import markdown, people_table, word_paste
from app.services import bulk_inviting, importing
from app.services.inviting import Inviter, Typed
from app.store.db import db
from tests.fuzz.lending import House, lent
from tests.fuzz.parsers import HEADS, holds, refusing
from tests.fuzz.running import Take, Target, pure
from tests.fuzz.values import LAW, LAWLIKE, LAWS, ODD, WILD, changed, part_of
from tests.product import SLUG

NOW = datetime(2026, 11, 28, tzinfo=UTC)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "utf-8-sig", "koi8-r", "utf-32"])

TAGS = (
    "p", "b", "i", "h1", "h3", "table", "tr", "td", "li", "ol", "ul", "span", "sup", "del", "br", "style", "script", "o:p", "font", "a",
    "!--", "![if !supportLists]", "?xml", "p class=MsoListParagraph style='mso-list:l0 level2 lfo1'", "span style='mso-list:Ignore'",
    "ol start=999999999999", "ol type=i start=-5", "li value=9999999", "td colspan=99999", "h3 style='mso-outline-level:9'", "pre", "svg", "select",
)  # fmt: skip
TAG = st.builds(lambda name, end: f"</{name.split()[0]}>" if end else f"<{name}>", st.sampled_from(TAGS), st.booleans())
PASTED = st.lists(st.one_of(TAG, TAG, WILD, st.sampled_from(["<", ">", "&#", "&#1114112;", "&#xD800;", "&nbsp;", "<p", "·", "1. ", "а) "])),
                  max_size=25).map("".join)  # fmt: skip
NESTED = st.builds(
    lambda name, times: f"<{name}>" * times + "x", st.sampled_from(TAGS), st.sampled_from([10, 400, 3000])
)
HEADINGS = (
    "name",
    "Имя",
    "email",
    "institution",
    "role",
    "part",
    "language",
    "Аты",
    "nothing",
    "",
    "name;email",
    "sep=;",
)
CELL = st.one_of(WILD, st.sampled_from(["A. B.", "a@example.org", "CSO", "observer", "representative", "head", "ru"]))
ROWS = st.lists(st.lists(CELL, max_size=7), max_size=8)


@st.composite
def lists_of_people(draw: st.DrawFn) -> str:
    """A table as programs save it, or changed so that none would."""
    separator = draw(st.sampled_from([",", ";", "\t", "|"]))
    heads = draw(st.lists(st.sampled_from(HEADINGS), max_size=7))
    rows = [heads, *draw(ROWS)]
    quoted = draw(st.booleans())
    lines = (
        separator.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' if quoted else cell for cell in row) for row in rows
    )
    text = draw(st.sampled_from(["\n", "\r\n", "\r"])).join(lines)
    return draw(changed(text, 1)) if draw(st.integers(0, 3)) == 0 and text else text


def files(text: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Texts as files: in some encoding, cut, or with bytes in them that belong to none."""
    encoded = st.builds(lambda words, encoding: words.encode(encoding, "replace"), text, ENCODINGS)
    cut = st.builds(lambda data, at: data[:at], encoded, st.integers(0, 300))
    mixed = st.builds(
        lambda data, at, bytes_: data[:at] + bytes_ + data[at:], encoded, st.integers(0, 300), st.binary(max_size=8)
    )
    return st.one_of(encoded, encoded, cut, mixed, st.binary(max_size=200))


def people(data: bytes) -> None:
    rows = people_table.read(people_table.decoded(data))
    holds(all(row.number >= 1 for row in rows), "a line of a list has no number")


def pasted(html: str) -> None:
    text = word_paste.markdown(html)
    holds("\0" not in text or "\0" in html, "pasting makes a null character")
    cleaned(text)


def law_file(data: bytes) -> None:
    holds(markdown.read_text(data).encode() == data, "a law's file does not come back byte for byte")


def spreadsheet(rows: list[list[str]]) -> None:
    """What our own lists are written as is read again, and no cell is a formula."""
    data = csv_table.write(["name", "email"], rows)
    holds(not re.search(r"(?:^|[,;\t\r\n])\"?[=+\-@]", data.decode()[1:]), "a cell is a formula")


def _versions(house: House, data: bytes) -> None:
    importing.import_version(db.session, data=data, slug=SLUG, message="", now=NOW, progress=_unheard)  # type: ignore[arg-type]


def _drafts(house: House, data: bytes) -> None:
    slug = f"d-{house.sent}"
    importing.import_draft(db.session, data=data, slug=slug, language=None, now=NOW, progress=_unheard)  # type: ignore[arg-type]
    if house.sent % 10 == 0:
        page = house.person("administrator").get("/")
        holds(page.status_code == 200, "a draft that was imported breaks the list of drafts")


def _invited(house: House, data: bytes) -> None:
    usual = Typed("", "", "", "observer", "", "en")
    text = people_table.decoded(data)
    bulk_inviting.preview(db.session, slug=SLUG, text=text, usual=usual, by=Inviter(None, is_operator=True), now=NOW)  # type: ignore[arg-type]


def _unheard(*_: object) -> None: ...


def _in_house(take: Callable[[House, Any], None]) -> Any:
    @contextmanager
    def opened() -> Iterator[Take]:
        with lent() as house:

            def taking(value: Any) -> str:
                house.count()
                with house.app.app_context():
                    try:
                        return refusing(lambda one: take(house, one))(value)
                    finally:
                        db.session.rollback()
                        db.session.remove()

            yield taking

    return opened


LAW_FILES = st.one_of(
    files(LAWLIKE),
    files(st.builds("---\n{}\n---\n{}".format, HEADS, LAWLIKE)),
    *(files(part_of(law)) for law in LAWS),
    st.sampled_from([text.encode() for text in ODD]),
)
COPIES = changed(LAW).map(str.encode)
TARGETS = [
    Target("files of laws", LAW_FILES, pure(refusing(law_file)), 2),
    Target("pasted from Word", st.one_of(PASTED, PASTED, PASTED, NESTED), pure(refusing(pasted)), 6),
    Target("lists of people", files(lists_of_people()), pure(refusing(people)), 5),
    Target("lists as we write them", ROWS, pure(refusing(spreadsheet)), 2),
    Target("imported drafts", LAW_FILES, _in_house(_drafts), 1.5, housed=True),
    Target("imported versions", st.one_of(COPIES, LAW_FILES), _in_house(_versions), 0.7, housed=True),
    Target("people invited by list", files(lists_of_people()), _in_house(_invited), 1.5, housed=True),
]
