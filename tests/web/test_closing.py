"""Closing clauses on the pages: answers, reopening, links, printed words and their annex; what was typed comes back."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.product import LAW, clause_ids, fingerprint_in, shown, signed_in
from tests.services.closing_deeds import answer, attach, everybody, link, reopen
from tests.services.deeds import issue, submit
from tests.services.deeds import words as otherwise
from tests.services.stances import PARA, call_about, state
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)

OTHER = "art_12__para_1"


@pytest.fixture
def at(demonstrated: Flask) -> str:
    return f"{LAW}/clauses/{clause_ids(demonstrated)[PARA]}"


def news(client: FlaskClient) -> str:
    return shown(client.get(f"{LAW}/news"))


def test_an_objection_is_answered_on_the_page_of_its_clause_and_the_objector_is_told(
    demonstrated: Flask, at: str
) -> None:
    made = state(demonstrated, "interior", step=6, reason="Money.")
    facilitator, interior = signed_in(demonstrated, "facilitator"), signed_in(demonstrated, "interior")
    page = facilitator.get(at).text
    assert "Not answered yet." in page
    assert "Answer the objection" not in interior.get(at).text
    here = {"clause": at.rpartition("/")[2]}
    refused = facilitator.post(
        f"{LAW}/positions/{made}/answer", data={**here, "text": "Kept <b>here</b>.", "change": "X"}
    )
    page = shown(refused)
    assert refused.status_code == 422
    assert "“X” is neither an amendment of this draft" in page
    assert "\nKept <b>here</b>.</textarea>" in page
    assert 'name="change" maxlength="40" autocomplete="off" value="X"' in page
    sent = facilitator.post(
        f"{LAW}/positions/{made}/answer", data={**here, "text": "It is <b>paid</b> for.", "change": "A1"}
    )
    assert (sent.status_code, sent.location) == (303, f"{at}#position-{made}")
    page = signed_in(demonstrated, "observer").get(at).text
    assert "It is &lt;b&gt;paid&lt;/b&gt; for." in page
    assert "The objection is answered once this change stands in the text." in page
    assert "answered the objection of" in news(interior)
    assert "(changed by A1)" in news(interior)
    assert "Our objections that were answered" in interior.get(f"{LAW}/positions").text
    number = re.search(r"/answers/(\d+)/maintain", interior.get(at).text)
    assert number is not None
    assert interior.post(f"{LAW}/answers/{number[1]}/maintain", data=here).location == f"{at}#answer-{number[1]}"
    assert "maintains its objection" in news(facilitator)
    assert "Our objections that were answered" not in interior.get(f"{LAW}/positions").text


def test_an_answer_to_what_is_no_objection_any_more_is_not_lost(demonstrated: Flask, at: str) -> None:
    made = state(demonstrated, "interior", step=6, reason="Money.")
    state(demonstrated, "interior", step=1)
    form = {"clause": at.rpartition("/")[2], "text": "It is paid for."}
    refused = signed_in(demonstrated, "facilitator").post(f"{LAW}/positions/{made}/answer", data=form)
    assert refused.status_code == 409
    assert "taken back or replaced by another position" in shown(refused)
    assert "It is paid for.</textarea>" in shown(refused)


def test_objections_on_amendments_and_whole_versions_are_answered_where_they_stand(demonstrated: Flask) -> None:
    facilitator = signed_in(demonstrated, "facilitator")
    interior = signed_in(demonstrated, "interior")
    for page, form in ((f"{LAW}/amendments/1", {"amendment": "1"}), (f"{LAW}/positions", {})):
        said = {"words": fingerprint_in(interior, page), "step": "6", "reason": "No."}
        address = f"{page}/positions" if form else page
        assert interior.post(address, data=said).status_code == 303
        number = re.findall(r"/positions/(\d+)/answer", facilitator.get(page).text)[-1]
        refused = facilitator.post(f"{LAW}/positions/{number}/answer", data=form)
        assert (refused.status_code, "Write what the group replies" in refused.text) == (422, True)
        sent = facilitator.post(f"{LAW}/positions/{number}/answer", data={**form, "text": "So."})
        assert sent.location == f"{page}#position-{number}"


def test_what_a_hidden_call_hides_is_not_answered_or_offered_for_print(demonstrated: Flask, at: str) -> None:
    call_about(demonstrated, PARA, hidden=True)
    made = state(demonstrated, "interior", step=6, reason="A secret reason.")
    facilitator = signed_in(demonstrated, "facilitator")
    answers = [
        facilitator.post(f"{LAW}/positions/{number}/answer", data={"text": "So."}) for number in (made, made + 1)
    ]  # fmt: skip
    assert [one.status_code for one in answers] == [404, 404]
    told = [re.sub(r'name="csrf_token" value="[^"]*"', "", one.text) for one in answers]
    assert told[0] == told[1].replace(f"/{made + 1}/", f"/{made}/")
    assert "/answer" not in facilitator.get(at).text
    everybody(demonstrated)
    civil = signed_in(demonstrated, "civil")
    form = {"words": fingerprint_in(civil, at), "kind": "reservation", "text": "Typed words."}
    refused = civil.post(f"{at}/explanations", data=form)
    assert (refused.status_code, "Typed words.</textarea>" in shown(refused)) == (409, True)
    refused = civil.post(f"{at}/reopen", data={"reason": "Typed reason."})
    assert (refused.status_code, "Typed reason.</textarea>" in shown(refused)) == (409, True)


def test_a_clause_is_reopened_and_all_who_agreed_are_told(demonstrated: Flask, at: str) -> None:
    everybody(demonstrated)
    civil = signed_in(demonstrated, "civil")
    assert "Reopen it" in civil.get(at).text
    assert "Reopen it" not in signed_in(demonstrated, "un").get(at).text
    refused = civil.post(f"{at}/reopen", data={"reason": "a" * 2001})
    assert (refused.status_code, "a" * 2001 in refused.text) == (422, True)
    assert civil.post(f"{at}/reopen", data={"reason": "New figures."}).location == f"{at}#positions"
    page = shown(signed_in(demonstrated, "observer").get(at))
    assert "New figures." in page
    assert "state-reopened" in page
    assert "The text changed. These spoke" not in page
    assert ": what was said is to be said again" in news(signed_in(demonstrated, "interior"))
    assert ": what was said is to be said again" not in news(signed_in(demonstrated, "un"))


def test_a_change_after_agreement_says_whose_positions_lapsed_and_one_of_setting_is_confirmed_in_one_press(
    demonstrated: Flask, at: str
) -> None:
    everybody(demonstrated)
    everybody(demonstrated, "art_18__para_2")
    observer, interior, facilitator = (
        signed_in(demonstrated, name) for name in ("observer", "interior", "facilitator")
    )
    assert "state-agreed" in observer.get(at).text
    setting = submit(demonstrated, "civil", otherwise(demonstrated, PARA, " ", "\u00a0"))
    issue(demonstrated, "facilitator", 15, setting)
    for address in (at, f"{LAW}/clauses/{clause_ids(demonstrated, number=2)['art_18__para_2']}"):
        page = shown(observer.get(address))
        assert "state-agreed" not in page
        lapsed = re.search(r"These spoke on an earlier one and do not count any more:(.*?)</p>", page)
        assert lapsed is not None
        assert re.findall(r">([A-Z]+)</abbr>", lapsed[1]) == ["MVD", "GPO", "NPM", "AKY", "CSO"]
    assert "Confirm the 1 position whose text changed in its setting only" in interior.get(f"{LAW}/positions").text
    assert interior.post(f"{LAW}/positions/unchanged").status_code == 303
    assert "Enter for all: 4 positions hold" in facilitator.get(f"{LAW}/positions").text
    assert facilitator.post(f"{LAW}/positions/unchanged", data={"of_all": "1"}).status_code == 303
    assert "state-agreed" in observer.get(at).text
    assert "Enter for all" not in facilitator.get(f"{LAW}/positions").text


def test_clauses_are_linked_from_a_list_and_the_link_is_dissolved(demonstrated: Flask, at: str) -> None:
    facilitator, other = signed_in(demonstrated, "facilitator"), clause_ids(demonstrated)[OTHER]
    assert "Link it with other clauses" in facilitator.get(at).text
    assert "Link it with other clauses" not in signed_in(demonstrated, "civil").get(at).text
    refused = facilitator.post(f"{at}/package", data={"with": [other], "numbers": "999", "reason": "One bargain."})
    page = shown(refused)
    assert (refused.status_code, "“999” names no clause of this text" in page) == (422, True)
    assert f'value="{other}" checked' in page
    assert "One bargain.</textarea>" in page
    sent = facilitator.post(f"{at}/package", data={"with": [other], "numbers": "13(2)", "reason": "One bargain."})
    assert sent.location == f"{at}#linked"
    page = shown(signed_in(demonstrated, "civil").get(f"{LAW}/clauses/{other}"))
    assert "Nothing of it is agreed until all of it is." in page
    assert "Article 13(2)" in page
    assert "they are agreed only together" in news(signed_in(demonstrated, "un"))
    found = re.search(r"/packages/(\d+)/dissolve", facilitator.get(at).text)
    assert found is not None
    form = {"clause": at.rpartition("/")[2]}
    refused = facilitator.post(f"{LAW}/packages/{found[1]}/dissolve", data=form)
    assert (refused.status_code, "Say why, in a word" in refused.text) == (422, True)
    assert facilitator.post(f"{LAW}/packages/{found[1]}/dissolve", data={**form, "reason": "Apart."}).status_code == 303
    assert "One bargain." not in facilitator.get(at).text
    assert facilitator.post(f"{LAW}/packages/{found[1]}/dissolve", data={**form, "reason": "Apart."}).status_code == 404


def test_a_reservation_is_offered_with_the_step_printed_and_withdrawn(demonstrated: Flask, at: str) -> None:
    civil = signed_in(demonstrated, "civil")
    state(demonstrated, "civil", step=3, reason="We =need <b>boxes</b>.")
    form = re.search(
        r"<form[^>]*explanations[^>]*>(?:(?!</form>).)*Have this reservation printed", civil.get(at).text, re.DOTALL
    )
    assert form is not None
    fields = {"text": "We =need <b>boxes</b>.", **dict(re.findall(r'name="(kind|words)" value="([^"]*)"', form[0]))}
    sent = civil.post(f"{at}/explanations", data=fields)
    assert (sent.status_code, sent.location) == (303, f"{at}#explanation-1")
    assert "Have this reservation printed" not in civil.get(at).text
    refused = civil.post(f"{at}/explanations", data={**fields, "kind": "explanation", "words": "", "text": "Typed."})
    assert (refused.status_code, "Typed.</textarea>" in shown(refused)) == (409, True)
    assert 'value="explanation" required checked' in refused.text
    observer = signed_in(demonstrated, "observer")
    page = observer.get(f"{LAW}/annex").text
    assert "We =need &lt;b&gt;boxes&lt;/b&gt;." in page
    assert "Article 14(1)" in page
    table = observer.get(f"{LAW}/annex.csv")
    assert table.data.startswith("\ufeffClause,Institution,".encode())
    assert "Article 14(1),Civil Society Coalition (demo),reservation,We =need <b>boxes</b>.,1," in table.text
    markdown = observer.get(f"{LAW}/annex.md").text
    assert "## Article 14(1)" in markdown
    assert "> We =need \\<b\\>boxes\\</b\\>." in markdown
    state(demonstrated, "civil", step=1)
    follower = signed_in(demonstrated, "interior")
    follower.post(f"{at}/follow", data={"do": "follow"})
    assert "has a reservation printed with" in news(follower)
    assert civil.post(f"{LAW}/explanations/1/withdraw").location == f"{at}#explanations"
    assert "We =need" not in observer.get(f"{LAW}/annex").text
    assert "1 withdrawn" in shown(observer.get(at))


def test_pages_take_as_many_statements_however_much_is_said(demonstrated: Flask, at: str) -> None:
    client = signed_in(demonstrated, "facilitator")
    addresses = (at, f"{LAW}/annex", f"{at}/package", f"{LAW}/positions", f"{LAW}/amendments/1")

    def counted() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with statements(demonstrated) as made:
                assert client.get(address).status_code == 200
            found.append(len(made))
        return found

    everybody(demonstrated)
    answer(demonstrated, state(demonstrated, "interior", step=6, reason="No."), "So.")
    link(demonstrated, PARA, OTHER)
    attach(demonstrated, "civil")
    everybody(demonstrated, OTHER)
    reopen(demonstrated, "civil", OTHER)
    few = counted()
    for number in range(3):
        answer(demonstrated, state(demonstrated, "interior", step=6, reason=f"No {number}."), change="A15")
        link(demonstrated, PARA, numbers=f"{number + 1}, 20")
        for name in ("civil", "interior", "ombudsman"):
            attach(demonstrated, name, text=f"Words {number}.")
            attach(demonstrated, name, "art_18__para_2", text=f"Words {number}.")
    assert counted() == few
