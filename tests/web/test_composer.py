"""The composer's form: several clauses with numbered fields, everything typed comes back, each refusal in a sentence."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.edits import InsertClauses
from app.services.meaning import clause_called
from app.store import versions
from app.store.db import db
from app.store.memberships import find_draft
from tests.product import LAW, SLUG, clause_ids, shown, signed_in, stored
from tests.services.deeds import standing
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]


def three(app: Flask) -> dict[str, str]:
    """Three clauses: words, an insertion, a move."""
    at = clause_ids(app)
    return {
        "base_version": "1", "rationale": "kept reason",
        "part-0-clause": at["art_14__para_1"], "part-0-operation": "words", "part-0-text": "First words.",
        "part-1-clause": at["art_13__para_4"], "part-1-operation": "insert", "part-1-text": "5. Second words.",
        "part-2-clause": at["art_13__para_2"], "part-2-operation": "move", "part-2-target": "13(3)",
        "part-2-place": "after",
    }  # fmt: skip


def composer(app: Flask) -> str:
    return f"{LAW}/clauses/{clause_ids(app)['art_14__para_1']}/propose"


def heads(page: str) -> list[str]:
    return re.findall(r'<h2 id="part-\d-head"><span lang="en">([^<]*)</span>', page)


def test_three_clauses_are_looked_at_and_submitted_as_one_amendment(demonstrated: Flask) -> None:
    civil, form = signed_in(demonstrated, "civil"), three(demonstrated)
    page = shown(civil.post(composer(demonstrated), data=form))
    assert heads(page) == ["Article 14(1)", "Article 13(4)", "Article 13(2)"]
    assert "Read as 1 clause" in page
    assert '<span class="meta">paragraph</span> <span class="change-label" lang="en">5.</span>' in page
    answer = civil.post(composer(demonstrated), data=form | {"do": "submit", "sponsor": "AKY"})
    assert (answer.status_code, answer.location) == (303, f"{LAW}/amendments/16")
    page = shown(civil.get(answer.location))
    for word in ("First", "Second", "moves", "invited, no answer yet"):
        assert word in page


def test_a_clause_is_added_by_its_number_and_taken_out_again_and_what_was_typed_stays(demonstrated: Flask) -> None:
    civil, form = signed_in(demonstrated, "civil"), three(demonstrated)
    page = shown(civil.post(composer(demonstrated), data=form | {"do": "add", "add": "art. 15"}))
    assert heads(page)[-1] == "Article 15"
    assert 'id="part-3-text"' in page
    assert "Investigation on the Office's own initiative</textarea>" in page
    assert "First words.</textarea>" in page
    page = shown(civil.post(composer(demonstrated), data=form | {"do": "next", "add": "13(1)"}))
    assert heads(page)[-1] == "Article 13(1)"
    page = shown(civil.post(composer(demonstrated), data=form | {"do": "remove-0"}))
    assert heads(page) == ["Article 13(4)", "Article 13(2)"]
    assert "First words." not in page
    assert "5. Second words.</textarea>" in page
    answer = civil.post(composer(demonstrated), data=form | {"do": "add", "add": "99(9)"})
    assert (answer.status_code, "“99(9)” names no clause of this text" in shown(answer)) == (422, True)
    assert 'value="99(9)"' in answer.text


WRONG: tuple[tuple[dict[str, str], int, str, str], ...] = (
    ({"part-1-text": " "}, 422, "Part 2 (4.): Nothing is to be inserted", "First words."),
    ({"part-2-target": "99(9)"}, 422, "Part 3 (2.): “99(9)” names no clause of this text", "5. Second words."),
    ({"part-2-target": ""}, 422, "Part 3 (2.): Say where the clause is to stand.", "5. Second words."),
    ({"part-2-operation": "explode"}, 422, "Part 3 (2.): “explode” is no way to amend a clause.", "First words."),
    ({"part-2-clause": "nowhere"}, 422, "Part 3 (?): This clause does not exist in the draft.", "First words."),
    ({"part-0-clause": "nowhere"}, 422, "Part 1 (?): This clause does not exist in the draft.", "First words."),
    ({"part-1-text": "5. Second\0"}, 422, "Part 2 (4.): The text is longer than 1000000 characters", "First words."),
    ({"rationale": " "}, 422, "Say why: an amendment needs its reason", "5. Second words."),
    ({"base_version": "0"}, 409, "meanwhile version 1 was issued", "5. Second words."),
    ({"sponsor": "NOBODY"}, 404, "“NOBODY” has no seat at this table", "5. Second words."),
    ({"sponsor": "CSO\0"}, 404, "has no seat at this table", "5. Second words."),
)


def test_what_cannot_be_used_is_said_of_its_part_and_everything_typed_comes_back(demonstrated: Flask) -> None:
    civil, before = signed_in(demonstrated, "civil"), stored(demonstrated)
    for form, status, said, kept in WRONG:
        answer = civil.post(composer(demonstrated), data=three(demonstrated) | {"do": "submit"} | form)
        page = shown(answer)
        assert (answer.status_code, said in page, kept in page) == (status, True, True), form
    assert stored(demonstrated) == before


def test_more_parts_than_an_amendment_may_have_are_refused(demonstrated: Flask) -> None:
    form = three(demonstrated) | {f"part-{number}-clause": "nowhere" for number in range(3, 502)}
    answer = signed_in(demonstrated, "civil").post(composer(demonstrated), data=form | {"do": "submit"})
    assert (answer.status_code, "An amendment may have 500 parts." in shown(answer)) == (422, True)


def draft_of(client: FlaskClient, app: Flask) -> str:
    answer = client.post(composer(app), data=three(app) | {"do": "save", "rationale": ""})
    assert (answer.status_code, answer.location) == (303, f"{LAW}/amendments/16/reword")
    return str(answer.location)


def test_a_draft_is_seen_by_its_institution_alone_written_on_and_submitted(demonstrated: Flask) -> None:
    civil, interior = (signed_in(demonstrated, name) for name in ("civil", "interior"))
    at = draft_of(civil, demonstrated)
    page = shown(civil.get(at))
    assert heads(page) == ["Article 14(1)", "Article 13(4)", "Article 13(2)"]
    assert "Only your institution sees it until it is submitted." in page
    assert 'value="Article 13(3)"' in page
    assert "Continue writing" in shown(civil.get(f"{LAW}/amendments/16"))
    for path in (at, f"{LAW}/amendments/16"):
        assert interior.get(path).status_code == 404
    assert interior.post(at, data=three(demonstrated) | {"revision": "1", "do": "submit"}).status_code == 404
    assert "A16" not in interior.get(f"{LAW}/amendments").text
    answer = civil.post(at, data=three(demonstrated) | {"revision": "1", "do": "submit"})
    assert (answer.status_code, answer.location) == (303, f"{LAW}/amendments/16")
    assert interior.get(f"{LAW}/amendments/16").status_code == 200


@pytest.mark.parametrize("meanwhile", ["reworded", "withdrawn"])
def test_words_for_an_amendment_that_moved_on_come_back_with_a_sentence(demonstrated: Flask, meanwhile: str) -> None:
    civil, at = signed_in(demonstrated, "civil"), f"{LAW}/amendments/1/reword"
    form = three(demonstrated) | {"revision": "1", "do": "submit"}
    if meanwhile == "reworded":
        assert civil.post(at, data=form).status_code == 303
        said = "A1 was reworded while you wrote. Nothing was stored over it"
    else:
        assert civil.post(f"{LAW}/amendments/1/withdraw").status_code == 303
        said = "Amendment A1 is withdrawn, so this can no longer be done."
    answer = civil.post(at, data=form | {"part-0-text": "My own words."})
    page = shown(answer)
    assert (answer.status_code, said in page, "My own words." in page) == (409, True, True)
    if meanwhile == "reworded":
        assert 'name="revision" value="2"' in page
        answer = civil.post(at, data=form | {"part-0-text": "My own words.", "revision": "2"})
        assert answer.status_code == 303


def test_other_words_for_an_amendment_and_a_counter_text_begin_from_what_others_wrote(demonstrated: Flask) -> None:
    prosecutor, facilitator = (signed_in(demonstrated, name) for name in ("prosecutor", "facilitator"))
    page = shown(prosecutor.get(f"{LAW}/amendments/1/amend"))
    assert "immediately and in any case within twelve hours of its receipt.</textarea>" in page
    form = {
        "base_version": "1", "clause": clause_ids(demonstrated)["art_13__para_1"], "operation": "words",
        "text": "Words between.", "rationale": "A reason.", "do": "submit",
    }  # fmt: skip
    assert prosecutor.post(f"{LAW}/amendments/1/amend", data=form).location == f"{LAW}/amendments/16"
    assert "Other words for" in shown(prosecutor.get(f"{LAW}/amendments/16"))
    page = shown(facilitator.get(f"{LAW}/amendments/bridge?of=1&of=2"))
    assert "A counter-text to A1, A2" in page
    assert "within forty-eight hours" in page
    answer = facilitator.post(f"{LAW}/amendments/bridge?of=1&of=2", data=form)
    assert (answer.status_code, answer.location) == (303, f"{LAW}/amendments/17")
    assert "Offered as a bridge to" in shown(facilitator.get(f"{LAW}/amendments/17"))
    assert facilitator.get(f"{LAW}/amendments/bridge?of=99").status_code == 404


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_the_composer_asks_the_same_however_many_amendments_there_are(demonstrated: Flask) -> None:
    civil, form = signed_in(demonstrated, "civil"), three(demonstrated)
    paths = (composer(demonstrated), f"{LAW}/amendments/1/reword", f"{LAW}/amendments/2/amend")

    def counted() -> list[int]:
        counts = []
        for path in paths:
            civil.get(path)
            with statements(demonstrated) as made:
                assert civil.get(path).status_code == 200
            counts.append(len(made))
        return counts

    few = counted()
    for _ in range(3):
        assert civil.post(composer(demonstrated), data=form | {"do": "submit"}).status_code == 303
    assert counted() == few


def plain(app: Flask, address: str, **more: str) -> dict[str, str]:
    """One clause, as a form without script sends it."""
    return {"base_version": "1", "clause": clause_ids(app)[address], "rationale": "A reason.", "do": "submit", **more}


def test_new_clauses_pasted_from_word_without_script_are_written_as_the_law_writes_them(demonstrated: Flask) -> None:
    civil, at = signed_in(demonstrated, "civil"), composer(demonstrated)
    pasted = "3.\tThe chan\u00adnels are:\r\n1)\tfree;\r\n2)\tsecret."
    form = plain(demonstrated, "art_14__para_2", operation="insert", insertion=pasted)
    page = shown(civil.post(at, data=form | {"do": "preview"}))
    assert "Read as 3 clauses" in page
    assert "Tabs became spaces. A blank line was put between paragraphs. Items were indented as in the law." in page
    assert "3.\tThe chan\u00adnels are:" in page  # what was typed comes back as it was
    assert civil.post(at, data=form).location == f"{LAW}/amendments/16"
    ((_, _, edits),) = standing(demonstrated, 16)
    written = "3. The channels are:\n\n   1) free;\n\n   2) secret.\n\n"
    assert edits == (InsertClauses(form["clause"], written),)
    typed = "3. Typed by hand,\nin two lines,  as it is."
    civil.post(at, data=form | {"insertion": typed})
    ((_, _, edits),) = standing(demonstrated, 17)
    assert edits == (InsertClauses(form["clause"], typed + "\n\n"),)


def test_headings_that_come_and_go_are_shown_without_the_marks_of_markdown(demonstrated: Flask) -> None:
    civil = signed_in(demonstrated, "civil")
    typed = "## Chapter 2A. Duties\n\n### Article 10A. Duty\n\n1. All answer."
    at = f"{LAW}/clauses/{clause_ids(demonstrated)['chp_2']}/propose"
    chapter = {
        "base_version": "1",
        "rationale": "A chapter.",
        "operation": "insert",
        "insertion": typed,
        "do": "submit",
    }
    assert civil.post(at, data=chapter).location == f"{LAW}/amendments/16"
    gone = f"{LAW}/clauses/{clause_ids(demonstrated)['art_17']}/propose"
    assert "#" not in shown(civil.get(gone)).partition("change-text for-delete")[2].partition("</p>")[0]
    deletion = {"base_version": "1", "rationale": "No use.", "operation": "delete", "do": "submit"}
    assert civil.post(gone, data=deletion).location == f"{LAW}/amendments/17"
    for address in ("/amendments", "/amendments/16", "/amendments/17", "/amendments.csv"):
        page = shown(civil.get(f"{LAW}{address}"))
        assert ("## " in page, "Article 10A. Duty" in page or "Article 17. Time limits" in page) == (False, True), (
            address
        )
    assert typed in shown(civil.get(f"{LAW}/amendments/16/reword"))


def test_the_clauses_to_choose_for_a_move_each_lead_to_the_clause_they_name(demonstrated: Flask) -> None:
    page = shown(signed_in(demonstrated, "civil").get(composer(demonstrated)))
    listed = page.partition('<datalist id="targets">')[2].partition("</datalist>")[0]
    options = re.findall(r'<option value="([^"]+)">([^<]*)</option>', listed)
    assert len(options) > 150
    assert options[0] == ("Chapter 1", "General provisions")
    with demonstrated.app_context():
        draft = find_draft(db.session, SLUG)
        law = {one.id: one.clause for one in versions.clauses_of(db.session, draft.id, draft.language, 1)}
        led = [law[clause_called(law, draft, typed)].body for typed, _ in options]
    elsewhere = [typed for (typed, words), body in zip(options, led, strict=True) if not body.startswith(words[:-2])]
    assert elsewhere == []


def test_new_clauses_before_everything_are_composed_previewed_and_reworded(demonstrated: Flask) -> None:
    civil, at = signed_in(demonstrated, "civil"), composer(demonstrated)
    form = plain(demonstrated, "title", operation="insert", insertion="A preamble.", place="before")
    assert "Read as 1 clause" in shown(civil.post(at, data=form | {"do": "preview"}))
    assert civil.post(at, data=form).location == f"{LAW}/amendments/16"
    page = shown(civil.get(f"{LAW}/amendments/16/reword"))
    assert "A preamble.</textarea>" in page
    assert '<option value="before" selected>' in page
    other = form | {"insertion": "Another preamble.", "revision": "1"}
    assert civil.post(f"{LAW}/amendments/16/reword", data=other).location == f"{LAW}/amendments/16"
    contested = signed_in(demonstrated, "interior").post(at, data=form | {"do": "preview"})
    assert "Others contest these words:" in shown(contested)


def test_unsent_text_goes_in_the_transaction_that_takes_what_was_sent(demonstrated: Flask) -> None:
    civil, facilitator = signed_in(demonstrated, "civil"), signed_in(demonstrated, "facilitator")
    form = plain(demonstrated, "art_13__para_1", text="Other words.")

    def kept(client: FlaskClient, place: str) -> bool:
        client.post(f"{LAW}/unsent?place={place}", data={"text": "Not sent."})
        return bool(client.get(f"{LAW}/unsent?place={place}").json["fields"])  # type: ignore[index]

    ways = (
        (civil, composer(demonstrated), {"do": "save"}), (civil, f"{LAW}/amendments/16/reword", {"revision": "1"}),
        (civil, f"{LAW}/amendments/2/amend", {}), (facilitator, f"{LAW}/amendments/bridge?of=1&of=2", {}),
    )  # fmt: skip
    for client, path, more in ways:
        place = path.removeprefix(f"{LAW}/").replace("?of=1&of=2", "/1-2")
        assert kept(client, place), place
        assert client.post(path, data=form | {"do": "preview"}).status_code == 200
        assert client.post(path, data=form | {"base_version": "0"}).status_code == 409
        assert client.get(f"{LAW}/unsent?place={place}").json != {"fields": None}
        assert client.post(path, data=form | more).status_code == 303, place
        assert client.get(f"{LAW}/unsent?place={place}").json == {"fields": None}


def test_a_draft_is_discarded_from_its_composer(demonstrated: Flask) -> None:
    civil = signed_in(demonstrated, "civil")
    at = draft_of(civil, demonstrated)
    assert f'formaction="{LAW}/amendments/16/discard"' in civil.get(at).text
    answer = civil.post(f"{LAW}/amendments/16/discard", data=three(demonstrated))
    assert (answer.status_code, answer.location) == (303, f"{LAW}/amendments")
    assert "The draft A16 is discarded." in shown(civil.get(answer.location))
    assert civil.get(at).status_code == 404
