"""Public consultations: opened on a publication, contributed to, confirmed by a letter's link, moderated, answered."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.services import consulting, exported_note
from app.services.exporting import Wanted, enter_as_operator
from app.store.consultations import Consultation, Contribution
from app.store.db import db
from app.store.letters import LetterRow
from tests.product import LAW, PUBLISH, SLUG, Copies, chain, clause_ids, shown, signed_in
from tests.statements import counted

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
PAGE = f"/publications/{SLUG}/1"
SUMMARY, CONTRIBUTE = f"{PAGE}/consultation", f"{PAGE}/consultation/contribute"
QUEUE = f"{LAW}/consultations/1"
OPEN = {"question": "What would make the Office work?"}
CONFIRM = re.compile(r"/consultation/confirm/[\w-]{43}")
GONE = "This link was used already, or it has run out: it is good for three days."
KINDS = ("consultation_opened", "contribution_made", "contributions_accepted", "contributions_refused",
         "contributions_answered")  # fmt: skip


@pytest.fixture(scope="module")
def app(demonstration: Copies) -> Iterator[Flask]:
    """Version 1 is published for everybody, and a consultation is open on it. Every test says something of its own."""
    with demonstration() as app:
        facilitator = signed_in(app, "facilitator")
        assert facilitator.post(f"{LAW}/versions/1/publish", data=PUBLISH).status_code == 303
        assert facilitator.post(f"{QUEUE}/open", data=OPEN).location == SUMMARY
        yield app


@pytest.fixture(scope="module")
def facilitator(app: Flask) -> FlaskClient:
    return signed_in(app, "facilitator")


def outbox(app: Flask, address: str) -> list[LetterRow]:
    with app.app_context():
        asked = select(LetterRow).where(LetterRow.address == address)
        return list(db.session.scalars(asked.order_by(LetterRow.id)))


def link(app: Flask, address: str) -> str:
    """The path of the link in the last letter to an address."""
    found = CONFIRM.search(outbox(app, address)[-1].text)
    assert found is not None
    return found[0]


def row(app: Flask, body: str) -> Contribution:
    with app.app_context():
        return db.session.scalars(select(Contribution).where(Contribution.body == body)).one()


def send(app: Flask, body: str, email: str, **also: str) -> None:
    form = {"body": body, "email": email, **also}
    assert app.test_client().post(CONTRIBUTE, data=form).location == SUMMARY


def contribute(app: Flask, body: str, email: str, **also: str) -> int:
    """By e-mail, confirmed at once; its number."""
    send(app, body, email, **also)
    assert app.test_client().post(link(app, email)).location == SUMMARY
    number = row(app, body).number
    assert number is not None
    return number


def do(client: FlaskClient, deed: str, *numbers: int, **form: str) -> int:
    return client.post(f"{QUEUE}/{deed}", data={"contribution": list(map(str, numbers)), **form}).status_code


def test_a_contribution_waits_for_its_link_then_for_the_moderator_then_everybody_reads_it(
    app: Flask, facilitator: FlaskClient
) -> None:
    nobody, clause, said = app.test_client(), clause_ids(app)["art_13__para_1"], "Twenty-four hours are too many."
    form = {"body": said, "email": "aida@example.org", "shown_name": "Aida", "clause": clause}
    assert nobody.post(CONTRIBUTE, data=form).location == SUMMARY
    assert "A letter with a link goes to aida@example.org." in shown(nobody.get(SUMMARY))
    for _opened_by_a_scanner in range(2):
        page = nobody.get(link(app, "aida@example.org"))
        assert (page.status_code, said in shown(page), page.headers["X-Robots-Tag"]) == (200, True, "noindex")
    assert said not in shown(facilitator.get(QUEUE))
    assert nobody.post(link(app, "aida@example.org")).location == SUMMARY
    assert said in shown(facilitator.get(QUEUE))
    assert said not in shown(nobody.get(PAGE))
    number, reply = row(app, said).number or 0, "The Office will have shifts."
    assert do(facilitator, "accept", number) == do(facilitator, "answer", number, body=reply) == 303
    beside = re.search(rf'id="c-{clause}".*?</details>', shown(nobody.get(PAGE)), re.DOTALL)
    assert beside is not None
    assert all(words in beside[0] for words in ("1 contribution", "Aida", said, reply))
    assert reply in outbox(app, "aida@example.org")[-1].text


def test_a_letter_to_an_address_that_nobody_confirmed_repeats_nothing_that_was_typed(app: Flask) -> None:
    send(app, "Buy tiles at http://tiles.example", "target@example.org", shown_name="Tiles")
    letter = outbox(app, "target@example.org")[0]
    assert not re.search("tiles", f"{letter.subject} {letter.text} {letter.html}", re.IGNORECASE)


def test_a_link_confirms_once_and_runs_out_after_three_days(app: Flask) -> None:
    nobody = app.test_client()
    contribute(app, "Once.", "once@example.org")
    send(app, "Too late.", "late@example.org")
    with app.app_context():
        late = db.session.scalars(select(Contribution).where(Contribution.body == "Too late.")).one()
        assert late.confirm_until is not None
        assert timedelta(days=2, hours=23) < late.confirm_until - datetime.now(UTC) <= timedelta(days=3)
        late.confirm_until = datetime.now(UTC) - timedelta(seconds=1)
        db.session.commit()
    forged = f"/consultation/confirm/{'A' * 43}"
    for path in (link(app, "once@example.org"), link(app, "late@example.org"), forged, f"{forged}%00x", f"{forged}é"):
        for answer in (nobody.get(path), nobody.post(path)):
            assert answer.status_code == 404
            assert GONE in shown(answer) or "%00" in path


def test_an_address_gets_three_letters_a_day_and_the_answer_does_not_tell(app: Flask) -> None:
    for number in range(5):
        send(app, f"Flood {number}.", "Victim@Example.org" if number % 2 else "victim@example.org")
    with app.app_context():
        kept = db.session.scalar(select(func.count()).where(Contribution.body.like("Flood%")))
    assert (len(outbox(app, "victim@example.org")) + len(outbox(app, "Victim@Example.org")), kept) == (3, 3)


def test_whoever_is_signed_in_contributes_at_once_and_is_found_nowhere(app: Flask, facilitator: FlaskClient) -> None:
    civil, said = signed_in(app, "civil"), "From somebody who has an account."
    assert civil.post(CONTRIBUTE, data={"body": said}).location == SUMMARY
    stored = row(app, said)
    assert (stored.state, stored.email, len(stored.reader_key)) == ("waiting", "", 64)
    event = next(one for one in reversed(chain(app)) if one.kind == "contribution_made")
    assert (event.user_id, event.institution_id) == (None, None)
    assert event.facts == {"publication": 1, "contribution": stored.number}
    assert event.happened_at.astimezone(UTC).strftime("%M:%S") == "00:00"
    assert do(facilitator, "accept", stored.number or 0) == 303
    assert row(app, said).reader_key == ""


def test_no_event_holds_a_name_an_address_or_what_was_said(app: Flask, facilitator: FlaskClient) -> None:
    number = contribute(app, "Marked words.", "marked@example.org", shown_name="Marked name")
    assert do(facilitator, "refuse", number, reason_code="personal_data", reason="Marked reason") == 303
    facts = repr([one.facts for one in chain(app) if one.kind in KINDS])
    assert re.search("marked", facts, re.IGNORECASE) is None
    assert "'reason': 'personal_data'" in facts


def test_twenty_contributions_of_one_reader_wait_at_the_most(app: Flask, facilitator: FlaskClient) -> None:
    observer = signed_in(app, "observer")
    statuses = [observer.post(CONTRIBUTE, data={"body": f"Twenty {count}."}).status_code for count in range(20)]
    refused = observer.post(CONTRIBUTE, data={"body": "One too many."})
    assert (set(statuses), refused.status_code) == ({303}, 422)
    assert "20 contributions of yours wait to be looked at" in shown(refused)
    assert "One too many." in shown(refused)
    assert do(facilitator, "refuse", row(app, "Twenty 7.").number or 0, reason_code="twice") == 303
    assert observer.post(CONTRIBUTE, data={"body": "One fewer, one more."}).status_code == 303


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"body": " \n "}, "Write your contribution first: it is empty."),
        ({"body": "x" * 5001}, "The contribution has 5001 characters; the longest possible has 5000."),
        ({"body": "nul\0"}, "The text is longer than 5000 characters or holds a null character."),
        ({"shown_name": "n" * 300}, "The text is longer than 80 characters or holds a null character."),
        ({"shown_name": "A\0B"}, "The text is longer than 80 characters or holds a null character."),
        ({"email": "nowhere"}, "An e-mail address looks like name@example.org."),
        ({"email": ""}, "An e-mail address looks like name@example.org."),
        ({"email": "a@example.org\nBcc: all@example.org"}, "An e-mail address has no line breaks"),
        ({"email": "x" * 300 + "@example.org"}, "This is longer than an e-mail address can be"),
        ({"clause": "no-such-clause"}, "This clause does not exist in the draft."),
    ],
)
def test_wrong_input_is_a_sentence_and_comes_back(app: Flask, form: dict[str, str], sentence: str) -> None:
    typed = {"body": "Words to keep.", "email": "айгүл@мисал.кг", "shown_name": "Ө"} | form
    answer = app.test_client().post(CONTRIBUTE, data=typed)
    assert answer.status_code in (422, 404)
    assert sentence in shown(answer)
    assert typed["body"].strip()[:4000] in shown(answer) or "\0" in typed["body"]


def test_a_reader_whose_contribution_is_refused_is_told_and_nobody_sees_it(
    app: Flask, facilitator: FlaskClient
) -> None:
    said = "Refused words."
    number = contribute(app, said, "refused@example.org")
    assert do(facilitator, "refuse", number) == do(facilitator, "refuse", number, reason_code="opinion") == 422
    again = facilitator.post(f"{QUEUE}/refuse", data={"contribution": str(number), "reason": "Kept."})
    assert "Say why it is refused" in shown(again)
    assert f'value="{number}" checked' in again.text
    assert do(facilitator, "refuse", number, reason_code="insult", reason="It names a judge.") == 303
    letter = outbox(app, "refused@example.org")[-1].text
    assert all(words in letter for words in (said, "It insults somebody.", "It names a judge."))
    assert row(app, said).email == ""
    nobody = app.test_client()
    assert all(said not in shown(nobody.get(path)) for path in (PAGE, SUMMARY, f"{SUMMARY}.csv"))
    kept = shown(facilitator.get(f"{QUEUE}?state=refused"))
    assert all(words in kept for words in (said, "It insults somebody.", "It names a judge."))
    assert do(facilitator, "refuse", number, reason_code="twice") == 409
    assert do(facilitator, "answer", number, body="So.") == 409
    assert do(facilitator, "accept", number) == 303
    assert said in shown(nobody.get(SUMMARY))


def test_one_reply_answers_several_and_each_reader_gets_one_letter(app: Flask, facilitator: FlaskClient) -> None:
    numbers = [contribute(app, f"Several {count}.", f"several{count % 2}@example.org") for count in range(3)]
    assert do(facilitator, "accept", *numbers) == 303
    assert do(facilitator, "answer", *numbers) == 422
    assert do(facilitator, "answer", *numbers, body="To all of you.") == 303
    for address, words in (
        ("several0@example.org", ("Several 0.", "Several 2.")),
        ("several1@example.org", ("Several 1.",)),
    ):
        letters = [one.text for one in outbox(app, address) if one.kind == "consultation_reply"]
        assert len(letters) == 1
        assert all(one in letters[0] for one in (*words, "To all of you."))
    assert {row(app, f"Several {count}.").email for count in range(3)} == {""}
    assert shown(app.test_client().get(SUMMARY)).count("To all of you.") == 3
    assert do(facilitator, "answer", numbers[0], body="Another reply.") == 303
    assert shown(app.test_client().get(SUMMARY)).count("To all of you.") == 2


def test_a_deed_names_contributions_that_are_there(app: Flask, facilitator: FlaskClient) -> None:
    assert do(facilitator, "accept") == 422
    assert do(facilitator, "accept", 4711) == do(facilitator, "accept", 0) == 404
    answer = facilitator.post(f"{QUEUE}/accept", data={"contribution": "'; drop"})
    assert answer.status_code == 404


def test_the_table_calculates_nothing_and_tells_the_public_what_is_accepted_alone(
    app: Flask, facilitator: FlaskClient
) -> None:
    shown_one = contribute(app, "=1+1\nand more", "table@example.org", shown_name="@cmd")
    contribute(app, "Still waiting.", "table@example.org")
    assert do(facilitator, "accept", shown_one) == 303
    for client, waiting in ((app.test_client(), False), (facilitator, True)):
        answer = client.get(f"{SUMMARY}.csv")
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert rows[0][:6] == ["Number", "Date", "Clause", "Name", "Contribution", "State"]
        found = {line[4]: line for line in rows}
        assert found["'=1+1\nand more"][2:6:3] == ["the whole text", "accepted"]
        assert found["'=1+1\nand more"][3] == "'@cmd"
        assert ("Still waiting." in found) is waiting
        assert "example.org" not in answer.text


def test_what_readers_type_runs_nowhere(app: Flask, facilitator: FlaskClient) -> None:
    script = "<script>alert(1)</script>{{ 7*7 }}"
    clause = clause_ids(app)["art_1"]
    number = contribute(app, script, "script@example.org", shown_name=script[:80], clause=clause)
    assert do(facilitator, "accept", number) == 303
    for client, path in ((facilitator, f"{QUEUE}?state=accepted"), (facilitator, PAGE), (facilitator, SUMMARY)):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page


def test_it_is_closed_prolonged_and_follows_what_becomes_of_the_publication(
    app: Flask, facilitator: FlaskClient
) -> None:
    civil = signed_in(app, "civil")

    def said() -> tuple[int, str]:
        answer = civil.post(CONTRIBUTE, data={"body": "A word in time."})
        return answer.status_code, shown(answer)

    assert facilitator.post(f"{QUEUE}/prolong", data={"last_day": "2020-01-01"}).status_code == 422
    assert facilitator.post(f"{QUEUE}/prolong", data={"last_day": "tomorrow"}).status_code == 422
    assert facilitator.post(f"{QUEUE}/prolong", data={"last_day": date.today().isoformat()}).status_code == 422
    assert facilitator.post(f"{QUEUE}/close").status_code == 303
    status, page = said()
    assert (status, "The consultation has ended." in page, "A word in time." in page) == (409, True, True)
    assert "Contribute" not in civil.get(PAGE).text
    assert facilitator.post(f"{QUEUE}/close").status_code == 409
    later = (date.today() + timedelta(days=60)).isoformat()
    assert facilitator.post(f"{QUEUE}/prolong", data={"last_day": later}).status_code == 303
    assert said()[0] == 303
    assert facilitator.post(f"{PAGE}/readers", data={"visibility": "members"}).status_code == 303
    assert said()[0] == 409
    assert app.test_client().get(SUMMARY).status_code == 404
    assert facilitator.post(f"{PAGE}/readers", data={"visibility": "link"}).status_code == 303
    assert said()[0] == 303
    own = re.search(r"/p/[\w-]{32}", facilitator.get(PAGE).text)
    assert own is not None
    nobody = app.test_client()
    for path in ("", "/consultation", "/consultation/contribute", "/consultation.csv"):
        assert nobody.get(own[0] + path).status_code == 200
        assert f"{PAGE}/consultation" not in nobody.get(own[0] + path).text
    answer = nobody.post(f"{own[0]}/consultation/contribute", data={"body": "By link.", "email": "link@example.org"})
    assert answer.location == f"{own[0]}/consultation"
    assert nobody.post(link(app, "link@example.org")).location == f"{own[0]}/consultation"
    assert facilitator.post(f"{PAGE}/readers", data={"visibility": "public"}).status_code == 303


def test_the_note_counts_what_came_once_it_is_over(app: Flask) -> None:
    with app.app_context():
        entry = enter_as_operator(db.session, SLUG)
        assert exported_note.note(db.session, Wanted(SLUG, 1, now=datetime.now(UTC)), entry).consultation is None
        after = datetime.now(UTC) + timedelta(days=100)
        told = exported_note.note(db.session, Wanted(SLUG, 1, now=after), entry).consultation
        states = dict(
            db.session.execute(select(Contribution.state, func.count()).group_by(Contribution.state)).all()  # type: ignore[arg-type]
        )
        assert told is not None
        arrived = [states.get(state, 0) for state in ("accepted", "refused", "waiting")]
        assert (told.accepted, told.refused, told.comments) == (arrived[0], arrived[1], sum(arrived))
        assert told.since.date() < told.until.date()


def test_the_table_of_the_draft_hears_nothing_of_it(app: Flask) -> None:
    for path in (f"{LAW}/news", f"{LAW}/discussion", f"{LAW}/board"):
        page = shown(signed_in(app, "civil").get(path))
        assert "Twenty-four hours are too many." not in page
        assert "consultation" not in page.lower()


def test_statements_do_not_grow_with_contributions(app: Flask, facilitator: FlaskClient) -> None:
    nobody = app.test_client()
    pages = (PAGE, SUMMARY, CONTRIBUTE)
    assert counted(app, nobody, pages) == [11, 10, 7]
    assert counted(app, facilitator, (QUEUE, f"{LAW}/consultations")) == [12, 7]


def test_what_is_no_longer_needed_is_forgotten(app: Flask) -> None:
    send(app, "Never confirmed.", "never@example.org")
    contribute(app, "Not answered.", "unanswered@example.org")
    with app.app_context():
        session = db.session
        session.query(Contribution).where(Contribution.body == "Not answered.").update(
            {"state": "accepted", "reader_key": ""}
        )
        session.commit()
        last = session.scalars(select(Consultation.last_day)).one()
        consulting.forget(session, now=datetime.now(UTC) + timedelta(days=4))  # type: ignore[arg-type]
        emails = dict(session.execute(select(Contribution.body, Contribution.email)).all())  # type: ignore[arg-type]
        assert "Never confirmed." not in emails
        assert emails["Not answered."] == "unanswered@example.org"
        end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=92)
        consulting.forget(session, now=end)  # type: ignore[arg-type]
        emails = dict(session.execute(select(Contribution.body, Contribution.email)).all())  # type: ignore[arg-type]
        assert emails["Not answered."] == ""


def test_opening_refuses_what_cannot_be(app: Flask, facilitator: FlaskClient) -> None:
    """Stands last: the first publication is withdrawn, and its version published again."""
    again = facilitator.post(f"{QUEUE}/open", data=OPEN)
    assert (again.status_code, "There is a consultation on publication 1 already." in shown(again)) == (409, True)
    assert facilitator.post(f"{PAGE}/withdraw", data={"reason": "A slip."}).status_code == 303
    assert "It ended when the publication was withdrawn." in shown(app.test_client().get(SUMMARY))
    closed = PUBLISH | {"visibility": "members"}
    assert facilitator.post(f"{LAW}/versions/1/publish", data=closed).status_code == 303
    second = f"{LAW}/consultations/2/open"
    assert "Publication 2 is withdrawn, or only members may read it" in shown(facilitator.post(second, data=OPEN))
    readers = {"visibility": "public"}
    assert facilitator.post(f"/publications/{SLUG}/2/readers", data=readers).status_code == 303
    for form, sentence in (
        ({"question": " "}, "Write what the public is asked: readers see it first."),
        ({"question": "nul\0"}, "The text is longer than 5000 characters or holds a null character."),
        ({"last_day": "2020-01-01"}, "The last day of a consultation is not before its first, and not past already."),
        ({"first_day": "2100-02-02", "last_day": "2100-02-01"}, "The last day of a consultation is not before"),
        ({"last_day": "2100-01-01"}, "A consultation takes two years at the most: look at its last day again."),
        ({"first_day": "soon"}, "“soon” is no day: choose one, or write it as 2026-12-31."),
    ):
        answer = facilitator.post(second, data=OPEN | form)
        assert (answer.status_code, sentence in shown(answer)) == (422, True), form
    coming = {"first_day": (date.today() + timedelta(days=9)).isoformat()}
    assert facilitator.post(second, data=OPEN | coming).status_code == 303
    early = {"body": "Early.", "email": "early@example.org"}
    answer = app.test_client().post(f"/publications/{SLUG}/2/consultation/contribute", data=early)
    assert (answer.status_code, "The consultation has not begun yet." in shown(answer)) == (409, True)
    assert facilitator.get(f"{LAW}/consultations/3").status_code == 404
    assert app.test_client().get(f"/publications/{SLUG}/3/consultation").status_code == 404
