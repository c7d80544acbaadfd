"""Ids of a draft that somebody may not see, sent through the addresses of one that they may."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.attacks.lived_in import DELEGATE, INSIDER, OTHER, OUTSIDER, built, live_in, methods
from tests.product import SLUG, Copies, shown, signed_in, stored
from tests.web.permission_table import PARTS
from tests.web.test_permissions import without_moment

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")

Forms = dict[str, list[dict[str, Any]]]
NO_ID = {"slug", "address", "file_format", "file_name"}
"""Arguments by which one finds nothing that belongs to one draft alone: an article 14 is in every law."""
ALIKE: dict[str, tuple[set[int], ...]] = {
    "POST /drafts/<slug>/members/guests/<int:link>/revoke": ({409, 403},),
    "POST /publications/<slug>/<int:number>/check": ({303},),
    "POST /drafts/<slug>/positions/<int:position_id>/confirm": ({409, 403},),
}
"""Whoever takes a link back is told it was taken back already, whoever confirms that there is nothing to be confirmed; a
fingerprint is only put into the address of the page that answers 404. Each whatever the number is: see the last test."""
SECRETS = ("A remark.", "Who pays?", "The period is too long.", "We read it so.", "First reading", "A group", INSIDER)


@pytest.fixture(scope="module")
def lived(demonstration: Copies) -> Iterator[tuple[Flask, dict[str, object]]]:
    """No test may store anything here."""
    with demonstration() as app:
        yield app, live_in(app)


def forms() -> Forms:
    """What a route takes, as the table of permissions has it."""
    known: Forms = {}
    for rows in PARTS.values():
        for route, form, _ in rows:
            known.setdefault(route, []).append(form)
    return known


def through_the_other(app: Flask, at: dict[str, object]) -> Iterator[tuple[str, str, str]]:
    """Method, rule and address of every route with a draft and another id: the id is of the draft that is hidden."""
    for rule in app.url_map.iter_rules():
        if "slug" in rule.arguments and rule.arguments - NO_ID and rule.rule.startswith(("/drafts", "/publications")):
            number = {"number": 2} if "/versions/" in rule.rule else {}
            yield from ((one, rule.rule, built(rule, at | {"slug": OTHER} | number)) for one in sorted(methods(rule)))


def test_the_ids_are_there_for_whoever_may_see_them(lived: tuple[Flask, dict[str, object]]) -> None:
    """Else the next tests would show nothing."""
    app, at = lived
    facilitator = signed_in(app, "facilitator")
    missing = []
    for method, rule, address in through_the_other(app, at):
        own = address.replace(f"/{OTHER}", f"/{SLUG}")
        if method == "GET" and facilitator.get(own).status_code == 404 and not rule.endswith((".docx", ".pdf")):
            missing.append(own)
    assert missing == []


def test_no_address_of_a_draft_leads_to_what_is_in_another(lived: tuple[Flask, dict[str, object]]) -> None:
    """Whoever administers the other draft finds nothing, and a representative in it finds nothing; each may be told
    that they may not do it at all, but not both of them."""
    app, at = lived
    outsider, delegate = signed_in(app, OUTSIDER), signed_in(app, DELEGATE)
    known, before, wrong, tried = forms(), stored(app), [], 0
    for method, rule, address in through_the_other(app, at):
        for form in known[f"{method} {rule}"]:
            data = form if method == "POST" else None
            answers = [client.open(address, method=method, data=data) for client in (outsider, delegate)]
            told = [one for answer in answers for one in SECRETS if one in shown(answer) and one not in str(form)]
            statuses = {answer.status_code for answer in answers}
            tried += 1
            if told or statuses not in ALIKE.get(f"{method} {rule}", ({404}, {404, 403})):
                wrong.append(f"{method} {address} {form}: {statuses} {told}")
    assert not wrong, "\n".join(wrong)
    assert tried > 150
    assert stored(app) == before


@pytest.mark.parametrize(("path", "nowhere"), [
    ("/drafts/{slug}/members/guests/{link}/revoke", "/drafts/{slug}/members/guests/{none}/revoke"),
    ("/publications/{slug}/{number}/check", "/publications/{slug}/{none}/check"),
    ("/drafts/{slug}/positions/{position_id}/confirm", "/drafts/{slug}/positions/{none}/confirm"),
])  # fmt: skip
def test_what_does_not_answer_404_answers_as_for_an_id_that_nobody_has(
    lived: tuple[Flask, dict[str, object]], path: str, nowhere: str
) -> None:
    app, at = lived
    at = at | {"slug": OTHER, "none": 999}
    addresses = [one.format(**at) for one in (path, nowhere)]
    for name in (OUTSIDER, DELEGATE):
        client = signed_in(app, name)
        answers = [client.post(one, data={"sha256": "a" * 64}) for one in addresses]
        first, second = (
            re.sub(r"/999\b", "/1", f"{one.status_code} {one.location} {without_moment(shown(one))}") for one in answers
        )
        assert first == second, name
