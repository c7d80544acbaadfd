"""A draft in which there is at least one of everything, so that an enemy has something to reach for.

Whatever has an id that stands in an address is known by its name in the rule (`found`): a new kind of id that nobody
made here fails the tests by its name.
"""

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from app.store.db import db
from app.store.memberships import find_draft
from tests.product import LAW, PUBLISH, SLUG, clause_ids, signed_in, user_id
from tests.services.closing_deeds import answer, attach, maintain
from tests.services.closing_deeds import link as link_clauses
from tests.services.stances import on_amendment, state

PASSWORD = "kelishim-demo"
INSIDER, OUTSIDER, DELEGATE = "insider", "outsider", "delegate"
"""A member of this draft alone; an administrator of another draft and a representative in it, who are in no other."""
OTHER = f"{SLUG}-ky"

NOWHERE: dict[str, object] = {
    "token": "unknown", "code": "MVD", "passkey_id": 1, "identity_id": 1, "fingerprint": "any"
}  # fmt: skip
"""Values of arguments that name nothing of a draft."""


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody sends in order to make something: as whom, where, what."""

    name: str
    path: str
    data: dict[str, object]


CLAUSE, SECOND = "{art_14__para_1}", "{art_13__para_1}"
FORMS = (
    Form("facilitator", f"{LAW}/versions/1/publish", dict(PUBLISH)),
    Form("facilitator", f"{LAW}/consultations/1/open", {"question": "What of it?"}),
    Form("observer", f"/publications/{SLUG}/1/consultation/contribute", {"body": "A word of a reader."}),
    Form("facilitator", f"{LAW}/members/invitations", {"name": "A. B.", "language": "en", "days": "14"}),
    Form("facilitator", f"{LAW}/members/guests", {"label": "Adviser", "rights": "read"}),
    Form("civil", f"{LAW}/clauses/{CLAUSE}/comments", {"body": "A remark."}),
    Form("civil", f"{LAW}/clauses/{CLAUSE}/follow", {}),
    Form("civil", f"{LAW}/amendments/1/links", {"other": "9", "kind": "depends_on", "reason": "It does."}),
    Form("civil", f"{LAW}/amendments/1/sponsors", {"institution": "AKY"}),
    Form("facilitator", f"{LAW}/calls/open",
         {"do": "open", "version": "1", "about": "15", "rule": "consensus", "amount": "3", "hidden": "yes"}),
    Form("facilitator", f"{LAW}/sessions/new", {"title": "First reading", "place": "Osh", "about": "13; A4"}),
    Form("facilitator", f"{LAW}/parking", {"text": "Who pays?", "owner": "MVD"}),
    Form("facilitator", f"{LAW}/groups/new",
         {"title": "A group", "numbers": "13", "member": ["CSO", "MVD"], "rapporteur": "CSO", "task": "Agree."}),
    Form("facilitator", f"{LAW}/sessions/1/open", {}),
    Form("facilitator", f"{LAW}/sessions/1/take-up", {"item": "1"}),
    Form("civil", f"{LAW}/sessions/1/floor", {}),
    Form("facilitator", f"{LAW}/sessions/1/decide", {"item": "1", "outcome": "noted", "words": "We noted it."}),
    Form("facilitator", f"{LAW}/sessions/new", {"title": "Second reading", "about": "14"}),
    Form("facilitator", f"{LAW}/sessions/1/close", {}),
    Form("facilitator", f"{LAW}/records", {"of": "session-1", "language": "en"}),
    Form("facilitator", f"{LAW}/versions/1/files/markdown", {}),
    Form("facilitator", f"{LAW}/consolidation", {"do": "issue", "expected_version": "1", "amendment": "15"}),
)  # fmt: skip


def live_in(app: Flask) -> dict[str, object]:
    """Make one of everything in the demonstration's draft; the values of all arguments of addresses that lead there."""
    for name, *options in (
        (INSIDER, "--draft", SLUG, "--role", "commenter"),
        (OUTSIDER, "--draft", OTHER, "--role", "administrator"),
        (DELEGATE, "--draft", OTHER, "--role", "representative", "--institution", "GPO"),
    ):
        made = app.test_cli_runner().invoke(args=["users", "create", name, "--password", PASSWORD, *options])
        assert made.exit_code == 0, made.output
    position = state(app, "civil", step=6, reason="The period is too long.")
    answer(app, position, "So it is.", "")
    maintain(app, 1, "civil")
    on_amendment(app, "interior", 1, 6)
    attach(app, "interior", "art_13__para_1", text="We read it so.")
    link_clauses(app, "art_14__para_1", "art_14__para_2")
    people: dict[str, FlaskClient] = {}
    at = clause_ids(app)
    for form in FORMS:
        client = people.setdefault(form.name, signed_in(app, form.name))
        answered = client.post(form.path.format(**at), data=form.data)
        assert answered.status_code in (200, 303), (form.path, answered.status_code, answered.text[-3000:])
    return found(app)


TABLES = {
    "comment_id": "comments", "position_id": "positions", "package_id": "packages", "explanation_id": "explanations",
    "link_id": "amendment_links", "job": "export_jobs", "seat": "seats", "link": "guest_links",
}  # fmt: skip
"""Arguments of addresses that are the key of a row with `draft_id`."""


def found(app: Flask) -> dict[str, object]:
    """Of every argument of an address a value that is there in this draft, and in this draft alone."""
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        tables = db.metadata.tables
        keys = {
            name: db.session.scalars(
                select(tables[table].c.id).where(tables[table].c.draft_id == draft.id).order_by(tables[table].c.id)
            ).first()
            for name, table in TABLES.items()
        }
        answers = tables["objection_answers"]
        keys["answer_id"] = db.session.scalars(select(answers.c.id)).first()
    assert [name for name, key in keys.items() if key is None] == []
    insider = user_id(app, INSIDER)
    return keys | {
        "slug": SLUG, "number": 1, "counter": 2, "other": 2, "member": insider, "person": insider,
        "clause_id": clause_ids(app)["art_14__para_1"], "file_format": "markdown", "file_name": f"{SLUG}-1.en.md",
        "address": "art_14",
    }  # fmt: skip


def built(rule: Rule, at: dict[str, object]) -> str:
    """The address of a rule. Fails by the name of an argument that is not known yet."""
    unknown = rule.arguments - set(at)
    assert not unknown, f"{rule.rule}: say in tests/attacks/lived_in.py what {unknown} is"
    address = rule.build({name: at[name] for name in rule.arguments})
    assert address is not None
    return re.sub(r"^\|?", "", address[1])


def methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}
