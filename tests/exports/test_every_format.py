"""What holds of every format in which a version leaves the house: made twice it is the same; it names nobody whom the
draft's attribution hides; and nothing that anybody typed breaks it or runs where it is opened."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.edits import InsertClauses
from app.exports.formats import FORMATS, Takes, written
from app.services import bundling, delivering, exporting, importing, issuing, recording, writing
from app.services.choosing import Choice
from app.services.deciding import Decided, Parking
from app.services.delivering import Delivered
from app.services.exporting import Wanted
from app.store.amendments import AmendmentRow
from app.store.comments import Comment
from app.store.db import db
from app.store.digests import read_anew
from app.store.drafts import Draft
from app.store.events import Event
from app.store.explanations import Explanation
from app.store.institutions import Institution, InstitutionName
from app.store.positions import Position
from app.store.sittings import SittingRow
from app.store.users import User
from config import ROOT
from tests.exports.readers import READERS, read, skimmed
from tests.product import SLUG, Copies, clause_ids, user_id
from tests.services.calls import BISHKEK
from tests.services.closing_deeds import attach
from tests.services.deeds import NOW, submit
from tests.services.records import attributed
from tests.services.sittings import do, plan
from tests.services.stances import state

pytest_plugins = ["tests.demonstration"]
on_a_house = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
Files = Mapping[str, bytes]
WHO = "zq-facilitator"


def made(app: Flask, version: int, record: int) -> Files:
    """The file of every format; the bundle of those that are made already."""
    with app.app_context():
        entry, wanted = (
            exporting.enter_as_operator(db.session, SLUG),
            Wanted(SLUG, version, zone=BISHKEK, record=record),
        )
        alone = [name for name, form in FORMATS.items() if form.takes is not Takes.BUNDLE]
        files = {name: _whole(delivering.deliver(db.session, name, _marked(wanted, name), entry)) for name in alone}
        bundle = bundling.bundle(db.session, wanted, entry, lambda _session, name, *_: files[name], bundling.in_silence)
        together = {name: b"".join(written(bundle, name)) for name in FORMATS if name not in files}
        return {**{name: b"".join(file.pieces) for name, file in files.items()}, **together}


def _marked(wanted: Wanted, name: str) -> Wanted:
    return replace(wanted, marked=FORMATS[name].marked)


def _whole(file: Delivered) -> Delivered:
    return replace(file, pieces=(b"".join(file.pieces),))


# who is hidden: names that stand nowhere in the law, and a year in which nothing but contributions were made

SPOKEN = ("en", "ru", "ky")
NAMED_AS = {"en": "Quixotrope", "ru": "Зюгоматика", "ky": "Өңгөрүмдүк"}
AT = datetime(2031, 5, 6, 20, 7, 9, tzinfo=UTC)
"""When every contribution was made: in Bishkek it was the next day."""


def renamed(app: Flask) -> None:
    """Institutions and people get names that are found wherever they stand."""
    with app.app_context():
        db.session.execute(update(User).values(name="zq-" + User.name, full_name="Zyvlaar " + User.full_name))
        for place, one in enumerate(db.session.scalars(select(Institution).order_by(Institution.id))):
            one.code = f"ZQJ{'ABCDEFGHIJKLMNOP'[place]}"
            for language in SPOKEN:
                db.session.merge(InstitutionName(institution_id=one.id, language=language, name=NAMED_AS[language]))
        db.session.commit()


def contributed(app: Flask) -> None:
    """Every contribution names others, and was made in a year of its own."""
    with app.app_context():
        db.session.execute(update(Comment).values(body=Comment.body + " As @zq-ombudsman and @ZQJB said."))
        db.session.execute(update(AmendmentRow).values(rationale=AmendmentRow.rationale + " So @zq-civil and @ZQJC."))
        read_anew(db.session)
        for table in (Comment, AmendmentRow, Position, Explanation):
            db.session.execute(update(table).values(created_at=AT))
        kinds = [Event.kind.startswith(kind) for kind in ("amendment", "comment", "position", "explanation")]
        for kind in kinds:
            db.session.execute(update(Event).where(kind).values(happened_at=AT))
        db.session.commit()


def worked(app: Flask) -> None:
    """The demonstration law cut down to one chapter, and with amendments adopted in it; positions, a reservation and a
    session."""
    person = user_id(app, "facilitator")
    with app.app_context():
        text = writing.markdown(db.session, slug=SLUG, number=1).decode()
        start, end = (text.index(f"## Chapter {number}.") for number in (3, 4))
        imported(text[: text.index("## Chapter 1.")] + text[start:end])
        issuing.issue(
            db.session, slug=SLUG, choice=Choice(frozenset((14,)), {}), expected_version=2, message="The first round",
            user_id=person, now=NOW,
        )  # fmt: skip
    state(app, "civil", step=6, reason="The period is too long.")
    attach(app, "interior", "art_13__para_1", text="We read it so.")
    plan(app)
    do(app, "open_session")
    do(app, "attend", "interior", at=1, code="", here=True)
    do(app, "take_up", at=3, item=1, skipped=False)
    do(app, "decide", at=5, item=1, decided=Decided("in_brackets", "Left to the second reading."))
    do(app, "park", at=6, parking=Parking("Who pays?", "MVD"))
    do(app, "close_session", at=90)


def imported(text: str, message: str = "") -> None:
    importing.import_version(
        db.session, data=text.encode(), slug=SLUG, message=message, now=NOW, progress=lambda _: None
    )


def recorded(app: Flask) -> int:
    """A record of the whole workshop, issued; its number."""
    person, now = user_id(app, WHO), (NOW + timedelta(hours=3)).astimezone(BISHKEK)
    with app.app_context():
        number = recording.start_record(
            db.session, slug=SLUG, kind="workshop", number=None, language="en", user_id=person, now=now
        )
        recording.issue_record(db.session, slug=SLUG, number=number, revision=1, user_id=person, now=now)
        return number


@pytest.fixture(scope="module")
def house(demonstration: Copies) -> Iterator[Flask]:
    with demonstration() as app:
        attributed(app, "unattributed")
        worked(app)
        renamed(app)
        contributed(app)
        yield app


@pytest.fixture(scope="module")
def unattributed(house: Flask) -> tuple[Files, int]:
    """The files, and the number of the record among them."""
    record = recorded(house)
    return made(house, 3, record), record


@pytest.fixture(scope="module")
def institution_only(house: Flask, unattributed: tuple[Files, int]) -> Files:
    attributed(house, "institution_only")
    return made(house, 3, recorded(house))


PEOPLE = re.compile(r"Zyvlaar|zq-\w+", re.IGNORECASE)
INSTITUTIONS = re.compile(r"ZQJ[A-P]|" + "|".join(NAMED_AS.values()), re.IGNORECASE)
TIMES = re.compile(
    r"(?<![0-9a-f])2031(?![0-9a-f])|2031-?05-?0[67]|0?[67][./]0?5[./](?:20)?31|20:07:09|02:07:09|"
    + "|".join(re.escape(one) for one in (str(int(AT.timestamp())), "47974", "47975"))
)
"""As numbers, ISO 8601 and local dates, in every language; the time of day; seconds since 1970; days in a workbook."""


def read_all(files: Files) -> Mapping[str, str]:
    return {name: read(FORMATS[name].extension, data) for name, data in files.items()}


def found(hidden: re.Pattern[str], texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Where it stands: the format, and the words around it."""
    places = {name: hidden.search(text) for name, text in texts.items()}
    return [(name, texts[name][max(at.start() - 60, 0) : at.end() + 30]) for name, at in places.items() if at]


def test_every_format_has_a_reader() -> None:
    assert {form.extension for form in FORMATS.values()} <= set(READERS)


@on_a_house
def test_the_same_input_gives_the_same_bytes_in_another_process(
    unattributed: tuple[Files, int], house: Flask, tmp_path: Path
) -> None:
    files, record = unattributed
    attributed(house, "unattributed")
    again = exported(house, tmp_path, "bundle", record)
    assert again == files["bundle"]
    with zipfile.ZipFile(io.BytesIO(again)) as container:
        bundled = {container.read(name) for name in container.namelist()}
    other = [name for name, data in files.items() if name != "bundle" and data not in bundled]
    assert other == ["act-ru", "act-ky"], "a bundle has the act in the language of its text"


def exported(app: Flask, folder: Path, name: str, record: int) -> bytes:
    """A file as the command line writes it, on a machine that is set otherwise."""
    kept = {key: value for key, value in os.environ.items() if key not in ("LANG", "LC_ALL", "CI")}
    settings = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "KELISHIM_INSTANCE": str(folder), "SECRET_KEY": "x" * 40,
        "PYTHONHASHSEED": "7", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    path = folder / name
    asked = ["drafts", "export", SLUG, "--version", "3", "--record", str(record), "--format", name, "--output", path]
    subprocess.run([sys.executable, "-m", "flask", *asked], check=True, cwd=ROOT, env={**kept, **settings})
    return path.read_bytes()


@on_a_house
def test_unattributed_names_neither_person_nor_institution_nor_the_time_of_a_contribution(
    unattributed: tuple[Files, int],
) -> None:
    texts = read_all(unattributed[0])
    for hidden in (PEOPLE, INSTITUTIONS, TIMES):
        assert found(hidden, texts) == []


@on_a_house
def test_institution_only_names_institutions_and_no_person(institution_only: Files) -> None:
    texts = read_all(institution_only)
    assert found(PEOPLE, texts) == []
    saying = {name for name, _ in found(INSTITUTIONS, texts)}
    assert saying >= {
        "docx-redline",
        "docx-disagreements",
        "json",
        "amendments-csv",
        "amendments-xlsx",
        "git",
        "bundle",
    }
    assert {name for name, _ in found(TIMES, texts)} >= {"docx-redline", "json", "amendments-csv", "amendments-xlsx"}


@on_a_house
def test_where_people_are_named_the_same_search_finds_them(house: Flask, institution_only: Files) -> None:
    attributed(house, "named")
    with house.app_context():
        entry, wanted = exporting.enter_as_operator(db.session, SLUG), Wanted(SLUG, 3, against=2)
        for name in ("docx-redline", "json", "comments-csv", "git"):
            file = _whole(delivering.deliver(db.session, name, wanted, entry))
            assert PEOPLE.search(read(FORMATS[name].extension, b"".join(file.pieces))), name


# what people may type

LONG = "w" * 10_000
HOSTILE = (
    "1+1 mark <script>document.title='ran'</script> </style><img src=x onerror=alert(1)> ]]> {{ x }} #let x = 1 $y$ @here "
    "«“\" ' \\ \u202ebackwards \x01\x0b\x1b\x7f\ufffe *_`~^[a](javascript:alert(1))![b](http://example.org/x.png)| "
    "&amp; &#x41; <!-- ]]> cmd|' /C calc'!A0"
)
LAW = f"""

### Article 39. ={HOSTILE}

1. ={HOSTILE}

2) +{HOSTILE} {LONG}

@{HOSTILE}

| ={"".join(HOSTILE.split("|"))} | b |
|---|--:|
| -1 | @x |

```
={HOSTILE}
```

> -{HOSTILE}
"""


@pytest.fixture(scope="module")
def hostile(demonstration: Copies) -> Iterator[Files]:
    """Files of a draft in which everybody typed the worst."""
    with demonstration() as app:
        worked(app)
        with app.app_context():
            imported(writing.markdown(db.session, slug=SLUG, number=3).decode() + LAW, f"={HOSTILE}")
        submit(app, "civil", InsertClauses(clause_ids(app, number=4)["art_13__para_1"], f"=2 {HOSTILE}\n\n"), base=4)
        renamed(app)
        typed(app)
        yield made(app, 4, recorded(app))


def typed(app: Flask) -> None:
    """Titles, names, reasons and comments as nobody should type them."""
    said = {
        Draft.title: "=", AmendmentRow.title: "=", AmendmentRow.rationale: "+", Comment.body: "-", Position.reason: "@",
        Explanation.text: "\t=", InstitutionName.name: "=", User.full_name: "@", SittingRow.title: "=", SittingRow.place: "-",
    }  # fmt: skip
    with app.app_context():
        for column, first in said.items():
            db.session.execute(update(column.class_).values({column: f"{first}{HOSTILE}"}))
        for words, its in ((AmendmentRow.rationale, AmendmentRow.number == 1), (Comment.body, Comment.id == 1)):
            db.session.execute(update(words.class_).where(its).values({words: LONG}))
        db.session.commit()


@on_a_house
def test_nothing_that_was_typed_breaks_a_format_or_runs_where_it_is_opened(hostile: Files) -> None:
    texts = {name: skimmed(FORMATS[name].extension, data) for name, data in hostile.items()}
    assert [name for name, text in texts.items() if "mark" not in text] == []
    law = ("markdown", "html", "docx", "docx-redline", "json", "git", "akn")
    assert [name for name in law if LONG not in texts[name]] == []
    pages = "".join(re.findall("w{9,}", read("pdf", hostile["pdf"])))
    assert pages == LONG, "cut by the heads and feet of pages"
