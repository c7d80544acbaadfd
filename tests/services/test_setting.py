"""What the operator sets on the command line: the scale and the days off of a draft, institutions and their seats."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from app.domain.events import first_broken_link
from app.services import positioning
from app.services.calling import Period
from app.services.positioning import Stance, Subject
from app.services.seating import at_table
from app.store import events, institutions
from app.store.db import db
from app.store.memberships import enter, find_draft
from tests.product import LAW, SLUG, chain, shown, signed_in, stored, user_id
from tests.services.calls import ask
from tests.services.deeds import NOW

pytest_plugins = ["tests.demonstration"]

GOOD = "a long password"


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=list(args))
    return result.exit_code, result.output


def said_at_the_table(app: Flask, day: date) -> list[tuple[str, str]]:
    """Who sits there on a day: code and kind of seat."""
    with app.app_context():
        codes = institutions.codes(db.session)
        seats = at_table(db.session, find_draft(db.session, SLUG).id, day)
        return [(codes[place.institution], place.kind.value) for place in seats]


def test_a_draft_gets_its_own_scale_before_anybody_speaks(demonstrated: Flask) -> None:
    assert run(demonstrated, "drafts", "scale", SLUG)[1].splitlines()[5] == "6\tcannot_accept\tobjects"
    steps = ("Yes=in_favour", "Yes, on record=reserved", "No=objects")
    expected = "1\tYes\tin_favour\n2\tYes, on record\treserved\n3\tNo\tobjects\n"
    assert run(demonstrated, "drafts", "scale", SLUG, *steps) == (0, expected)
    assert run(demonstrated, "drafts", "scale", SLUG) == (0, expected)
    client = signed_in(demonstrated, "interior")
    page = shown(client.get(f"{LAW}/positions"))
    assert ("Yes, on record" in page, "can live with it" in page) == (True, False)
    answered = client.post(f"{LAW}/positions", data={"step": "4", "words": "x"})
    assert (answered.status_code, "there is no step 4" in shown(answered)) == (422, True)
    assert (chain(demonstrated)[-1].kind, first_broken_link(chain(demonstrated))) == ("scale_set", None)


def test_a_scale_in_use_stays_and_an_unusable_one_is_refused(demonstrated: Flask) -> None:
    before = stored(demonstrated)
    for steps, sentence in (
        (("Yes=in_favour",), "A scale has two to 9 steps; this one has 1."),
        (("Yes=in_favour", "No=never"), "“never” is not what a step can mean."),
        (("Yes", "No=objects"), "“Yes” is not what a step can mean."),
    ):
        assert run(demonstrated, "drafts", "scale", SLUG, *steps) == (1, f"Error: {sentence}\n")
    assert run(demonstrated, "drafts", "scale", "none")[0] == 1
    assert stored(demonstrated) == before
    person = user_id(demonstrated, "interior")
    with demonstrated.app_context():
        entry = enter(db.session, SLUG, person)
        words = positioning.words_of(positioning.latest_text(db.session, entry), Subject("version", "", ""))
        positioning.state_position(
            db.session, slug=SLUG, subject=Subject("version", "", words), stance=Stance(1), user_id=person, now=NOW,
            today=NOW.date(),
        )  # fmt: skip
    status, output = run(demonstrated, "drafts", "scale", SLUG, "Yes=in_favour", "No=objects")
    assert (status, "another one would change what they say" in output) == (1, True)


def test_days_off_move_the_deadlines_of_calls_opened_afterwards(demonstrated: Flask) -> None:
    assert run(demonstrated, "drafts", "days-off", SLUG) == (0, "")
    # NOW is Tuesday 24 November 2026: three days later is a Friday.
    days = ("2026-11-27", "2026-11-30", "2026-11-27")
    assert run(demonstrated, "drafts", "days-off", SLUG, *days) == (0, "2026-11-27\n2026-11-30\n")
    ask(demonstrated, "14(1)", period=Period(3))
    page = shown(signed_in(demonstrated, "interior").get(f"{LAW}/calls/1"))
    assert "the end of Tuesday 1 December 2026" in page
    assert run(demonstrated, "drafts", "days-off", SLUG, "--none") == (0, "")
    assert run(demonstrated, "drafts", "days-off", SLUG, "soon")[0] == 2
    assert [one.kind for one in chain(demonstrated)].count("days_off_set") == 2


def test_an_institution_is_seated_and_succeeded(demonstrated: Flask) -> None:
    today = datetime.now(ZoneInfo("Asia/Bishkek")).date()
    name = "en=Ministry of Justice (demo)"
    assert run(demonstrated, "institutions", "add", "MJ", "--name", name) == (0, "Institution “MJ” made.\n")
    assert run(demonstrated, "institutions", "seat", SLUG, "MJ", "--kind", "advisory")[0] == 0
    assert said_at_the_table(demonstrated, today)[-1] == ("MJ", "advisory")
    options = ("--last-day", "2026-11-30", "--successor", "MJ")
    assert run(demonstrated, "institutions", "abolish", "NPM", *options) == (
        0,
        "“NPM” is there until 2026-11-30; then MJ.\n",
    )
    assert ("NPM", "full") in said_at_the_table(demonstrated, date(2026, 11, 30))
    after = said_at_the_table(demonstrated, date(2026, 12, 1))
    assert (("MJ", "full") in after, "NPM" in dict(after)) == (True, False)
    assert "NPM\tindependent\t2026-11-30\tMJ" in run(demonstrated, "institutions", "list")[1].splitlines()
    kinds = [one.kind for one in chain(demonstrated)]
    assert kinds[-2:] == ["seat_given", "institution_abolished"]
    assert first_broken_link(chain(demonstrated)) is None


def test_what_cannot_be_said_of_an_institution_is_refused(demonstrated: Flask) -> None:
    before = stored(demonstrated)
    name, until = ("--name", "en=A"), ("--last-day", "2026-11-30")
    for args, sentence in (
        (("add", "MVD", *name), "There is an institution “MVD” already."),
        (("add", "x" * 21, *name), "The code of an institution has 1 to 20 letters, digits, - or _."),
        (("seat", SLUG, "XYZ"), "There is no institution “XYZ”."),
        (("seat", "none", "MVD"), "There is no draft “none” that you may see."),
        (("seat", SLUG, "MVD", "--from", "2027-01-02", "--until", "2027-01-01"), "The last day lies before the first."),
        (("abolish", "XYZ", *until), "There is no institution “XYZ”."),
        (("abolish", "MVD", *until, "--successor", "MVD"),
         "“MVD” cannot take over from “MVD”: it is the same, or abolished itself."),
    ):  # fmt: skip
        assert run(demonstrated, "institutions", *args) == (1, f"Error: {sentence}\n"), args
    assert run(demonstrated, "institutions", "add", "MJ", "--name", "Justice")[0] == 2
    assert stored(demonstrated) == before


def test_a_member_of_a_delegation_comments_until_authorised(demonstrated: Flask) -> None:
    seat = ("--institution", "CSO", "--part")
    options = ("--password", GOOD, "--draft", SLUG, "--role", "representative")
    assert run(demonstrated, "users", "create", "meerim", *options, *seat, "member")[0] == 0
    with demonstrated.app_context():
        added = events.last_of(db.session, find_draft(db.session, SLUG).id, ["member_added"])
        assert added is not None, "whoever is made a member is in the record"
        member, institution = user_id(demonstrated, "meerim"), institutions.id_of(db.session, "CSO")
        assert (added.user_id, added.facts) == (
            None,
            {"member": member, "told": [f"user {member}"], "role": "representative", "institution": institution,
             "part": "member"},
        )  # fmt: skip
    client = demonstrated.test_client()
    client.post("/sign-in", data={"name": "meerim", "password": GOOD})
    barred = "The head of your delegation, or whoever they authorise, states its position."
    assert barred in shown(client.get(f"{LAW}/positions"))
    role = ("users", "role", "meerim", SLUG, "representative")
    assert run(demonstrated, *role, *seat, "authorised") == (0, f"“meerim” is representative in {SLUG}.\n")
    page = shown(client.get(f"{LAW}/positions"))
    assert (barred in page, "State our position" in page) == (False, True)
    assert run(demonstrated, "users", "role", "nobody", SLUG, "observer") == (
        1,
        "Error: There is no account “nobody”.\n",
    )
