"""Whom pages name in each attribution mode: every address there is, as everybody, with everything that can be said.

What was said is stored here with its authors, as in *institution only* and as the worst that *unattributed* could find;
the pages have to hide it all the same.
"""

import html
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.permissions import Role
from app.services.demonstrating import PEOPLE, log_ins
from app.store import versions
from app.store.db import db
from app.store.digests import read_anew
from app.store.marks import marks
from app.store.memberships import find_draft
from tests.product import LAW, SLUG, Copies, clause_ids, signed_in
from tests.services import calls, closing_deeds, records, stances, workshop_deeds
from tests.services.deeds import propose
from tests.services.sittings import do, plan

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")

ROLES = {role.value for role in Role}  # whose names some sign in with, too
PARA, OTHER = "art_13__para_1", "art_14__para_1"
AT_TABLE = re.compile(
    r'<select id="(entered-for[^"]*|explain-for|invite|owner-[^"]*|park-owner|floor-institution|paper-institution'
    r'|ballot-institution|group-rapporteur|institution)".*?</select>|<datalist id="addressees">.*?</datalist>'
    r'|<fieldset class="sponsors">.*?</fieldset>',
    re.DOTALL,
)
"""Forms in which one of those at the table is chosen: they list all of them, whatever was said."""
WHOEVER_IS_HERE = {
    "GET /drafts/<slug>/sessions/<int:number>": "who is here, who asked for the floor",
    "GET /drafts/<slug>/sessions/<int:number>/screen": "who has the floor",
    "GET /drafts/<slug>/sessions/<int:number>/console": "who is here, who asked for the floor",
    "GET /drafts/<slug>/sessions/<int:number>/attendance": "who came",
    "GET /drafts/<slug>/sessions/<int:number>/paper": "a ballot for every seat",
    "GET /drafts/<slug>/parking": "who takes care of a matter",
    "GET /drafts/<slug>/groups": "who was sent aside",
    "GET /drafts/<slug>/groups/new": "who can be sent aside",
    "GET /drafts/<slug>/groups/<int:number>": "who was sent aside",
}
"""Where institutions may stand although nothing is attributed: to be present, or to have a task, is no contribution."""
OF_MEMBERS = ("/members", "/settings")
"""Where the people of a draft are managed: they name its members, and nothing that these said."""
CONTRIBUTED = (
    "/clauses/<clause_id>", "/amendments/<int:number>", "/amendments", "/amendments.csv", "/discussion", "/search",
    "/board/blocking", "/positions", "/explanations", "/live",
)  # fmt: skip
"""Pages on which every moment is that of a contribution."""
TIME = re.compile(r'datetime="\d{4}-\d\d-\d\dT|\b\d{1,2}:\d\d\b')


@pytest.fixture(scope="module")
def spoken(demonstration: Copies) -> Iterator[Flask]:
    """Everything that people say and do, in the demonstration, with its authors stored."""
    with demonstration() as app:
        civil, facilitator = signed_in(app, "civil"), signed_in(app, "facilitator")
        interior = signed_in(app, "interior")
        _discuss(app, civil, interior, facilitator)
        _propose(app, civil, interior)
        _take_positions(app)
        _hold(app, facilitator)
        facilitator.post(f"{LAW}/consolidation", data={"do": "all"})
        yield app


def _discuss(app: Flask, civil: FlaskClient, interior: FlaskClient, facilitator: FlaskClient) -> None:
    on = f"{LAW}/clauses/{clause_ids(app)[PARA]}/comments"
    _sent(civil.post(on, data={"body": "@interior and @MVD, see this zebra. @facilitator too.", "kind": "question"}))
    first = _last_comment(app)
    _sent(interior.post(on, data={"body": "To @civil: why?", "reply_to": str(first)}))
    reply = _last_comment(app)
    _sent(civil.post(on, data={"body": "So.", "reply_to": str(reply)}))
    _sent(civil.post(f"{LAW}/comments/{first}/edit", data={"body": "@interior and @MVD, see this zebra again."}))
    _sent(facilitator.post(f"{LAW}/comments/{first}/resolve"))
    _sent(interior.post(f"{LAW}/amendments/1/comments", data={"body": "@civil, no zebra."}))
    _sent(interior.post(on, data={"body": "A mistake."}))
    _sent(interior.post(f"{LAW}/comments/{_last_comment(app)}/withdraw"))


def _propose(app: Flask, civil: FlaskClient, interior: FlaskClient) -> None:
    propose(app, "prosecutor", PARA, lambda body: f"{body} And at once.")
    _sent(civil.post(f"{LAW}/amendments/1/sponsors", data={"institution": "AKY"}))
    _sent(signed_in(app, "ombudsman").post(f"{LAW}/amendments/1/sponsors/answer", data={"answer": "accepted"}))
    _sent(civil.post(f"{LAW}/amendments/1/links", data={"other": "2", "kind": "conflicts_with", "reason": "@interior"}))


def _take_positions(app: Flask) -> None:
    stances.state(app, "interior", clause=OTHER, step=6, reason="@civil knows why.")
    objection = stances.state(app, "prosecutor", clause=OTHER, step=6, reason="Not like this.")
    stances.state(app, "civil", clause=OTHER, step=3, reason="With a note.")
    stances.state(app, "ombudsman", clause=OTHER, step=1, confirm_days=3)
    stances.state(app, "un", clause=OTHER, step=1)
    stances.state(app, "prevention", clause=OTHER, entered_for="", step=1)
    closing_deeds.answer(app, objection, "It was answered.")
    closing_deeds.attach(app, "civil", OTHER, text="Printed words.")
    closing_deeds.link(app, OTHER, "art_14__para_2")
    stances.on_amendment(app, "interior", 1, 6)
    calls.ask(app, "13(1)")
    calls.answer(app, "interior", step=6, reason="No.")
    calls.answer(app, "civil", step=1)
    calls.conduct(app, "receive", "prosecutor")
    closing_deeds.everybody(app, "art_1__para_1")
    closing_deeds.reopen(app, "prosecutor", "art_1__para_1")


def _hold(app: Flask, facilitator: FlaskClient) -> None:
    workshop_deeds.park(app)
    workshop_deeds.form(app)
    plan(app)
    do(app, "open_session")
    do(app, "attend", "interior", at=1, code="", here=True)
    do(app, "ask_floor", "civil", at=2, code="", name="")
    do(app, "take_up", at=3, item=2, skipped=False)
    _sent(facilitator.post(f"{LAW}/sessions/1/call", data={"item": "2", "rule": "consensus", "version": "1"}))


def _sent(answer: TestResponse) -> None:
    assert answer.status_code == 303, re.findall(r'role="alert".*?</', answer.text, re.DOTALL)


def _last_comment(app: Flask) -> int:
    with app.app_context():
        return int(db.session.connection().exec_driver_sql("SELECT max(id) FROM comments").scalar_one())


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Every page there is to look at in the draft: its route, and an address of it."""
    at = {
        "slug": SLUG, "number": 1, "address": PARA, "clause_id": clause_ids(app)[PARA], "name": f"{SLUG}-1.en",
        "file_name": f"{SLUG}-1.en.md", "token": "unknown", "job": "no-such-job",
    }  # fmt: skip
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "slug" in rule.arguments and "file_format" not in rule.arguments:
            built = rule.build({name: at.get(name, 1) for name in rule.arguments})
            assert built is not None, rule
            found.append((f"GET {rule.rule}", built[1]))
    clauses, read = clause_ids(app), "GET /drafts/<slug>"
    more = [
        (f"{read}/clauses/<clause_id>", f"{LAW}/clauses/{clauses[OTHER]}"),
        (f"{read}/clauses/<clause_id>", f"{LAW}/clauses/{clauses['art_1__para_1']}"),
        (f"{read}/amendments/<int:number>", f"{LAW}/amendments/2"),
        (read, f"{LAW}?view=brackets"), (read, f"{LAW}?view=provenance"),
        (f"{read}/calls/<int:number>", f"{LAW}/calls/2"),
        (f"{read}/board", f"{LAW}/board?printed=1"), (f"{read}/board", f"{LAW}/board?says=objects"), (f"{read}/amendments", f"{LAW}/amendments?printed=1"),
        (f"{read}/discussion", f"{LAW}/discussion?open=1"), (f"{read}/search", f"{LAW}/search?q=zebra"),
        (f"{read}/search", f"{LAW}/search?q=why"), ("GET /search", "/search?q=zebra"),
        (f"{read}/live", f"{LAW}/live?after=0"),
    ]  # fmt: skip
    return [*found, *more]


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    text = answer.get_data(as_text=True) if answer.mimetype.startswith(("text/", "application/json")) else ""
    answer.close()
    assert answer.status_code < 500, address
    return html.unescape(text)


def people() -> dict[str, str]:
    return {one.name: one.full_name for one in log_ins()}


def institutions(app: Flask) -> dict[str, str]:
    with app.app_context():
        return dict(marks(db.session, "en").values())


def issued_at(app: Flask) -> str:
    """When version 1 came: no contribution."""
    with app.app_context():
        return versions.heads(db.session, find_draft(db.session, SLUG))[-1].version.created_at.isoformat()


def own_institution(name: str) -> str:
    return next((code.upper() for code, (login, _, _) in PEOPLE.items() if login == name), "")


OWN_WORDS = re.compile(r'<textarea id="edit-.*?</textarea>', re.DOTALL)
"""The form in which a comment's author edits it: nobody else gets it."""


def persons_named(text: str, reader: str) -> list[str]:
    """Whom a page names: by full name, or by the name they sign in with where `@` stands before it or it is a value."""
    text = OWN_WORDS.sub("", text)
    others = {name: full for name, full in people().items() if name != reader}
    found = [full for full in others.values() if full.partition(" (")[0] in text]
    found += [name for name in others if re.search(rf"@{name}\b", text)]
    return found + [name for name in others if name not in ROLES and re.search(rf"""["'>]{name}["'<]""", text)]


def institutions_named(text: str, known: dict[str, str], reader: str) -> list[str]:
    words = AT_TABLE.sub("", OWN_WORDS.sub("", text))
    others = {code: name for code, name in known.items() if code != own_institution(reader)}
    return [code for code, name in others.items() if re.search(rf"\b{code}\b", words) or name in words]


def looked_at(app: Flask, *readers: str) -> Iterator[tuple[str, str, str, str]]:
    """Reader, route, address and page, of all pages for all readers; a record is written anew in the present mode."""
    record = records.start(app)
    more = [(f"GET /drafts/<slug>/records/<int:number>{end}", f"{LAW}/records/{record}{end}") for end in ("", ".md")]
    pages = [one for one in addresses(app) if not any(part in one[0] for part in (*OF_MEMBERS, "/records/"))]
    for reader in readers:
        client = signed_in(app, reader)
        for route, address in [*pages, *more]:
            yield reader, route, address, page(client, address)


def told(app: Flask, *readers: str, by_institution: bool) -> list[str]:
    """What all pages name to all readers."""
    found, known, issued = [], institutions(app), f'datetime="{issued_at(app)}"'
    for reader, route, address, text in looked_at(app, *readers):
        named = persons_named(text, reader)
        if by_institution and route not in WHOEVER_IS_HERE:
            named += institutions_named(text, known, reader)
        if by_institution and route.removeprefix("GET /drafts/<slug>") in CONTRIBUTED:
            named += TIME.findall(text.replace(issued, ""))
        if named:
            found.append(f"{reader} {address}: {', '.join(sorted(set(named)))}")
    return found


def test_the_search_finds_everybody_where_all_are_named(spoken: Flask) -> None:
    records.attributed(spoken, "named")
    client, known = signed_in(spoken, "observer"), institutions(spoken)
    of_contributions = [one for one in addresses(spoken) if one[0].removeprefix("GET /drafts/<slug>") in CONTRIBUTED]
    text = "".join(page(client, address) for _, address in of_contributions)
    assert {"civil", "interior", "facilitator", "Bakyt, for the Interior Ministry (demo)"} <= set(
        persons_named(text, "observer")
    )
    assert {"CSO", "MVD", "GPO", "AKY"} <= set(institutions_named(text, known, "observer"))
    assert TIME.search(page(client, f"{LAW}/discussion"))


def test_no_page_names_a_person_where_only_institutions_are_told(spoken: Flask) -> None:
    records.attributed(spoken, "institution_only")
    assert told(spoken, "observer", "administrator", by_institution=False) == []


def test_no_page_names_anybody_where_nothing_is_attributed(spoken: Flask) -> None:
    records.attributed(spoken, "unattributed")
    assert told(spoken, "civil", "facilitator", by_institution=True) == []


def test_what_is_counted_is_what_was_said_and_says_whether_ones_own_institution_spoke(spoken: Flask) -> None:
    records.attributed(spoken, "unattributed")
    shown = stances.page_of(spoken, "civil", OTHER)
    assert [(step.number, count) for step, count in shown.by_step] == [(1, 3), (3, 1), (6, 2)]
    assert (shown.silent, len(shown.blocking), len(shown.unanswered)) == (1, 2, 1)
    assert [line.institution.code for line in shown.seats if line.institution.code] == ["CSO"]
    assert [line.position.reason for line in shown.seats[1:3] if line.position] == ["@… knows why.", "Not like this."]
    records.attributed(spoken, "named")
    assert stances.page_of(spoken, "civil", OTHER).state == shown.state == "contested"


def test_ones_own_is_marked_where_people_are_not_named(spoken: Flask) -> None:
    records.attributed(spoken, "institution_only")
    address = f"{LAW}/clauses/{clause_ids(spoken)[PARA]}"
    assert [page(signed_in(spoken, name), address).count(">yours<") for name in ("civil", "observer")] == [5, 0]


def test_filters_by_institution_are_absent_where_nothing_is_attributed(spoken: Flask) -> None:
    client, pages = signed_in(spoken, "observer"), ("amendments", "discussion", "board")
    found = {}
    for mode in ("institution_only", "unattributed"):
        records.attributed(spoken, mode)
        found[mode] = ['name="institution"' in page(client, f"{LAW}/{one}") for one in pages]
    assert found == {"institution_only": [True, True, True], "unattributed": [False, False, False]}


def test_what_has_no_author_stored_is_not_attributed_in_any_mode(spoken: Flask) -> None:
    records.attributed(spoken, "named")
    with spoken.app_context():
        connection = db.session.connection()
        connection.exec_driver_sql("UPDATE comments SET author_id = NULL, institution_id = NULL WHERE amendment_id = 1")
        connection.exec_driver_sql("UPDATE amendments SET author_id = NULL, institution_id = NULL WHERE number = 1")
        read_anew(db.session)
        db.session.commit()
    shown = page(signed_in(spoken, "observer"), f"{LAW}/amendments/1")
    heads = re.findall(r'<p class="comment-head">(.*?)</p>', shown, re.DOTALL)
    assert heads and all("Not attributed" in head and not TIME.search(head) for head in heads)
    assert "Not attributed" in shown.partition("What it changes")[0]
