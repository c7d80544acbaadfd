"""What cannot be used in the forms of an amendment's page is refused in a sentence, and what was typed comes back."""

from flask import Flask

from tests.product import LAW, shown, signed_in, stored

pytest_plugins = ["tests.demonstration"]
A1 = f"{LAW}/amendments/1"
TOO_LARGE = 10**30
WRONG = (
    (f"{LAW}/amendments/{TOO_LARGE}/withdraw", {}, 404, ""),
    (f"{A1}/links/{TOO_LARGE}/remove", {}, 404, ""),
    (f"{A1}/links", {"other": str(TOO_LARGE), "kind": "depends_on", "reason": "So."}, 404, "There is no amendment"),
    (f"{A1}/links", {"other": "x", "kind": "depends_on", "reason": "So."}, 404, "There is no amendment A0"),
    (f"{A1}/links", {"other": "4", "kind": "depends_on", "reason": "long " * 500}, 422, "longer than 2000 characters"),
    (f"{A1}/links", {"other": "4", "kind": "depends_on", "reason": "So\0"}, 422, "a null character"),
    (f"{A1}/links", {"other": "4", "kind": "amends", "reason": "So."}, 422, "Say how they are linked"),
    (f"{A1}/sponsors", {"institution": "A\0"}, 404, "has no seat at this table"),
    (f"{A1}/sponsors", {}, 404, "has no seat at this table"),
    (f"{A1}/counter-texts/{TOO_LARGE}/answer", {"answer": "accepted"}, 404, ""),
    (f"{A1}/amended-by/2/answer", {"answer": "accepted", "revision": "x"}, 404, "are not linked in this way"),
)


def test_what_cannot_be_used_is_refused_and_nothing_is_stored(demonstrated: Flask) -> None:
    civil, before = signed_in(demonstrated, "civil"), stored(demonstrated)
    for path, form, status, said in WRONG:
        answer = civil.post(path, data=form)
        assert (answer.status_code, said in shown(answer)) == (status, True), (path, form)
    assert stored(demonstrated) == before


def test_a_refused_form_comes_back_open_with_what_was_typed(demonstrated: Flask) -> None:
    typed = {"other": "1", "kind": "conflicts_with", "reason": "Each would empty the other."}
    answer = signed_in(demonstrated, "civil").post(f"{A1}/links", data=typed)
    assert answer.status_code == 422
    page = shown(answer)
    assert "An amendment cannot be linked to itself." in page
    assert "Each would empty the other.</textarea>" in page
    assert '<option value="conflicts_with" selected>' in page
