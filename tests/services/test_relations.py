"""Proposing together, links, counter-texts, amendments to amendments: who may, when, and what it leaves behind."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.depending import way
from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.services import accepting, bridging, linking, sponsoring
from app.services.accepting import Seen
from app.store import relations
from app.store.amendments import AmendmentRow
from app.store.db import db
from tests.product import LAW, SLUG, chain, shown, signed_in, stored, user_id
from tests.services.deeds import NOW, bridge, connect, fates, issue, propose, standing, submit, withdraw, words
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
ROLES = ("observer", "civil", "ombudsman", "interior", "facilitator", "administrator")
"""A1 is of civil society; the Ombudsman is invited to it."""


def invite(app: Flask, name: str, number: int = 1, code: str = "AKY") -> None:
    person = user_id(app, name)
    with app.app_context():
        sponsoring.invite(db.session, slug=SLUG, number=number, institution=code, user_id=person, now=NOW)


def take_back(app: Flask, name: str, number: int = 1, code: str = "AKY") -> None:
    person = user_id(app, name)
    with app.app_context():
        sponsoring.take_back(db.session, slug=SLUG, number=number, institution=code, user_id=person, now=NOW)


def sponsor(app: Flask, name: str, answer: str, number: int = 1, reason: str = "") -> None:
    person = user_id(app, name)
    with app.app_context():
        sponsoring.answer(
            db.session, slug=SLUG, number=number, answer=answer, reason=reason, user_id=person, now=NOW
        )  # fmt: skip


def link(app: Flask, name: str, number: int, other: int, kind: str = "depends_on", reason: str = "It does.") -> None:
    person = user_id(app, name)
    with app.app_context():
        linking.link(
            db.session, slug=SLUG, number=number, other=other, kind=kind, reason=reason, user_id=person, now=NOW
        )  # fmt: skip


def unlink(app: Flask, name: str, number: int, link_id: int = 1) -> None:
    person = user_id(app, name)
    with app.app_context():
        linking.unlink(db.session, slug=SLUG, number=number, link_id=link_id, user_id=person, now=NOW)


def answer_bridge(app: Flask, name: str, number: int, counter: int, answer: str = "accepted", reason: str = "") -> None:
    person = user_id(app, name)
    with app.app_context():
        bridging.answer_counter_text(
            db.session, slug=SLUG, number=number, counter=counter, answer=answer, reason=reason, user_id=person, now=NOW
        )  # fmt: skip


def amend_a4(app: Flask) -> int:
    """Other words of the Prosecutor's Office for A4."""
    number = submit(app, "prosecutor", words(app, "art_21__para_1", "shall", "may, for a reason given in writing,"))
    connect(app, number, 4, "amends")
    return number


def answer_words(app: Flask, name: str, other: int, answer: str = "accepted", reason: str = "", own: int = 1) -> None:
    person = user_id(app, name)
    with app.app_context():
        accepting.answer_words(
            db.session, slug=SLUG, number=4, other=other, seen=Seen(own, 1), answer=answer, reason=reason,
            user_id=person, now=NOW,
        )  # fmt: skip


def refused(deed: object, *arguments: object) -> str:
    """The name of the refusal, `done` where there was none."""
    try:
        deed(*arguments)  # type: ignore[operator]
    except Refusal as refusal:
        return type(refusal).__name__
    return "done"


MAY = {
    #                 observer      civil            ombudsman        interior         facilitator      administrator
    "invite":        "RoleMayNot    done             NotTheProposer   NotTheProposer   NotTheProposer   NotTheProposer",
    "take back":     "RoleMayNot    done             NotTheProposer   NotTheProposer   NotTheProposer   NotTheProposer",
    "sponsor":       "RoleMayNot    NotInvited       done             NotInvited       NotInvited       NotInvited",
    "link":          "RoleMayNot    done             NotYoursToLink   NotYoursToLink   done             done",
    "unlink":        "RoleMayNot    done             NotYoursToLink   NotYoursToLink   done             done",
    "answer bridge": "RoleMayNot    done             NotTheProposer   NotTheProposer   NotTheProposer   NotTheProposer",
    "answer words":  "RoleMayNot    NotTheProposer   NotTheProposer   done             NotTheProposer   NotTheProposer",
}  # fmt: skip
"""Who may do what while the amendment is on the table. A4, whose other words are answered, is the Interior Ministry's."""


def tried(app: Flask, what: str, name: str) -> str:
    deeds = {
        "invite": lambda: invite(app, name, code="GPO"),
        "take back": lambda: take_back(app, name),
        "sponsor": lambda: sponsor(app, name, "accepted"),
        "link": lambda: link(app, name, 1, 5),
        "unlink": lambda: unlink(app, name, 1),
        "answer bridge": lambda: answer_bridge(app, name, 1, 16),
        "answer words": lambda: answer_words(app, name, 17),
    }
    return refused(deeds[what])


@pytest.fixture
def related(demonstrated: Flask) -> Flask:
    """The Ombudsman is invited to A1, which depends on A4; A16 would bridge A1 and A2; A17 amends A4."""
    invite(demonstrated, "civil")
    link(demonstrated, "civil", 1, 4)
    assert (bridge(demonstrated), amend_a4(demonstrated)) == (16, 17)
    return demonstrated


@pytest.mark.parametrize("what", MAY)
def test_who_may_is_this_table(related: Flask, what: str) -> None:
    said = {}
    for name in sorted(ROLES, key=lambda name: MAY[what].split()[ROLES.index(name)] == "done"):
        before = stored(related)
        said[name] = tried(related, what, name)
        if said[name] != "done":
            assert stored(related) == before
        elif what == "unlink":
            link_again(related)
        elif what == "link":
            unlink_all(related)
    assert [said[name] for name in ROLES] == MAY[what].split()
    assert first_broken_link(chain(related)) is None


def link_again(app: Flask) -> None:
    with app.app_context():
        db.session.get_one(relations.AmendmentLink, 1).removed_at = None
        db.session.commit()


def unlink_all(app: Flask) -> None:
    with app.app_context():
        for one in db.session.scalars(
            select(relations.AmendmentLink).where(relations.AmendmentLink.kind == "depends_on")
        ):
            one.removed_at = NOW
        db.session.commit()


@pytest.mark.parametrize("how", ["withdrawn", "decided"])
def test_what_is_no_longer_on_the_table_is_not_answered(related: Flask, how: str) -> None:
    if how == "withdrawn":
        withdraw(related, "civil", 1)
        withdraw(related, "interior", 4)
    else:
        issue(related, "facilitator", 1, 4)
    people = {"sponsor": "ombudsman", "answer words": "interior"}
    for what in MAY:
        assert tried(related, what, people.get(what, "civil")) == "NotOnTheTable", what


def test_a_sponsor_accepts_steps_back_and_accepts_again_and_the_record_keeps_all(related: Flask) -> None:
    page = f"{LAW}/amendments/1"
    observer = signed_in(related, "observer")
    for answer, head in (("accepted", True), ("declined", False), ("accepted", True)):
        sponsor(related, "ombudsman", answer, reason="As things stand.")
        said = shown(observer.get(page)).partition("</h1>")[2].partition("made on")[0]
        assert ("Ombudsman" in said) is head
    assert refused(sponsor, related, "ombudsman", "accepted") == "AnsweredAlready"
    assert refused(sponsor, related, "ombudsman", "perhaps") == "NoAnswer"
    assert refused(take_back, related, "civil") == "InvitationAnswered"
    kinds = [event.kind for event in chain(related) if event.kind.startswith("sponsor")]
    assert kinds == ["sponsor_invited", "sponsor_accepted", "sponsor_declined", "sponsor_accepted"]


@pytest.mark.parametrize(
    ("code", "said"),
    [("AKY", "InvitedAlready"), ("CSO", "NotSeated"), ("FAC", "NotSeated"), ("XYZ", "NotSeated"), ("UN", "done")],
)
def test_institutions_at_the_table_are_invited_once(related: Flask, code: str, said: str) -> None:
    assert refused(invite, related, "civil", 1, code) == said


def test_an_institution_that_declined_may_be_asked_anew(related: Flask) -> None:
    sponsor(related, "ombudsman", "declined")
    assert refused(invite, related, "civil") == "done"


def test_links_need_a_reason_another_amendment_and_no_circle(related: Flask) -> None:
    link(related, "interior", 4, 5)
    said = [
        refused(link, related, "civil", 1, 1),
        refused(link, related, "civil", 1, 6, "depends_on", "  "),
        refused(link, related, "civil", 1, 6, "bridges"),
        refused(link, related, "civil", 1, 99),
        refused(link, related, "civil", 1, 4),
        refused(link, related, "facilitator", 5, 1),
        refused(link, related, "civil", 1, 6, "conflicts_with"),
        refused(link, related, "facilitator", 6, 1, "conflicts_with"),
    ]
    assert said == [
        "LinkedWithItself", "NoWordOfReason", "NoKindOfLink", "NoSuchAmendment", "LinkedAlready", "DependsInACircle",
        "done", "LinkedAlready",
    ]  # fmt: skip
    with pytest.raises(
        linking.DependsInACircle, match="A5, which depends on A1, which depends on A4, which depends on A5"
    ):
        link(related, "facilitator", 5, 1)


@pytest.mark.parametrize(
    ("links", "start", "goal", "found"),
    [
        ({}, 1, 2, ()),
        ({1: [2]}, 1, 2, (1, 2)),
        ({1: [2], 2: [3]}, 1, 3, (1, 2, 3)),
        ({1: [2, 3], 2: [4], 3: [4]}, 1, 4, (1, 2, 4)),
        ({1: [2], 2: [1]}, 1, 3, ()),
    ],
)
def test_the_way_of_dependencies(links: dict[int, list[int]], start: int, goal: int, found: tuple[int, ...]) -> None:
    assert way(links, start, goal) == found


def test_a_conflict_is_shown_on_both_and_a_removed_link_on_neither(related: Flask) -> None:
    link(related, "civil", 1, 6, "conflicts_with", "The one empties the other.")
    observer = signed_in(related, "observer")
    for number in (1, 6):
        assert "The one empties the other." in shown(observer.get(f"{LAW}/amendments/{number}"))
    with related.app_context():
        made = db.session.scalars(
            select(relations.AmendmentLink.id).order_by(relations.AmendmentLink.id.desc())
        ).first()
    assert made is not None
    unlink(related, "civil", 1, made)
    for number in (1, 6):
        assert "The one empties the other." not in shown(observer.get(f"{LAW}/amendments/{number}"))
    assert refused(unlink, related, "civil", 1, made) == "NoSuchLink"


def test_declining_a_counter_text_needs_a_reason_and_one_may_think_again(related: Flask) -> None:
    observer = signed_in(related, "observer")
    asked = {name: shown(signed_in(related, name).get(f"{LAW}/amendments/16")) for name in ("civil", "interior", "un")}
    forms = {
        name: [n for n in (1, 2) if f"/amendments/{n}/counter-texts/16/answer" in page] for name, page in asked.items()
    }
    assert forms == {"civil": [1], "interior": [2], "un": []}
    assert "/counter-texts/16/answer" not in shown(observer.get(f"{LAW}/amendments/16"))
    assert refused(answer_bridge, related, "civil", 1, 16, "declined", " ") == "NoWordOfReason"
    answer_bridge(related, "civil", 1, 16, "declined", "Eighteen hours are too long.")
    answer_bridge(related, "interior", 2, 16)
    for number in (1, 2, 16):
        assert "Eighteen hours are too long." in shown(observer.get(f"{LAW}/amendments/{number}"))
        assert "All proposers accept this counter-text." not in shown(observer.get(f"{LAW}/amendments/{number}"))
    answer_bridge(related, "civil", 1, 16)
    for number in (1, 2, 16):
        assert "All proposers accept this counter-text." in shown(observer.get(f"{LAW}/amendments/{number}"))
    assert refused(answer_bridge, related, "civil", 1, 16) == "AnsweredAlready"
    assert refused(answer_bridge, related, "civil", 1, 2) == "NoSuchLink"


def test_words_taken_over_are_both_institutions_and_sponsors_are_asked_again(related: Flask) -> None:
    invite(related, "interior", 4)
    sponsor(related, "ombudsman", "accepted", 4)
    answer_words(related, "interior", 17)
    (_, _, own), (_, _, other) = standing(related, 4, 17)
    assert own == other
    with related.app_context():
        row = db.session.scalars(select(AmendmentRow).where(AmendmentRow.number == 4)).one()
        asked = db.session.scalars(
            select(relations.Sponsorship).where(relations.Sponsorship.amendment_id == row.id)
        ).one()
        assert (row.revision, asked.answer) == (2, "invited")
    event = chain(related)[-1]
    assert (event.kind, event.facts["accepted"], event.facts["asked_again"]) == ("amendment_accepted", 17, ["AKY"])
    assert event.facts["edits"] != event.facts["former"]
    assert refused(answer_words, related, "interior", 17) == "RewordedMeanwhile"
    assert "The words before" in shown(signed_in(related, "observer").get(f"{LAW}/amendments/4"))
    issue(related, "facilitator", 4, 17)
    assert [fates(related)[number][0] for number in (4, 17)] == ["adopted", "adopted"]


def test_words_are_declined_with_a_reason(related: Flask) -> None:
    assert refused(answer_words, related, "interior", 17, "declined") == "NoWordOfReason"
    answer_words(related, "interior", 17, "declined", "It weakens the duty.")
    assert "It weakens the duty." in shown(signed_in(related, "observer").get(f"{LAW}/amendments/4"))
    assert refused(answer_words, related, "interior", 17, "declined", "Again.") == "AnsweredAlready"


def test_the_page_takes_the_same_statements_however_much_there_is(related: Flask) -> None:
    observer = signed_in(related, "observer")
    observer.get(f"{LAW}/amendments/1")
    with statements(related) as few:
        observer.get(f"{LAW}/amendments/1")
    for hours in ("ten", "eleven", "nine", "eight"):
        number = propose(related, "prosecutor", "art_13__para_1", lambda text, h=hours: text.replace("twenty-four", h))  # type: ignore[misc]
        link(related, "facilitator", 1, number)
        connect(related, number, 1, "amends")
        invite(related, "civil", 1, {"ten": "GPO", "eleven": "NPM", "nine": "UN", "eight": "OSCE"}[hours])
    observer.get(f"{LAW}/amendments/1")
    with statements(related) as many:
        assert observer.get(f"{LAW}/amendments/1").status_code == 200
    assert len(many) == len(few)


def test_who_proposes_it_too_stands_beside_its_words_in_the_text(related: Flask) -> None:
    observer = signed_in(related, "observer")
    assert "AKY" not in bracket_of_a1(shown(observer.get(f"{LAW}?view=brackets")))
    sponsor(related, "ombudsman", "accepted")
    assert "AKY" in bracket_of_a1(shown(observer.get(f"{LAW}?view=brackets")))


def bracket_of_a1(page: str) -> str:
    """The link to A1 beside its words in the text."""
    return page.partition(f'href="{LAW}/amendments/1"')[2].partition("</a>")[0]
