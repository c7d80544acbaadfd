"""Taking a version back: the former text byte for byte, amendments as they stood, nothing of anybody's work lost."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.edits import DeleteClause, ReplaceWords
from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.domain.permissions import RoleMayNot
from app.services import importing, revoking
from app.services.choosing import Settled
from app.services.revoking import FirstVersion, NoReasonToRevoke, NotTheLatest
from app.store import amendments, versions
from app.store.amendments import EditRow
from app.store.db import db
from app.store.memberships import find_draft
from app.store.versions import NoSuchVersion
from tests.product import LAW, SLUG, chain, clause_ids, collision_keys, shown, signed_in, stored, user_id
from tests.services.deeds import (
    NOW,
    at_once,
    clauses,
    fates,
    issue,
    propose,
    publish,
    revoke,
    standing,
    submit,
    text,
    version_numbers,
    withdraw,
)

pytest_plugins = ["tests.demonstration"]


def test_a_revoked_version_gives_back_the_text_before_with_every_id_and_origin(demonstrated: Flask) -> None:
    before = clauses(demonstrated, 1)
    (key,) = collision_keys(signed_in(demonstrated, "facilitator"), 1, 2, 7, 14, 15)
    issue(demonstrated, "facilitator", 1, 2, 7, 14, 15, settled={key: Settled("own", "within eighteen hours")})
    issued = clauses(demonstrated, 2)
    assert revoke(demonstrated, 2) == 3
    assert clauses(demonstrated, 3) == before
    assert text(demonstrated, 3) == text(demonstrated, 1)
    assert clauses(demonstrated, 2) == issued
    with demonstrated.app_context():
        draft = find_draft(db.session, SLUG)
        third = versions.find(db.session, draft, 3)
        assert (third.revokes, third.made_from, third.message) == (2, 2, "It was a mistake.")
        texts = [versions.text(db.session, versions.find(db.session, draft, n).id, "en") for n in (1, 3)]
        assert texts[0].sha256 == texts[1].sha256


def test_a_clause_that_was_deleted_comes_back_with_its_id_and_its_history_says_returned(demonstrated: Flask) -> None:
    gone = clause_ids(demonstrated)["art_14__para_1"]
    number = submit(demonstrated, "interior", delete(demonstrated, gone))
    issue(demonstrated, "facilitator", number)
    assert gone not in {one.id for one in clauses(demonstrated, 2)}
    revoke(demonstrated, 2)
    assert clauses(demonstrated, 3) == clauses(demonstrated, 1)
    page = shown(signed_in(demonstrated, "observer").get(f"{LAW}/clauses/{gone}"))
    assert "came back" in page


def delete(app: Flask, clause_id: str) -> DeleteClause:
    stood = next(one for one in clauses(app, 1) if one.id == clause_id)
    return DeleteClause(clause_id, stood.clause.source)


def test_amendments_return_to_the_state_and_the_words_they_had(demonstrated: Flask) -> None:
    (key,) = collision_keys(signed_in(demonstrated, "facilitator"), 1, 2)
    same = propose(demonstrated, "civil", "art_18__para_2", lambda body: body.replace("six months", "thirty days"))
    before = standing(demonstrated, *range(1, same + 1))
    issue(demonstrated, "facilitator", 1, 2, 7, 14, 15, settled={key: Settled("1")})
    assert fates(demonstrated)[3] == ("submitted", None, 1, "needs_author")
    assert fates(demonstrated)[8] == ("submitted", None, 2, "shifted")
    assert fates(demonstrated)[same] == ("submitted", None, 1, "incorporated")
    assert revoke(demonstrated, 2) == 3
    assert fates(demonstrated) == dict.fromkeys(range(1, same + 1), ("submitted", None, 3, None))
    assert standing(demonstrated, *range(1, same + 1)) == before
    assert issue(demonstrated, "facilitator", 14, 15, expected=3) == 4
    assert fates(demonstrated)[14][:2] == ("adopted", 4)


def test_an_amendment_that_needed_its_author_before_needs_it_again(demonstrated: Flask) -> None:
    issue(demonstrated, "facilitator", 1)
    stood = fates(demonstrated)[2]
    assert stood == ("submitted", None, 1, "needs_author")
    issue(demonstrated, "facilitator", 15, expected=2)
    revoke(demonstrated, 3)
    assert fates(demonstrated)[2] == stood
    assert fates(demonstrated)[1] == ("adopted", 2, 1, None)
    assert fates(demonstrated)[4] == ("submitted", None, 4, "unchanged")


def test_what_was_withdrawn_or_proposed_since_is_not_undone(demonstrated: Flask) -> None:
    issue(demonstrated, "facilitator", 15)
    withdraw(demonstrated, "civil", 13)
    free = propose(demonstrated, "civil", "art_14__para_1", lambda body: body.replace("sealed", "locked"), base=2)
    bound = propose(demonstrated, "civil", "art_18__para_2", lambda body: body.replace("thirty", "forty"), base=2)
    assert revoke(demonstrated, 2) == 3
    assert fates(demonstrated)[13] == ("withdrawn", None, 2, "unchanged")
    assert fates(demonstrated)[free] == ("submitted", None, 3, "unchanged")
    assert fates(demonstrated)[bound] == ("submitted", None, 2, "needs_author")
    event = chain(demonstrated)[-1]
    assert (event.kind, event.facts["version"], event.facts["revokes"]) == ("version_revoked", 3, 2)
    assert event.facts["carried"] == {f"A{free}": "unchanged", f"A{bound}": "needs_author"}
    assert event.facts["fates"] == {f"A{n}": "submitted" for n in range(1, 16) if n != 13}
    assert first_broken_link(chain(demonstrated)) is None


def test_a_revocation_is_revoked_like_any_version(demonstrated: Flask) -> None:
    (key,) = collision_keys(signed_in(demonstrated, "facilitator"), 1, 2)
    issue(demonstrated, "facilitator", 1, 2, 15, settled={key: Settled("bracket")})
    issued, stood = clauses(demonstrated, 2), standing(demonstrated, *range(1, 16))
    revoke(demonstrated, 2)
    assert [state for state, _, _ in standing(demonstrated, 1, 2, 15)] == ["submitted"] * 3
    assert revoke(demonstrated, 3) == 4
    assert clauses(demonstrated, 4) == issued
    assert standing(demonstrated, *range(1, 16)) == stood
    assert fates(demonstrated)[15] == ("adopted", 2, 1, None)
    assert fates(demonstrated)[1] == ("taken_up", None, 4, "unchanged")
    assert revoke(demonstrated, 4) == 5
    assert clauses(demonstrated, 5) == clauses(demonstrated, 1)
    assert fates(demonstrated)[15] == ("submitted", None, 5, None)


def test_an_imported_version_can_be_taken_back(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        data = text(demonstrated, 1).replace("six months", "four months").encode()
        importing.import_version(
            db.session, data=data, slug=SLUG, message="", now=NOW, progress=lambda _said: None
        )  # fmt: skip
    assert fates(demonstrated)[15][3] == "needs_author"
    assert revoke(demonstrated, 2) == 3
    assert text(demonstrated, 3) == text(demonstrated, 1)
    assert fates(demonstrated)[15] == ("submitted", None, 3, None)


def test_what_cannot_be_taken_back_is_said_in_a_sentence_and_nothing_is_stored(demonstrated: Flask) -> None:
    with pytest.raises(FirstVersion, match="Version 1 cannot be revoked"):
        revoke(demonstrated, 1)
    issue(demonstrated, "facilitator", 15)
    before = stored(demonstrated)
    with pytest.raises(NotTheLatest, match="Version 1 cannot be revoked: version 2 was issued since"):
        revoke(demonstrated, 1)
    with pytest.raises(NotTheLatest):
        revoke(demonstrated, 2, expected=1)
    with pytest.raises(NoSuchVersion):
        revoke(demonstrated, 7)
    with pytest.raises(RoleMayNot):
        revoke(demonstrated, 2, name="civil")
    person = user_id(demonstrated, "facilitator")
    with demonstrated.app_context(), pytest.raises(NoReasonToRevoke):
        revoking.revoke(
            db.session, slug=SLUG, version=2, reason=" ", expected_version=2, user_id=person, now=NOW
        )  # fmt: skip
    assert stored(demonstrated) == before


def test_a_published_version_is_taken_back_and_its_publication_stays(demonstrated: Flask) -> None:
    issue(demonstrated, "facilitator", 15)
    publish(demonstrated, 2)
    client = signed_in(demonstrated, "facilitator")
    page = shown(client.get(f"{LAW}/versions/2/revoke"))
    assert "Publication 1 stays" in page
    revoke(demonstrated, 2)
    assert "thirty days" in demonstrated.test_client().get(f"/publications/{SLUG}/1").text


def test_the_page_lists_what_will_happen_and_the_versions_say_what_did(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "facilitator")
    assert f"{LAW}/versions/1/revoke" not in client.get(LAW).text
    issue(demonstrated, "facilitator", 15)
    bound = propose(demonstrated, "civil", "art_18__para_2", lambda body: body.replace("thirty", "forty"), base=2)
    assert f"{LAW}/versions/2/revoke" in client.get(LAW).text
    assert f"{LAW}/versions/2/revoke" not in signed_in(demonstrated, "civil").get(LAW).text
    page = shown(client.get(f"{LAW}/versions/2/revoke"))
    returning, onwards = page.split('id="returning-head"')[1].split('id="onwards-head"')
    assert [n for n in range(1, bound + 1) if f'/amendments/{n}"' in returning] == [15]
    assert [n for n in range(1, bound + 1) if f'/amendments/{n}"' in onwards] == [bound]
    refused = client.post(f"{LAW}/versions/2/revoke", data={"expected_version": "2", "reason": " "})
    assert (refused.status_code, "Say why" in shown(refused)) == (422, True)
    done = client.post(f"{LAW}/versions/2/revoke", data={"expected_version": "2", "reason": "Wrong file."})
    assert (done.status_code, done.location) == (303, f"{LAW}/versions/3")
    latest = shown(client.get(LAW))
    assert "revokes version 2" in latest
    assert "revoked by version 3" in latest
    assert "revoked by version 3" in shown(client.get(f"{LAW}/versions/2"))
    again = client.post(f"{LAW}/versions/2/revoke", data={"expected_version": "2", "reason": "Wrong file."})
    assert (again.status_code, "version 3 was issued since" in shown(again)) == (409, True)
    assert client.get(f"{LAW}/compare?old=1&new=2").status_code == 200
    assert client.get(f"{LAW}/compare?old=2&new=3").status_code == 200


def test_of_one_who_issues_and_one_who_takes_back_in_the_same_moment_one_is_told(demonstrated: Flask) -> None:
    issue(demonstrated, "facilitator", 15)
    latest = 2
    for chosen in (13, 10, 8):
        results = at_once(
            demonstrated,
            lambda number=chosen, expected=latest: issue(demonstrated, "facilitator", number, expected=expected),
            lambda expected=latest: revoke(demonstrated, expected, name="administrator"),
        )
        assert sorted(type(result).__name__ for result in results) in (
            ["IssuedMeanwhile", "int"], ["NotTheLatest", "int"],
        )  # fmt: skip
        latest += 1
        assert [result for result in results if not isinstance(result, Refusal)] == [latest]
    assert version_numbers(demonstrated) == [5, 4, 3, 2, 1]
    assert first_broken_link(chain(demonstrated)) is None


def test_whoever_withdraws_while_it_is_issued_is_told_or_it_is_not_issued(demonstrated: Flask) -> None:
    for latest, number in enumerate((1, 13), start=1):
        results = at_once(
            demonstrated,
            lambda chosen=number, expected=latest: issue(demonstrated, "facilitator", chosen, expected=expected),
            lambda chosen=number: withdraw(demonstrated, "civil", chosen),
        )
        state = fates(demonstrated)[number][0]
        refused = [str(result) for result in results if isinstance(result, Refusal)]
        if state == "adopted":
            assert refused == [f"Amendment A{number} is adopted and can no longer become withdrawn."]
        else:
            assert state == "withdrawn"
            assert refused == [
                f"A{number} can no longer be chosen: withdrawn, decided, or in need of its author meanwhile."
            ]
        if version_numbers(demonstrated)[0] == latest:
            break
    assert first_broken_link(chain(demonstrated)) is None


def reword(app: Flask, number: int, old: str, new: str) -> None:
    """What a rewording leaves in the database: other edits for the same version, under the next revision."""
    with app.app_context():
        row = amendments.find(db.session, find_draft(db.session, SLUG).id, number)
        where = (EditRow.amendment_id == row.id, EditRow.base_version == row.base_version)
        edit = db.session.scalars(select(EditRow).where(*where)).one()
        edit.new = edit.new.replace(old, new)
        row.revision += 1
        db.session.commit()


def test_what_was_reworded_since_is_carried_and_not_overwritten(demonstrated: Flask) -> None:
    issue(demonstrated, "facilitator", 15)
    reword(demonstrated, 1, "twelve", "ten")
    assert revoke(demonstrated, 2) == 3
    assert fates(demonstrated)[1] == ("submitted", None, 3, "unchanged")
    ((_, _, (edit,)),) = standing(demonstrated, 1)
    assert isinstance(edit, ReplaceWords)
    assert edit.new == "immediately and in any case within ten hours"
    assert chain(demonstrated)[-1].facts["carried"] == {"A1": "unchanged"}
    assert revoke(demonstrated, 3) == 4
    assert fates(demonstrated)[15][:2] == ("adopted", 2)
    assert standing(demonstrated, 1)[0][2][0] == edit
