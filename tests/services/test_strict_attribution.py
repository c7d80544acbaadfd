"""In the strict mode the author is not stored: with everything in hand that the installation holds or gives out, nobody
can say which of two people wrote. So the same is written twice, each time by another one, and both are compared."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app.domain.attribution import CONTRIBUTIONS, DECLARED, TIMED
from app.exports.formats import FORMATS, Takes, written
from app.services import bundling, delivering, exporting
from app.services.delivering import Delivered
from app.services.exporting import Wanted
from app.store import memberships
from app.store.db import db
from app.store.events import Event
from app.store.memberships import Entry
from tests.exports.readers import read
from tests.product import Copies, clause_ids
from tests.services.at_risk import LAW, ONE, OTHER, READER, SLUG, Written, own_moment, ran
from tests.services.calls import BISHKEK

pytest_plugins = ["tests.demonstration"]
TOKENS = re.compile(
    r'(name="csrf_token" value="|"csrf-token" content=")[^"]*|\b[0-9a-f]{64}\b'
    r'|(?<=">)[0-9a-f]{12}(?=</code>)|[0-9a-f]{8}(?: [0-9a-f]{8}){7}|(?<=made: )[0-9: -]+UTC'
)
_NOTHING = io.BytesIO(b"PK\5\6" + bytes(18))


@pytest.fixture(scope="module")
def pair(demonstration: Copies) -> Iterator[tuple[Written, Written]]:
    made = own_moment()
    with ran(demonstration, ONE, made) as one, ran(demonstration, OTHER, made) as other:
        yield one, other


# what is stored

CHANCE = (
    "hash",
    "previous_hash",
    "last_hash",
    "written",
    "salt",
    "receipt_hash",
    "token_hash",
    "nonce",
    "password_hash",
    "commitment",
)
"""What is drawn by lot, or follows from what is."""


def rows(run: Written) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table; the clauses of the draft are called by their places."""
    with run.app.app_context():
        ids = {id: f"clause {place}" for place, id in enumerate(clause_ids(run.app, SLUG).values())}
        found = {}
        for table in db.metadata.sorted_tables:
            lines = db.session.execute(select(table)).mappings()
            found[table.name] = sorted((_plain(line, ids) for line in lines), key=json.dumps)
        assert found["attempts"] == [], "a sign-in that succeeded leaves no moment"
        return found


def _plain(line: Any, ids: dict[str, str]) -> dict[str, Any]:
    said = {name: value for name, value in line.items() if name not in CHANCE}
    if "digests" in said:  # salted by lot: of which rows they are is what they tell
        said["digests"] = sorted(said["digests"] or ())
    text = json.dumps(said, default=str)
    return dict(json.loads(re.sub(r"\b[0-9a-f]{20}\b", lambda found: ids.get(found[0], found[0]), text)))


def test_the_database_is_the_same_whoever_wrote(pair: tuple[Written, Written]) -> None:
    here, there = (rows(run) for run in pair)
    differing = {
        name: [(one, other) for one, other in zip(lines, there[name], strict=False) if one != other][:3] or "count"
        for name, lines in here.items() if lines != there[name]
    }  # fmt: skip
    assert differing == {}
    of_draft = [row for row in here["comments"] if row["body"].startswith("They were beaten")]
    assert [(row["author_id"], row["institution_id"], row["quote"]) for row in of_draft] == [
        (None, None, "at any time")
    ]


def test_the_same_search_finds_an_author_who_is_named(demonstration: Copies) -> None:
    with ran(demonstration, ONE, own_moment(), mode="named") as run:
        found = rows(run)
    told = {name for name in found for row in found[name] if row.get("author_id", row.get("user_id")) == ONE.id}
    assert {"comments", "amendments", "positions", "explanations", "events", "follows", "resolutions"} <= told | {
        "resolutions"  # reopened again
    }
    assert run.codes == []


def test_no_moment_finer_than_a_day_is_stored_of_a_contribution(pair: tuple[Written, Written]) -> None:
    here = rows(pair[0])
    kinds = CONTRIBUTIONS | DECLARED
    with pair[0].app.app_context():
        draft = memberships.find_draft(db.session, SLUG).id
        held = db.session.scalars(select(Event.happened_at).where(Event.draft_id == draft, Event.kind.in_(TIMED)))
        official = {str(at) for at in held}
    moments = {
        (name, column, value)
        for name in ("comments", "amendments", "amendment_links", "positions", "explanations", "receipts", "events")
        for row in here[name] if row.get("draft_id", draft) == draft
        for column, value in row.items()
        if column.endswith(("_at", "_until")) and value and (name != "events" or row["kind"] in kinds)
    } | {("wordings", "written_at", row["written_at"]) for row in here["comment_wordings"]}  # fmt: skip
    assert {name for name, _, _ in moments} >= {"comments", "amendments", "positions", "explanations", "events"}
    finer = [one for one in moments if one[2] not in official and not _is_midnight(one[2])]
    assert finer == []


def _is_midnight(value: str) -> bool:
    return datetime.fromisoformat(value).astimezone(BISHKEK).strftime("%H:%M:%S.%f") == "00:00:00.000000"


def test_who_wrote_stands_in_the_rows_of_accounts_alone(pair: tuple[Written, Written]) -> None:
    for run in pair:
        found = rows(run)
        naming = {
            name for name, lines in found.items() for row in lines
            if any(mark in json.dumps(row, ensure_ascii=False) for mark in run.author.marks if mark != ONE.name)
        }  # fmt: skip
        assert naming == {"users", "memberships", "sign_ins", "mentions"} - (
            {"mentions"} if run.author is OTHER else set()
        )


def test_the_file_of_the_database_holds_nothing_more(pair: tuple[Written, Written]) -> None:
    """Its bytes, those of what was deleted and of the write-ahead log too."""
    if not _is_sqlite(pair[0]):
        pytest.skip("a server's files are not handed out; what `pg_dump` writes are the rows")
    here, there = (_bytes(run) for run in pair)
    for mark in (*ONE.marks[1:], *OTHER.marks[1:]):
        assert here.count(mark.encode()) == there.count(mark.encode()), mark
        assert ONE.address.encode() not in here
    assert b"Quixotropically" not in here


def _is_sqlite(run: Written) -> bool:
    return str(run.app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite")


def _bytes(run: Written) -> bytes:
    path = str(run.app.config["SQLALCHEMY_DATABASE_URI"]).removeprefix("sqlite:///")
    return b"".join(file.read_bytes() for file in sorted(Path(path).parent.glob(f"{Path(path).name}*")))


def test_nothing_is_logged_of_who_asks(pair: tuple[Written, Written]) -> None:
    for run in pair:
        assert [mark for one in (ONE, OTHER) for mark in one.marks if mark in run.logged] == []


def test_no_letter_tells_who_wrote(pair: tuple[Written, Written]) -> None:
    for run in pair:
        said = json.dumps(rows(run)["letters"], ensure_ascii=False)
        assert [mark for mark in (*ONE.marks, *OTHER.marks) if mark in said] == []


# what is given out


def test_no_file_of_any_format_names_who_wrote(pair: tuple[Written, Written]) -> None:
    if not _is_sqlite(pair[0]):
        pytest.skip("files are made of the same rows")
    found = []
    for run in pair:
        for name, data in files(run).items():
            text = read(FORMATS[name].extension, data)
            marks = (*ONE.marks, *OTHER.marks)
            found += [(name, mark) for mark in marks if mark in text or mark.encode() in data]
            with zipfile.ZipFile(io.BytesIO(data)) if data[:2] == b"PK" else zipfile.ZipFile(_NOTHING) as archive:
                inside = b"".join(archive.read(one) for one in archive.namelist())
            found += [(name, mark) for mark in marks if mark.encode() in inside]
    assert found == []


def files(run: Written) -> dict[str, bytes]:
    """Every format that is made of a version, with all of them in one ZIP."""
    with run.app.app_context():
        entry, wanted = exporting.enter_as_operator(db.session, SLUG), Wanted(SLUG, 2, zone=BISHKEK)
        alone = [name for name, form in FORMATS.items() if form.takes not in (Takes.BUNDLE, Takes.RECORD)]
        made = {
            name: _whole(delivering.deliver(db.session, name, replace(wanted, marked=FORMATS[name].marked), entry))
            for name in alone
        }

        def again(session: Session, name: str, own: Wanted, by: Entry) -> Delivered:
            return made[name] if name in made else delivering.deliver(session, name, own, by)

        bundle = bundling.bundle(db.session, wanted, entry, again, bundling.in_silence)
        together = {
            name: b"".join(written(bundle, name)) for name, form in FORMATS.items() if form.takes is Takes.BUNDLE
        }
        return {**{name: b"".join(file.pieces) for name, file in made.items()}, **together}


def _whole(file: Delivered) -> Delivered:
    return replace(file, pieces=(b"".join(file.pieces),))


def test_every_page_is_the_same_whoever_wrote(pair: tuple[Written, Written]) -> None:
    """As somebody of another institution sees it."""
    if not _is_sqlite(pair[0]):
        pytest.skip("pages are made of the same rows")
    differing = []
    for address in addresses(pair[0]):
        here, there = (page(run, address) for run in pair)
        differing += [(address, *where(here, there))] if here != there else []
        differing += [(address, mark) for mark in (*ONE.marks, OTHER.full_name) if mark != ONE.name and mark in here]
    assert differing == []


def addresses(run: Written) -> list[str]:
    """Every page there is, of this draft and around it; clauses are called by their places."""
    at = {"slug": SLUG, "number": 1, "address": "art_1__para_1", "clause_id": "VISITS", "comment_id": 21, "other": 3}
    rules = [rule for rule in run.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    rules = [rule for rule in rules if rule.rule.startswith(("/drafts/<slug>", "/search", "/news")) or rule.rule == "/"]
    built = [_built(rule, at) for rule in rules if rule.endpoint not in ("static", "assets.read", "live.stream")]
    more = (f"{LAW}/amendments/3", f"{LAW}?view=brackets", f"{LAW}?view=provenance", f"{LAW}/search?q=beaten",
            f"{LAW}/discussion?state=open", "/search?q=beaten", f"{LAW}/amendments?printed=1")  # fmt: skip
    return [one for one in (*built, *more) if "/files/" not in one and not one.endswith(("healthz", ".xlsx"))]


def _built(rule: Rule, at: dict[str, object]) -> str:
    values = {name: at.get(name, 1 if "<int:" + name in rule.rule else "unknown") for name in rule.arguments}
    built = rule.build(values)
    assert built is not None
    return built[1]


def page(run: Written, address: str) -> str:
    ids = {id: f"clause {place}" for place, id in enumerate(clause_ids(run.app, SLUG).values())}
    visits = clause_ids(run.app, SLUG)["art_1__para_1"]
    answer = run.clients[READER].get(address.replace("VISITS", visits))
    text = f"{answer.status_code} {answer.get_data(as_text=True)}"
    answer.close()
    plain = re.sub(r"\b[0-9a-f]{20}\b", lambda found: ids.get(found[0], found[0]), text)
    return TOKENS.sub(r"\1·", plain)


def where(here: str, there: str) -> tuple[str, str]:
    """What stands where two pages begin to differ."""
    first = next((at for at, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), 0)
    return here[first - 80 : first + 80], there[first - 80 : first + 80]
