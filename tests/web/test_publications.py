"""Pages of publications: who sees which, how files are sent, how a file is checked, what a refused form gives back."""

import hashlib
import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.product import LAW, PUBLISH, SLUG, Copies, shown, signed_in, stored, user_id
from tests.services.deeds import issue
from tests.statements import counted

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
PAGE = f"/publications/{SLUG}"
FORM = f"{LAW}/versions/1/publish"
COLUMNS = ("nobody", "outsider", "observer", "civil", "facilitator", "administrator")
VISIBLE = {
    # publication      status by column
    1: ("public",  "200 200 200 200 200 200"),
    2: ("link",    "404 404 200 200 200 200"),
    3: ("members", "404 404 200 200 200 200"),
}  # fmt: skip
BY_LINK = {"public": "200 200", "link": "200 200", "members": "404 200"}
"""Of somebody who is no member, and of a member, while it may be read by these."""


@pytest.fixture(scope="module")
def app(demonstration: Copies) -> Iterator[Flask]:
    """Three versions, the first published for everybody, the second for whoever has the link, the third for members."""
    with demonstration() as app:
        result = app.test_cli_runner().invoke(
            args=["users", "create", "outsider", "--password", "kelishim-demo", "--draft", f"{SLUG}-ky",
                  "--role", "facilitator"]
        )  # fmt: skip
        assert result.exit_code == 0, result.output
        facilitator = signed_in(app, "facilitator")
        issue(app, "facilitator", 1)
        issue(app, "facilitator", 4, expected=2)
        for number, (visibility, _) in VISIBLE.items():
            form = PUBLISH | {"visibility": visibility, "format": "html"}
            assert facilitator.post(f"{LAW}/versions/{number}/publish", data=form).status_code == 303
        yield app


@pytest.fixture(scope="module")
def people(app: Flask) -> dict[str, FlaskClient]:
    return {name: signed_in(app, name) for name in COLUMNS[1:]} | {"nobody": app.test_client()}


def link(people: dict[str, FlaskClient]) -> str:
    """The address of the second publication by its link, as who may publish is shown it."""
    found = re.search(r'class="permanent" href="[^"]*(/p/[\w-]{32})"', people["facilitator"].get(f"{PAGE}/2").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("number", VISIBLE)
def test_who_sees_a_publication_by_its_number(people: dict[str, FlaskClient], number: int) -> None:
    for name, status in zip(COLUMNS, VISIBLE[number][1].split(), strict=True):
        file = f"{SLUG}-{number}.en.md"
        for path in ("", f"/{file}", "/SHA256SUMS"):
            answer = people[name].get(f"{PAGE}/{number}{path}")
            answer.close()
            assert answer.status_code == int(status), (name, path)
        checked = people[name].post(f"{PAGE}/{number}/check", data={"sha256": "nothing"})
        assert checked.status_code == (422 if status == "200" else 404), name


def test_a_publication_that_may_not_be_seen_answers_like_one_that_does_not_exist(
    people: dict[str, FlaskClient],
) -> None:
    hidden, unknown = people["nobody"].get(f"{PAGE}/3"), people["nobody"].get(f"{PAGE}/4")
    without = r'(name="(csrf_token|next)" value=")[^"]+|next=[^"]+'
    assert re.sub(without, "", hidden.text) == re.sub(without, "", unknown.text)


def test_the_list_shows_strangers_what_they_may_read_and_members_all(people: dict[str, FlaskClient]) -> None:
    for name in COLUMNS:
        answer = people[name].get(f"{LAW}/publications", follow_redirects=True)
        found = [number for number in (1, 2, 3) if f'href="{PAGE}/{number}"' in answer.text]
        assert (answer.status_code, found) == (200, [1] if name in ("nobody", "outsider") else [1, 2, 3])
    for path in (f"/publications/{SLUG}-ky", "/publications/no-such-draft"):
        answer = people["nobody"].get(path)
        assert (answer.status_code, "There is no such publication." in shown(answer)) == (404, True)
    assert "Nothing is published yet." in people["outsider"].get(f"/publications/{SLUG}-ky").text


def test_a_link_opens_what_it_is_for_as_long_as_that_may_be_read(people: dict[str, FlaskClient]) -> None:
    address, facilitator = link(people), people["facilitator"]
    page = people["nobody"].get(address)
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert f'href="{address}/{SLUG}-2.en.md"' in page.text
    assert f"{PAGE}/3" not in page.text
    for visibility in ("members", "public", "link"):
        assert facilitator.post(f"{PAGE}/2/readers", data={"visibility": visibility}).status_code == 303
        found = [people[name].get(address).status_code for name in ("nobody", "observer")]
        assert " ".join(map(str, found)) == BY_LINK[visibility], visibility
    assert people["nobody"].get("/p/another").status_code == 404


def test_only_who_may_publish_is_shown_the_link(people: dict[str, FlaskClient]) -> None:
    assert link(people) not in people["observer"].get(f"{PAGE}/2").text


def test_a_file_is_sent_as_it_is_kept(people: dict[str, FlaskClient]) -> None:
    for number, kept in ((1, "public, max-age=31536000, immutable"), (3, "private, no-cache")):
        for extension, media_type in (("md", "text/markdown; charset=utf-8"), ("html", "text/html; charset=utf-8")):
            name = f"{SLUG}-{number}.en.{extension}"
            answer = people["observer"].get(f"{PAGE}/{number}/{name}", headers={"Accept-Encoding": "gzip"})
            sha256 = hashlib.sha256(answer.data).hexdigest()
            assert sha256 in people["observer"].get(f"{PAGE}/{number}").text
            assert answer.headers["ETag"] == f'"{sha256}"'
            assert answer.headers["Cache-Control"] == kept
            assert answer.headers["Content-Type"] == media_type
            assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "Content-Encoding" not in answer.headers
            assert int(answer.headers["Content-Length"]) == len(answer.data)
            again = people["observer"].get(f"{PAGE}/{number}/{name}", headers={"If-None-Match": f'"{sha256}"'})
            assert (again.status_code, again.data) == (304, b"")


def test_the_sums_are_those_of_the_files(people: dict[str, FlaskClient]) -> None:
    told = people["nobody"].get(f"{PAGE}/1/SHA256SUMS").text
    names = [f"{SLUG}-1.en.md", f"{SLUG}-1.en.html"]
    files = [people["nobody"].get(f"{PAGE}/1/{name}").data for name in names]
    assert told == "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in zip(names, files, strict=True)
    )


def test_a_file_is_recognised_or_not(app: Flask, people: dict[str, FlaskClient]) -> None:
    nobody, before = people["nobody"], stored(app)
    first, third = (people["observer"].get(f"{PAGE}/{n}/{SLUG}-{n}.en.md").data for n in (1, 3))
    altered = first.replace(b"twenty-four", b"twenty-five")
    yes = "This is a file of this publication, not a character altered:"
    no = "No file that was published here has this fingerprint."
    other = "This is no file of this publication, but one of another:"
    for client, data, said in (
        (nobody, first, yes), (nobody, altered, no), (nobody, third, no), (people["observer"], third, other),
    ):  # fmt: skip
        sent = {"file": (io.BytesIO(data), "any name.md"), "sha256": ""}
        assert said in shown(client.post(f"{PAGE}/1/check", data=sent, follow_redirects=True))
        pasted = f"{hashlib.sha256(data).hexdigest().upper()}  file.md"
        assert said in shown(client.post(f"{PAGE}/1/check", data={"sha256": pasted}, follow_redirects=True))
    grouped = " ".join(re.findall("..", hashlib.sha256(first).hexdigest()))
    assert yes in shown(nobody.post(f"{PAGE}/1/check", data={"sha256": grouped}, follow_redirects=True))
    refused = nobody.post(f"{PAGE}/1/check", data={"sha256": "abc"})
    assert (refused.status_code, "Choose a file, or paste its SHA-256" in shown(refused)) == (422, True)
    assert stored(app) == before


def test_what_was_typed_comes_back_and_a_preview_stores_nothing(app: Flask, people: dict[str, FlaskClient]) -> None:
    facilitator, before = people["facilitator"], stored(app)
    typed = {
        "language": "en", "title-en": "A title of ours", "kind-en": "Draft law, second reading", "issuer-en": "The Ministry",
        "place-en": "Osh", "note-en": "For <the> press", "format": "pdf",
    }  # fmt: skip
    refused = facilitator.post(FORM, data=typed)
    preview = facilitator.post(FORM, data=typed | {"do": "preview", "visibility": "link"})
    assert (refused.status_code, preview.status_code) == (422, 200)
    for page in (shown(refused), shown(preview)):
        for words in ("A title of ours", "Draft law, second reading", "The Ministry", "Osh", "For <the> press"):
            assert f'value="{words}"' in page
        assert re.search(r'value="pdf" checked', page)
        assert not re.search(r'value="docx" checked', page)
    assert "As it will be published" in preview.text
    assert re.search(r'value="link" required checked', preview.text)
    assert stored(app) == before


def test_the_form_says_what_is_published_already_and_asks_who_may_read_it(people: dict[str, FlaskClient]) -> None:
    page = shown(people["facilitator"].get(FORM))
    assert "This version is published in English already:" in page
    assert "You are publishing version 1. The latest is version 3." in page
    assert not re.search(r'name="visibility" value="\w+" required checked', page)


def test_pages_take_few_statements(app: Flask, people: dict[str, FlaskClient]) -> None:
    assert user_id(app, "facilitator")
    assert all(count <= 14 for count in counted(app, people["facilitator"], (f"{PAGE}/1", PAGE, FORM)))


def test_titles_run_nowhere(demonstration: Copies) -> None:
    script = "<script>alert(1)</script>\"'#$@]]>"
    with demonstration() as app:
        form = PUBLISH | {f"{name}-en": script for name in ("title", "kind", "issuer", "place", "note")}
        client = signed_in(app, "facilitator")
        made = client.post(FORM, data=form | {"format": ["html", "docx", "pdf", "akn"]})
        assert made.status_code == 303
        for path in (made.location, PAGE):
            page = client.get(path).text
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert(1)" in page
        withdrawn = client.post(f"{made.location}/withdraw", data={"reason": script})
        assert (withdrawn.status_code, "<script>alert" in client.get(made.location).text) == (303, False)
        assert "This publication is withdrawn" in app.test_client().get(made.location).text
