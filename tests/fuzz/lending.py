"""Lends the demonstration in full activity to what fuzzes it, and puts a fresh copy in its place now and then.

Made without fixtures, so that `make fuzz` needs no pytest.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.services import verifying
from app.store.db import db
from tests.conftest import application, demonstrate, migrate
from tests.fuzz.running import Broken
from tests.product import LAW, PUBLISH, SLUG, clause_ids, signed_in

PASSWORD = "kelishim-demo"
PEOPLE = ("stranger", "outsider", "observer", "commenter", "civil", "interior", "facilitator", "administrator")
PER_COPY = 400
"""Requests after which the record is checked and a fresh copy put in place."""
Form = tuple[str, str, dict[str, Any]]


@dataclass(slots=True)
class House:
    """The product with people signed in; `at` are values of arguments of addresses that lead somewhere."""

    app: Flask
    folder: Path | None = None
    """Where the copy lies from which it begins anew; none: it is used as it is."""
    small: bool = False
    """Only some of its pages are looked through for forms."""
    people: dict[str, FlaskClient] = field(default_factory=dict)
    at: dict[str, list[str]] = field(default_factory=dict)
    sent: int = 0

    def person(self, name: str) -> FlaskClient:
        """Their browser; signed in again where something signed them out."""
        client = self.people.get(name)
        if client is None:
            client = self._entered(name)
            self.people[name] = client
        return client

    def _entered(self, name: str) -> FlaskClient:
        """Somebody whose account was closed, or whose password was changed, is there again in a fresh copy."""
        if name == "stranger":
            return self.app.test_client()
        try:
            return signed_in(self.app, name)
        except AssertionError:
            if self.folder is None:
                return self.app.test_client()
            self.renew(self.folder)
            return signed_in(self.app, name)

    def count(self) -> None:
        """Another request; now and then everything begins anew."""
        self.sent += 1
        if self.sent % PER_COPY == 0 and self.folder is not None:
            self.check()
            self.renew(self.folder)

    def check(self) -> None:
        """The record of every draft holds, and vouches for all that is stored."""
        with self.app.app_context():
            for slug in verifying.slugs(db.session):
                found = verifying.verify(db.session, slug=slug)
                if not found.holds:
                    raise Broken(f"the record of {slug}: {found.sentences[0]}")

    def renew(self, folder: Path) -> None:
        """The demonstration as it was made, in the place of what became of it."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        for left in folder.glob("used.sqlite*"):
            left.unlink()
        shutil.copy(folder / "made.sqlite", folder / "used.sqlite")
        self.people.clear()


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kelishim-fuzz-"))
    url = f"sqlite:///{folder / 'used.sqlite'}"
    migrate(url, folder)
    app = application(url, folder)
    app.config["WTF_CSRF_ENABLED"] = False
    demonstrate(app)
    enliven(app)
    with app.app_context():
        db.session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.session.remove()
        db.engine.dispose()
    shutil.copy(folder / "used.sqlite", folder / "made.sqlite")
    return folder


Lending = Callable[[], AbstractContextManager[House]]
LENDING: list[Lending] = []
"""Who lends a house: the last one here, or else each gets one of its own."""


def lent() -> AbstractContextManager[House]:
    return (LENDING or [_own])[-1]()


@contextmanager
def _own() -> Iterator[House]:
    """A house of one's own: made once a process, copied for each."""
    made = _folder()
    with tempfile.TemporaryDirectory(prefix="kelishim-fuzz-") as name:
        folder = Path(name)
        shutil.copy(made / "made.sqlite", folder / "made.sqlite")
        app = application(f"sqlite:///{folder / 'used.sqlite'}", folder)
        app.config["WTF_CSRF_ENABLED"] = False
        house = House(app, folder)
        house.renew(folder)
        house.at = arguments(app)
        yield house
        house.check()
        with app.app_context():
            db.engine.dispose()


def enliven(app: Flask) -> None:
    """People of every kind, and at least one of most things that have an address."""
    for name, *options in (
        ("outsider", "--draft", f"{SLUG}-ky", "--role", "facilitator"),
        ("commenter", "--draft", SLUG, "--role", "commenter"),
    ):
        made = app.test_cli_runner().invoke(args=["users", "create", name, "--password", PASSWORD, *options])
        assert made.exit_code == 0, made.output
    at = clause_ids(app)
    for name, path, form in FORMS:
        answer = signed_in(app, name).post(path.format(**at), data=form)
        assert answer.status_code in (200, 303), (path, answer.status_code, answer.text[-2000:])


CLAUSE = "{art_14__para_1}"
FORMS: tuple[Form, ...] = (
    ("facilitator", f"{LAW}/versions/1/publish", dict(PUBLISH)),
    ("facilitator", f"{LAW}/consultations/1/open", {"question": "What of it?"}),
    ("facilitator", f"{LAW}/members/invitations", {"name": "A. B.", "language": "en", "days": "14"}),
    ("facilitator", f"{LAW}/members/guests", {"label": "Adviser", "rights": "read"}),
    ("civil", f"{LAW}/clauses/{CLAUSE}/comments", {"body": "A remark."}),
    ("civil", f"{LAW}/amendments/1/links", {"other": "9", "kind": "depends_on", "reason": "It does."}),
    ("civil", f"{LAW}/amendments/1/sponsors", {"institution": "AKY"}),
    ("facilitator", f"{LAW}/calls/open",
     {"do": "open", "version": "1", "about": "15", "rule": "consensus", "amount": "3", "hidden": "yes"}),
    ("facilitator", f"{LAW}/sessions/new", {"title": "First reading", "place": "Osh", "about": "13; A4"}),
    ("facilitator", f"{LAW}/sessions/1/open", {}),
    ("facilitator", f"{LAW}/sessions/1/take-up", {"item": "1"}),
    ("facilitator", f"{LAW}/sessions/new", {"title": "Second reading", "place": "Osh", "about": "14; A5"}),
    ("facilitator", f"{LAW}/parking", {"text": "Who pays?", "owner": "MVD"}),
    ("facilitator", f"{LAW}/groups/new",
     {"title": "A group", "numbers": "13", "member": ["CSO", "MVD"], "rapporteur": "CSO", "task": "Agree."}),
    ("facilitator", f"{LAW}/records", {"of": "workshop", "language": "en"}),
)  # fmt: skip


def arguments(app: Flask) -> dict[str, list[str]]:
    """Of each argument of an address some values that are there, and one that is not."""
    clauses = clause_ids(app)
    ids = [clauses[address] for address in ("art_13__para_1", "art_14__para_1", "art_14__para_2", "front_matter")]
    numbers = {name: ["1", "2", "3", "9999"] for rule in app.url_map.iter_rules() for name in rule.arguments}
    return numbers | {
        "slug": [SLUG, SLUG, SLUG, f"{SLUG}-ky", "nowhere"], "clause_id": [*ids, "nowhere"], "address": ["art_1", "art_13__para_1"],
        "number": ["1", "1", "2", "4", "13", "9999"], "fingerprint": ["any"], "path": ["kelishim.css"], "filename": ["js/main.js"],
        "name": [f"{SLUG}-1.en"], "file_name": [f"{SLUG}-1.en.md", f"{SLUG}-1.en.docx"], "token": ["unknown", "A" * 43],
        "file_format": ["markdown", "html", "docx", "json", "nothing"], "job": ["no-such-job"], "code": ["MVD", "CSO", "NO"],
        "comment_id": ["1", "2", "7", "9999"],
    }  # fmt: skip
