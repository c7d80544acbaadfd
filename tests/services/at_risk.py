"""A draft of people at risk: whose every mark is found wherever it stands, and what they write in a workshop."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.permissions import Role
from app.services import attributing_mode, importing, issuing
from app.services.choosing import Choice
from app.store import institutions, memberships
from app.store.db import db
from app.store.users import User
from tests.conftest import COUNTER, SOON_CHECKED, sign_in
from tests.product import Copies, clause_ids, fingerprint_in, shown

SLUG = "at-risk"
LAW = f"/drafts/{SLUG}"
TEXT = b"""# On the Mechanism

## Article 1. Visits

1. The mechanism visits every place of detention at any time.

2. Nobody is punished for what they told the mechanism.

## Article 2. Reports

1. The mechanism reports once a year.
"""
LONG_AGO = datetime(2026, 3, 2, 9, 41, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Somebody:
    """A person whose every mark is found wherever it stands."""

    id: int
    name: str
    full_name: str
    email: str
    address: str
    role: Role = Role.REPRESENTATIVE
    institution: str | None = "CSO"

    @property
    def marks(self) -> tuple[str, ...]:
        return str(self.id), self.name, self.full_name, self.email, self.address


ONE = Somebody(91827301, "zqaltyn", "Altynai Zyvlaarova", "zqaltyn@quixotrope.example", "203.0.113.77")
OTHER = Somebody(91827302, "zqbermet", "Bermet Wuxlaarova", "zqbermet@quixotrope.example", "198.51.100.88")
READER = Somebody(91827303, "zqreader", "Chynara Reader", "reader@quixotrope.example", "192.0.2.9", institution="MVD")
FACILITATOR = Somebody(
    91827304, "zqfacil", "Daniyar Facil", "facil@quixotrope.example", "192.0.2.10", Role.FACILITATOR, None
)
EVERYBODY = (ONE, OTHER, READER, FACILITATOR)


def own_moment() -> datetime:
    """Long ago, and no two alike: a process keeps a text by when it was issued, and one copy takes another's place."""
    return LONG_AGO + timedelta(seconds=next(COUNTER))


def set_up(app: Flask, mode: str = "unattributed", made: datetime | None = None) -> None:
    """A draft of its own, made long ago, with two people of one institution and one of another."""
    made = made or own_moment()
    with app.app_context():
        session = db.session
        importing.import_draft(session, data=TEXT, slug=SLUG, language="en", now=made, progress=lambda _: None)
        draft = memberships.find_draft(session, SLUG)
        session.add_all(
            User(
                id=one.id, name=one.name, full_name=one.full_name, email=one.email, email_key=one.email,
                password_hash=SOON_CHECKED, created_at=LONG_AGO,
            )
            for one in EVERYBODY
        )  # fmt: skip
        session.flush()
        for code in ("CSO", "MVD"):
            institutions.give_seat(session, draft.id, code, "full")
        for one in EVERYBODY:
            memberships.add_member(
                session, draft, name=one.name, role=one.role, institution_code=one.institution, now=LONG_AGO
            )
        session.commit()
        attributing_mode.set_by_operator(session, slug=SLUG, mode=mode, now=LONG_AGO)


@dataclass
class Written:
    """A run: who could have written all signed in; one of them wrote. `codes` are the receipts that were given."""

    app: Flask
    author: Somebody
    clients: dict[Somebody, FlaskClient] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    logged: str = ""
    is_strict: bool = True
    made: datetime = LONG_AGO

    @property
    def writer(self) -> FlaskClient:
        return self.clients[self.author]

    def post(self, address: str, status: int = 303, **form: str) -> None:
        """Send a form; the receipt that the next page would show is taken down."""
        answer = self.writer.post(f"{LAW}/{address}", data=form)
        assert answer.status_code == status, (address, shown(answer)[:2000])
        with self.writer.session_transaction() as kept:
            self.codes += [said for category, said in kept.pop("_flashes", ()) if category == "receipt"]


def browser(app: Flask, person: Somebody) -> FlaskClient:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = person.address
    assert sign_in(client, person.name).status_code == 303
    return client


def write_everything(run: Written) -> None:
    """What people do in a workshop, one after the other in their browsers."""
    run.clients = {one: browser(run.app, one) for one in EVERYBODY}
    ids = clause_ids(run.app, SLUG)
    visits, reports = ids["art_1__para_1"], ids["art_2__para_1"]
    at = f"clauses/{visits}"
    run.post(f"{at}/comments", kind="concern", body="They were beaten in the car.", quote="at any time")
    made = _last_comment(run)
    run.post(f"{at}/comments", kind="comment", body="And nobody wrote it down. @zqaltyn knows", reply_to=str(made))
    run.post(f"comments/{made}/edit", kind="concern", body="They were beaten in the car, twice.")
    run.post(f"comments/{made}/resolve")
    run.post(f"comments/{made}/reopen")
    kept = 409 if run.is_strict else 204
    run.post(f"unsent?place={at}/propose", status=kept, text="Quixotropically unsent.")
    words = {"base_version": "1", "operation": "words", "text": "The mechanism visits every place at any time."}
    run.post(f"{at}/propose", **words, do="save")
    run.post("amendments/1/reword", **words, revision="1", clause=visits, rationale="It is shorter.", do="submit")
    run.post("amendments/1/reword", **words, revision="2", clause=visits, rationale="Shorter, and clear.", do="submit")
    run.post("amendments/1/comments", kind="comment", body="A word on it.")
    run.post(f"comments/{_last_comment(run)}/withdraw")
    run.post(
        f"clauses/{reports}/propose", **{**words, "text": "It reports twice a year."}, rationale="Too few.", do="submit"
    )
    run.post("amendments/2/withdraw")
    run.post("amendments/everywhere", words="mechanism", new="body", match_case="yes", rationale="One word.",
             base_version="1", do="submit")  # fmt: skip
    run.post("amendments/1/links", other="3", kind="conflicts_with", reason="Both cannot be.")
    run.post(
        f"{at}/positions", words=fingerprint_in(run.writer, f"{LAW}/{at}"), step="2", reason="We saw it.", confirm="9"
    )
    run.post(
        f"{at}/explanations", words=fingerprint_in(run.writer, f"{LAW}/{at}"), kind="reservation", text="We read it so."
    )


def issue(run: Written) -> None:
    """The next version takes the first amendment up."""
    with run.app.app_context():
        issuing.issue(
            db.session, slug=SLUG, choice=Choice(frozenset((1,)), {}), expected_version=1, message="The first round",
            user_id=FACILITATOR.id, now=run.made + timedelta(days=1),
        )  # fmt: skip


def _last_comment(run: Written) -> int:
    with run.app.app_context():
        return int(db.session.execute(select(db.func.max(db.metadata.tables["comments"].c.id))).scalar_one())


@contextmanager
def ran(demonstration: Copies, author: Somebody, made: datetime, mode: str = "unattributed") -> Iterator[Written]:
    with demonstration() as app:
        set_up(app, mode, made)
        run = Written(app, author, is_strict=mode == "unattributed", made=made)
        heard, root = io.StringIO(), logging.getLogger()
        handler, level = logging.StreamHandler(heard), root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        try:
            write_everything(run)
            issue(run)
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
        run.logged = heard.getvalue()
        yield run
