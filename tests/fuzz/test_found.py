"""What wild input once broke, and what is said of it now."""

import io
from datetime import UTC, datetime

import pypdf
import pytest
from flask import Flask

from app.domain.front_matter import BadFrontMatter, read_front_matter
from app.domain.rules import UnusableRule, majority
from app.exports.pdf_typst import typeset
from tests.product import LAW, PUBLISH, SLUG, clause_ids, shown, signed_in
from tests.services.sittings import plan

pytest_plugins = ["tests.demonstration"]
on_a_house = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
LAUGHS = "title: &a [x, x]\nnote: &b [*a, *a]\nversion: [*b, *b]"


@pytest.mark.parametrize(
    "values",
    ["version: 2026-13-45", "version: " + "9" * 5000, "title: !!timestamp x", "title: !!bool x", "title: !!int ''",
     "title: " + "[" * 3000],
)  # fmt: skip
def test_front_matter_with_a_value_that_no_program_reads_is_refused(values: str) -> None:
    with pytest.raises(BadFrontMatter, match="The front matter of the file cannot be used: "):
        read_front_matter(f"---\n{values}\n---\n")


def test_front_matter_has_no_aliases_out_of_which_millions_of_values_could_be_made() -> None:
    with pytest.raises(BadFrontMatter, match=r"it has an alias \(\*\) in it \(line 3\)"):
        read_front_matter(f"---\n{LAUGHS}\n---\n")


@pytest.mark.parametrize("share", ["1e999999999", "1e-999999999", "9" * 5000, "1/0", "٢/٣", "nan"])
def test_a_share_that_takes_hours_to_count_is_refused_at_once(share: str) -> None:
    with pytest.raises(UnusableRule, match="is no share: write it like 2/3"):
        majority(share)


@on_a_house
@pytest.mark.parametrize("host", ["x" * 300, "x" * 64 + ".org"])
def test_a_host_that_no_name_server_knows_is_a_400_and_no_mistake_of_ours(demonstrated: Flask, host: str) -> None:
    answer = demonstrated.test_client().get("/sign-in", headers={"Host": host})
    assert (answer.status_code, answer.text) == (400, "The request could not be understood.")


@on_a_house
def test_words_for_a_call_that_is_over_come_back_with_the_reason(demonstrated: Flask) -> None:
    facilitator, civil = signed_in(demonstrated, "facilitator"), signed_in(demonstrated, "civil")
    call = {"do": "open", "version": "1", "about": "15", "rule": "consensus", "amount": "3", "hidden": "yes"}
    assert facilitator.post(f"{LAW}/calls/open", data=call).status_code == 303
    assert facilitator.post(f"{LAW}/calls/1/call-off", data={"reason": "Too early."}).status_code == 303
    for item in ({}, {"item": "1"}):
        page = civil.post(f"{LAW}/calls/1/answer", data={"step": "6", "reason": "Kept words.", **item})
        assert page.status_code in (409, 422)
        assert ("This was not done." in shown(page), "Kept words.</textarea>" in page.text) == (True, True)


@on_a_house
def test_why_somebody_would_withdraw_what_is_withdrawn_already_comes_back(demonstrated: Flask) -> None:
    facilitator = signed_in(demonstrated, "facilitator")
    assert facilitator.post(f"{LAW}/versions/1/publish", data=PUBLISH).status_code == 303
    address = f"/publications/{SLUG}/1/withdraw"
    assert facilitator.post(address, data={"reason": "A wrong file."}).status_code == 303
    page = facilitator.post(address, data={"reason": "Kept words."})
    assert (page.status_code, "Kept words.</textarea>" in page.text) == (422, True)


@on_a_house
def test_what_somebody_would_put_aside_who_leads_no_session_comes_back(demonstrated: Flask) -> None:
    plan(demonstrated)
    form = {"words": "Kept words.", "owner": "-1180591620717411303423", "owner_words": "0145-02-26", "due": "garbage"}
    page = signed_in(demonstrated, "civil").post(f"{LAW}/sessions/1/park", data=form)
    assert (page.status_code, "Kept words.</textarea>" in page.text) == (422, True)


@on_a_house
@pytest.mark.parametrize("part", [{}, {"part": "nonsense"}])
def test_days_off_come_back_from_a_form_that_does_not_say_which_it_is(
    demonstrated: Flask, part: dict[str, str]
) -> None:
    page = signed_in(demonstrated, "facilitator").post(f"{LAW}/settings", data={"days": "Kept words.", **part})
    assert (page.status_code, "Kept words.</textarea>" in page.text) == (422, True)
    assert "“Kept” is no day: write it like 2026-12-31." in shown(page)


@on_a_house
@pytest.mark.parametrize("answered", ["195379088534923.0", "999999", "nobody"])
def test_a_comment_that_answers_nothing_comes_back_as_a_new_one(demonstrated: Flask, answered: str) -> None:
    civil, clause = signed_in(demonstrated, "civil"), clause_ids(demonstrated)["art_13__para_1"]
    form = {"kind": "-4.95e+126", "mention": "A word", "reply_to": answered, "body": "Kept words."}
    for about in (f"clauses/{clause}", "amendments/1"):
        page = civil.post(f"{LAW}/{about}/comments", data=form)
        assert (page.status_code, page.text.count("Kept words.</textarea>")) == (422, 1), about
        assert page.text.index('id="body-new"') < page.text.index("Kept words.</textarea>"), about
        assert "This was not done." in shown(page), about


def test_a_mark_of_byte_order_inside_a_text_stops_no_pdf() -> None:
    made = typeset("letter", {"letter": "a\ufeffb"}, title="T", language="en", at=datetime(2026, 11, 28, tzinfo=UTC))
    assert "ab" in pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
