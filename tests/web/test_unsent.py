"""Unsent text on the server: its author's alone, never in the record; and pasted text cleaned as the law writes it."""

import pytest
from flask import Flask

from app.domain.pasting import SENTENCES
from app.web import words
from tests.domain.test_word_paste import WORD
from tests.product import LAW, chain, clause_ids, shown, signed_in, stored

pytest_plugins = ["tests.demonstration"]
AT = f"{LAW}/unsent?place=amendments/everywhere"
TYPED = {"words": "Office", "new": "Bureau", "leave_out": ["a:1", "b:2"], "do": "show", "csrf_token": "secret"}


def test_what_was_typed_is_there_again_without_the_button_and_the_token(demonstrated: Flask) -> None:
    civil = signed_in(demonstrated, "civil")
    assert civil.get(AT).json == {"fields": None}
    assert civil.post(AT, data=TYPED).status_code == 204
    kept = signed_in(demonstrated, "civil").get(AT).json
    assert kept is not None
    assert kept["fields"] == {"words": ["Office"], "new": ["Bureau"], "leave_out": ["a:1", "b:2"]}
    assert kept["saved_at"] <= kept["now"]
    assert civil.post(AT, data={"words": "Bench"}).status_code == 204
    assert civil.get(AT).json["fields"] == {"words": ["Bench"]}  # type: ignore[index]


def test_nobody_else_is_shown_it_and_no_other_form(demonstrated: Flask) -> None:
    assert signed_in(demonstrated, "civil").post(AT, data=TYPED).status_code == 204
    for name in ("interior", "facilitator", "administrator"):
        assert signed_in(demonstrated, name).get(AT).json == {"fields": None}
    other = f"{LAW}/unsent?place=amendments/bridge"
    assert signed_in(demonstrated, "civil").get(other).json == {"fields": None}
    assert signed_in(demonstrated, "interior").post(f"{AT}&discard=1").status_code == 204
    assert signed_in(demonstrated, "civil").get(AT).json != {"fields": None}


def test_it_is_forgotten_when_its_author_says_so_and_never_in_the_record(demonstrated: Flask) -> None:
    civil, before, events = signed_in(demonstrated, "civil"), stored(demonstrated), len(chain(demonstrated))
    civil.post(AT, data=TYPED)
    assert stored(demonstrated)["unsent_texts"][0] == 1
    assert civil.post(f"{AT}&discard=1").status_code == 204
    assert stored(demonstrated) == before
    assert len(chain(demonstrated)) == events


@pytest.mark.parametrize(
    ("place", "form", "said"),
    [
        ("", {"words": "x"}, "it does not say where it stands"),
        ("x" * 121, {"words": "x"}, "it does not say where it stands"),
        ("a%00b", {"words": "x"}, "it does not say where it stands"),
        ("a", {"words": "x\0"}, "it does not say where it stands"),
        ("a", {"wo\0rds": "x"}, "it does not say where it stands"),
        ("a", {"words": "x" * 200_000}, "The form holds more than 200000 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused(demonstrated: Flask, place: str, form: dict[str, str], said: str) -> None:
    civil, before = signed_in(demonstrated, "civil"), stored(demonstrated)
    answer = civil.post(f"{LAW}/unsent?place={place}", data=form)
    assert (answer.status_code, said in shown(answer)) == (422, True)
    assert stored(demonstrated) == before


def test_pasted_text_comes_back_as_the_law_writes_it_with_what_was_done(demonstrated: Flask) -> None:
    civil, before = signed_in(demonstrated, "civil"), stored(demonstrated)
    beside = clause_ids(demonstrated)["art_13__para_1"]
    html = "<p class=MsoNormal>5.\u00a0\u00a0The\u00a0Office\u00ad reports<o:p></o:p></p>"
    found = civil.post(f"{LAW}/cleaned", data={"html": html, "clause": beside}).json
    assert found == {
        "text": "5. The Office reports",
        "notes": [
            "Soft hyphens and other characters that nobody sees were removed.",
            "Special and repeated spaces became single spaces.",
        ],
    }
    whole = civil.post(f"{LAW}/cleaned", data={"html": WORD}).json
    assert whole is not None
    assert "1. Каждый имеет **право**:" in whole["text"]
    assert "mso" not in whole["text"]
    again = civil.post(f"{LAW}/cleaned", data={"html": "", "clause": "nowhere"}).json
    assert again == {"text": "", "notes": []}
    assert stored(demonstrated) == before


def test_what_is_too_large_is_not_cleaned(demonstrated: Flask) -> None:
    answer = signed_in(demonstrated, "civil").post(f"{LAW}/cleaned", data={"html": "x" * 4_000_001})
    assert (answer.status_code, "paste it in pieces" in shown(answer)) == (422, True)


def test_the_page_says_of_every_cleaning_what_the_domain_says(demonstrated: Flask) -> None:
    with demonstrated.test_request_context():
        assert {note: words.cleaning(note.value) for note in SENTENCES} == SENTENCES
