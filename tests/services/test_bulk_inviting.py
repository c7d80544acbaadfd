"""Inviting many at once: lists as spreadsheets save them, looked at before anybody is invited."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.errors import Invalid
from app.imports import people_table
from app.services import bulk_inviting, inviting
from app.services.bulk_inviting import LinesWithFaults
from app.services.invitees import Typed
from app.services.inviting import Inviter
from app.store.db import db
from app.store.invitations import Invitation
from app.store.users import User
from tests.services.invited_people import NOW, House, built

CASES = Path(__file__).parents[1] / "cases/invitations"
USUAL = Typed("", language="en")


@pytest.fixture(scope="module")
def house(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield from built(empty_sqlite, tmp_path_factory.mktemp("inviting"))


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    yield from house.as_at_first()


@pytest.fixture
def people(house: House) -> dict[str, int]:
    return house.people


@pytest.mark.parametrize(
    ("file", "lines"),
    [
        ("commas", [
            (2, "Aida Asanova", "aida@example.org", "representative", "MVD", "head", "ky"),
            (3, "Osmonov, Bakyt", "", "representative", "CSO", "member", "ru")]),
        ("semicolons-with-mark", [
            (2, "Айгүл Токтосунова", "aigul@example.org", "representative", "MVD", "head", "ky"),
            (3, "Өмүрбек Үсөнов", "", "observer", "CSO", "head", "ru")]),
        ("utf-16", [
            (2, "Айгүл Токтосунова", "aigul@example.org", "representative", "MVD", "head", "ky"),
            (3, "Өмүрбек Үсөнов", "", "observer", "CSO", "head", "ru")]),
        ("utf-16-without-mark", [
            (2, "Aida Asanova", "", "representative", "MVD", "head", "en"),
            (3, "Bakyt Osmonov", "", "representative", "CSO", "head", "en")]),
        ("windows-1251", [
            (2, "Пётр Иванов", "", "representative", "MVD", "head", "en"),
            (3, "Анна Ким", "", "representative", "CSO", "head", "en")]),
        ("sep-line", [(3, "Aida Asanova", "", "representative", "MVD", "head", "en")]),
    ],
)  # fmt: skip
def test_lists_are_read_in_the_encodings_and_separators_of_spreadsheets(
    app: Flask, people: dict[str, int], file: str, lines: list[tuple[object, ...]]
) -> None:
    with app.app_context():
        db.session.execute(db.update(User).where(User.name == "rep").values(email=None, email_key=None))
        db.session.commit()
        found = preview(app, people, file)
        codes = {id: called for called, id in inviting.institutions_named(db.session()).items() if len(called) == 3}
    assert found.faulty == ()
    assert [
        (
            one.number,
            who.full_name,
            who.email,
            who.role.value,
            codes[who.institution_id or 0].upper(),
            who.part,
            who.language,
        )
        for one in found.good
        if (who := one.invitee)
    ] == lines


def preview(app: Flask, people: dict[str, int], file: str) -> bulk_inviting.Preview:
    text = people_table.decoded((CASES / f"{file}.csv").read_bytes())
    return bulk_inviting.preview(
        db.session(), slug="law", text=text, usual=USUAL, by=Inviter(people["fac"]), now=NOW
    )  # fmt: skip


FAULTS = {
    4: ["Say who is invited: the name is missing."],
    5: ["A name has at most 200 characters; this one has 300."],
    6: ["An e-mail address looks like name@example.org."],
    8: ["No institution is called “NASA” here: write its code, or make it known first."],
    9: [
        "“king” is no role; there are observer, commenter, representative, facilitator and administrator.",
        "“arm” is no part in a delegation; there are head, authorised and member.",
        "“fr” is no language that letters are written in; there are en, ru and ky.",
    ],
    10: ["The same person stands in line 2."],
    11: ["A representative speaks for an institution: name it."],
    12: ["This line has more cells than there are columns: a cell with a separator in it stands in quotation marks."],
    13: ["An e-mail address has no spaces in it."],
}


def test_every_fault_of_a_list_is_told_with_the_number_of_its_line_and_nothing_is_stored(
    app: Flask, people: dict[str, int]
) -> None:
    with app.app_context():
        found = preview(app, people, "faults")
        assert {line.number: [str(fault) for fault in line.faults] for line in found.faulty} == FAULTS
        assert [(one.number, one.invitee and one.invitee.full_name) for one in found.good] == [
            (2, "Good Person"), (7, "Exotic One"), (14, "Two Lines"),
        ]  # fmt: skip
        assert db.session.scalars(select(Invitation)).all() == []


def test_of_a_list_all_are_invited_or_none_or_whoever_can_be(app: Flask, people: dict[str, int]) -> None:
    text = people_table.decoded((CASES / "faults.csv").read_bytes())
    with app.app_context():

        def invite(whole: bool) -> list[str]:
            made = bulk_inviting.invite_all(
                db.session(), slug="law", text=text, usual=USUAL, days=14, whole=whole, by=Inviter(people["fac"]),
                now=NOW,
            )  # fmt: skip
            return [one.full_name for one in made]

        with pytest.raises(LinesWithFaults) as refused:
            invite(True)
        assert str(refused.value).startswith("Nobody was invited: 9 line(s) cannot be used.")
        db.session.rollback()
        assert db.session.scalars(select(Invitation)).all() == []
        assert invite(False) == ["Good Person", "Exotic One", "Two Lines"]
        with pytest.raises(bulk_inviting.NoGoodLine):
            invite(False)  # a second time they are invited already
        db.session.rollback()
        again = preview(app, people, "faults").faulty[0]
        assert str(again.faults[0]).startswith("Good Person is invited already and has not answered")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("no-names", "The first line names the columns: one of them is “name”, others may be email, institution, role, part and language."),
        ("column-twice", "Two columns are called “name”: leave one of them out."),
        ("open-quotation", "Line 2 cannot be read: a quotation mark is open, or a cell is too long."),
        ("only-columns", "There is nobody in this list: below the line with the columns' names every line is a person."),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_says_why(app: Flask, people: dict[str, int], file: str, sentence: str) -> None:
    with app.app_context(), pytest.raises(Invalid) as refused:
        preview(app, people, file)
    assert str(refused.value) == sentence


def test_a_list_has_at_most_500_lines() -> None:
    with pytest.raises(people_table.TooLong):
        people_table.read("name\n" + "A\n" * 501)
    assert len(people_table.read("name\n" + "A\n" * 500)) == 500


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\xff\xfe\x00", b"\x00\x01\x02", b"\x98\xff\xfe" * 50])
def test_any_bytes_are_decoded(data: bytes) -> None:
    with pytest.raises(people_table.NoColumnOfNames):
        people_table.read(people_table.decoded(data))
