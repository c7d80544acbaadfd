"""Script that is stored or reflected: typed into every field of every form, put into every file name and every
argument, written into the database itself. No page may have an element or an attribute of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

import lxml.html
import pytest
from flask import Flask, Request
from flask.testing import FlaskClient
from sqlalchemy import String, select
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.test import TestResponse

from app.services import importing, writing
from app.store.db import db
from tests.attacks.lived_in import NOWHERE, built, live_in, methods
from tests.attacks.payloads import ALL, LAW, MARK, SHORT, planted
from tests.product import SLUG, Copies, clause_ids, signed_in
from tests.services.deeds import NOW

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")

NO_PAGES = frozenset({
    "assets.read", "static", "drafts.healthz", "publications.download", "publications.sums", "styleguide.schemes",
    "records.word", "records.pdf", "live.of_draft", "downloads.file", "jobs.file",
})  # fmt: skip
"""Routes that answer with something else than a page."""
SEVERAL = frozenset(
    {"drafts.read", "amendments.read", "calls.read", "downloads.index", "publications.read", "sessions.read"}
)
LAST = (
    "/withdraw",
    "/discard",
    "/dissolve",
    "/remove",
    "/revoke",
    "/call-off",
    "/close",
    "/settle",
    "/publish",
    "/issue",
)
"""What ends something, so that nothing more can be typed into it."""
TYPED = frozenset({"text", "search", "textarea", "email", "url", "tel", "number", "date", "time", "datetime-local"})


@dataclass(slots=True)
class Found:
    """A form of a page: where it goes, what is in it, and which fields somebody types into."""

    address: str
    fields: list[tuple[str, str, str]]
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def key(self) -> tuple[object, ...]:
        return re.sub(r"\d+", "#", self.address), tuple(name for name, _, _ in self.fields)


def forms_of(page: str, address: str) -> Iterator[Found]:
    """The forms of a page that change something and into which one types."""
    for form in lxml.html.document_fromstring(page).forms:
        if form.get("method", "").lower() != "post":
            continue
        inputs = [one for one in form.iter("input", "textarea", "select", "button") if one.get("name")]
        buttons = [(one.get("name"), one.get("value", "")) for one in inputs if one.tag == "button"]
        fields = [(str(one.get("name")), *_of(one)) for one in inputs if one.tag != "button"]
        if any(kind in TYPED for _, kind, _ in fields):
            yield Found(form.get("action") or address, fields, buttons or [("", "")])


def _of(element: lxml.html.HtmlElement) -> tuple[str, str]:
    """Its kind and what is in it."""
    if element.tag == "textarea":
        return "textarea", element.text or ""
    if element.tag == "select":
        options = element.xpath(".//option")
        chosen = next((one for one in options if "selected" in one.attrib), options[-1] if options else None)
        return "select", "" if chosen is None else chosen.get("value", chosen.text or "")
    kind = element.get("type", "text").lower()
    return kind, element.get("value", "on" if kind == "checkbox" else "")


def pages_of(app: Flask, at: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Endpoint and address of every page."""
    for rule in app.url_map.iter_rules():
        if "GET" in methods(rule) and rule.endpoint not in NO_PAGES:
            yield rule.endpoint, built(rule, at)


@dataclass(slots=True)
class Attacked:
    """An application in which everything was tried, and what the answers had in them."""

    app: Flask
    at: dict[str, object]
    wrong: dict[str, list[str]]
    sent: int = 0
    taken: int = 0

    def look(self, where: str, answer: TestResponse) -> TestResponse:
        if answer.status_code >= 500:
            self.wrong[where] = [f"status {answer.status_code}"]
        if answer.mimetype == "text/html" and (found := planted(answer.text)):
            self.wrong[where] = found[:5]
        return answer


@pytest.fixture(scope="module")
def attacked(demonstration: Copies) -> Iterator[Attacked]:
    with demonstration() as app:
        at = live_in(app) | NOWHERE | {"path": "x", "filename": "x"}
        held = Attacked(app, at, {})
        hostile_law(app)
        seen: dict[tuple[object, ...], Found] = {}
        for name in ("facilitator", "civil"):
            type_everywhere(held, signed_in(app, name), seen)
        yield held


def hostile_law(app: Flask) -> None:
    with app.app_context():
        text = writing.markdown(db.session, slug=SLUG, number=None).decode() + LAW
        importing.import_version(
            db.session, data=text.encode(), slug=SLUG, message=ALL, now=NOW, progress=lambda _: None
        )


def type_everywhere(held: Attacked, client: FlaskClient, seen: dict[tuple[object, ...], Found]) -> None:
    """Every form once for each of its buttons: with all of its fields wrong, then until it is taken whole, then short."""
    forms: dict[tuple[object, ...], Found] = {}
    for _, address in pages_of(held.app, held.at):
        answer = client.get(address)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            for form in forms_of(answer.text, address):
                if form.key not in seen:
                    seen[form.key] = forms[form.key] = form
    for form in sorted(forms.values(), key=lambda one: one.address.endswith(LAST)):
        for button in form.buttons:
            send(held, client, form, button)


def send(held: Attacked, client: FlaskClient, form: Found, button: tuple[str, str]) -> None:
    tries = ((ALL, False), (SHORT, False))
    for words, everything in ((ALL, True), *tries) if button == form.buttons[0] else tries:
        data: dict[str, list[str]] = {button[0]: [button[1]]} if button[0] else {}
        for name, kind, value in form.fields:
            own = kind in ("text", "search", "textarea") or (everything and name != "csrf_token")
            data.setdefault(name, []).append(words if own else value)
        answer = held.look(f"POST {form.address} {button}", client.post(form.address, data=data))
        held.sent += 1
        if answer.status_code == 303:
            held.taken += 1
            return


def columns_with_mark(app: Flask) -> set[str]:
    with app.app_context():
        return {
            f"{table.name}.{column.name}"
            for table in db.metadata.sorted_tables
            for column in table.columns
            if isinstance(column.type, String)
            and db.session.execute(select(column).where(column.contains(MARK)).limit(1)).first()
        }


TAKEN = {
    "amendment_links.answer_reason", "amendment_links.reason", "amendments.rationale", "attendances.name", "benches.message",
    "clause_texts.body", "comments.body", "contributions.body", "contributions.shown_name", "drafts.title",
    "edits.new", "explanations.text", "institution_names.name", "packages.removed_reason", "parked_matters.owner_words",
    "parked_matters.settled_words", "positions.reason", "publications.withdrawn_because", "records.body",
    "small_groups.report", "users.full_name", "versions.message",
}  # fmt: skip
EMPTY = {
    "consultation_replies.body", "kept_brackets.base", "passkeys.name", "letters.text", "reopenings.reason",
    "letters.problem", "letters.subject",
}  # fmt: skip
"""Of these there is no row."""
PLANTED = {
    "drafts.title", "institution_names.name", "users.full_name", "amendments.title", "amendments.rationale", "versions.message",
    "benches.message", "calls.question", "comments.body", "comments.quote", "comment_wordings.body", "explanations.text",
    "invitations.full_name", "packages.reason", "packages.removed_reason", "sittings.title", "sittings.place",
    "agenda_items.title", "amendment_links.reason", "amendment_links.answer_reason", "attendances.name", "edits.old", "edits.new",
    "kept_brackets.base", "parked_matters.words", "parked_matters.owner_words", "parked_matters.settled_words",
    "positions.reason", "publications.withdrawn_because", "records.title", "records.body", "reopenings.reason",
    "small_groups.name", "small_groups.task", "small_groups.report", "sponsorships.reason", "consultations.question",
    "objection_answers.text", "publication_texts.title", "publication_texts.kind", "publication_texts.issuer",
    "publication_texts.place", "publication_texts.note", "consultation_replies.body", "contributions.body",
    "contributions.shown_name", "contributions.reason_words", "sign_ins.device", "export_jobs.problem", "export_jobs.file_name",
    "letters.subject", "letters.text", "letters.problem", "clause_texts.label", "passkeys.name",
}  # fmt: skip
"""Every column with words that somebody types."""


def plant(app: Flask) -> None:
    """Into every text that somebody may have typed, past every check: what no form takes may come by an old version."""
    with app.app_context():
        for table in db.metadata.sorted_tables:
            for column in table.columns:
                if f"{table.name}.{column.name}" in PLANTED:
                    db.session.execute(table.update().where(column.is_not(None)).values({column.name: ALL}))
        db.session.commit()


def test_what_was_typed_is_in_no_answer_as_mark_up(attacked: Attacked) -> None:
    assert attacked.wrong == {}
    assert (attacked.sent > 180, attacked.taken > 25) == (True, True)


def test_forms_took_it_into_these_columns(attacked: Attacked) -> None:
    """Else the search would have looked for what is nowhere."""
    assert TAKEN - columns_with_mark(attacked.app) == set()


def further(held: Attacked) -> Iterator[str]:
    """All pages, also of the other versions, amendments and clauses, and every way to look at the text."""
    yield from (address for _, address in pages_of(held.app, held.at))
    clauses = clause_ids(held.app, number=3)
    hostile = [clauses[one] for one in clauses if one.startswith("art_7")]
    for rule in held.app.url_map.iter_rules():
        if rule.endpoint in SEVERAL and "GET" in methods(rule):
            for number in (2, 3, 16, 17):
                yield built(rule, held.at | {"number": number})
        if "clause_id" in rule.arguments and "GET" in methods(rule):
            yield from (built(rule, held.at | {"clause_id": clause_id}) for clause_id in hostile[:8])
    yield from (f"/drafts/{SLUG}?{view}" for view in ("view=brackets", "view=redline", "view=origins", "view=clean"))
    yield from (f"/drafts/{SLUG}/compare?old=1&new=3&view={view}" for view in ("inline", "beside"))


def test_no_page_has_mark_up_that_was_typed_or_lies_in_the_database(attacked: Attacked) -> None:
    app, seen = attacked.app, []
    before = columns_with_mark(app)
    plant(app)
    assert (before | PLANTED) - columns_with_mark(app) == EMPTY
    for name in ("facilitator", "civil", ""):
        client = signed_in(app, name) if name else app.test_client()
        for address in further(attacked):
            answer = attacked.look(f"{name} {address}", client.get(address))
            seen += [answer.status_code]
    assert attacked.wrong == {}
    assert seen.count(200) > 120


class Asked(ImmutableMultiDict[str, str]):
    """The arguments of an address, and the names by which the page asked for them."""

    names: ClassVar[set[str]] = set()

    def __getitem__(self, key: str) -> str:
        self.names.add(key)
        return super().__getitem__(key)

    def getlist(self, key: str, *args: Any, **options: Any) -> list[Any]:
        self.names.add(key)
        return super().getlist(key, *args, **options)


class Asking(Request):
    parameter_storage_class = Asked


def test_no_argument_of_an_address_comes_back_as_mark_up(attacked: Attacked) -> None:
    """Which arguments a page has is learnt from what it asks for."""
    app, everywhere = attacked.app, set()
    client, usual = signed_in(app, "facilitator"), app.request_class
    app.request_class = Asking
    for _, address in pages_of(app, attacked.at):
        Asked.names.clear()
        client.get(address)
        everywhere |= Asked.names
        if names := sorted(Asked.names | {"next", "to"}):
            attacked.look(f"{address}?", client.get(address, query_string=dict.fromkeys(names, ALL)))
    app.request_class = usual
    assert {"q", "view", "words", "sha256", "language", "from", "group"} <= everywhere
    assert attacked.wrong == {}
