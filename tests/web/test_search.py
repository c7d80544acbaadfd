"""The page of search: what is found and where it leads; who finds what; whatever is typed gives a page."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.services import importing
from app.store.db import db
from tests.product import LAW, SLUG, Copies, clause_ids, shown, signed_in
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]


@pytest.fixture(scope="module")
def office(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration and another, private draft that only its facilitator may see."""
    with demonstration() as app:
        with app.app_context():
            data = b"# Secret Law\n\n## Article 1. Purpose\n\n1. A chinchilla is detained.\n"
            importing.import_draft(
                db.session, data=data, slug="secret", language="en", now=datetime.now(UTC), progress=lambda step: None
            )
        result = app.test_cli_runner().invoke(
            args=["users", "create", "keeper", "--password", "kelishim-demo", "--draft", "secret",
                  "--role", "facilitator"]
        )  # fmt: skip
        assert result.exit_code == 0, result.output
        yield app


@pytest.fixture(scope="module")
def civil(office: Flask) -> FlaskClient:
    return signed_in(office, "civil")


def search(client: FlaskClient, query: str, path: str = f"{LAW}/search", **more: str) -> str:
    answer = client.get(path, query_string={"q": query, **more})
    assert answer.status_code == 200, query
    return shown(answer)


def hits(page: str) -> list[str]:
    return re.findall(r'<li><p class="found-head"><a class="found-at"[^>]*>(?:<[^>]*>)?([^<]*)<', page)


def test_text_amendments_and_comments_are_found_with_their_places(office: Flask, civil: FlaskClient) -> None:
    at = clause_ids(office)
    page = search(civil, "hours receipt")
    assert hits(page)[0] == "Article 13(1)"
    assert f'href="{LAW}#c-{at["art_13__para_1"]}"' in page
    assert "<mark>receipt</mark>" in page
    page = search(civil, "cameras")
    comment = re.search(rf'href="{LAW}/clauses/{at["art_18__para_2"]}#comment-\d+"', page)
    assert comment is not None and "Article 18(2)" in hits(page)
    assert "<mark>Cameras</mark> in temporary" in page and "MVD" in page
    page = search(civil, '"twelve hours"')
    assert f'href="{LAW}/amendments/1"' in page
    assert "<h2" in page and page.index("Amendments</h2>") < page.index("Comments</h2>")


def test_the_number_of_a_clause_leads_to_it(office: Flask, civil: FlaskClient) -> None:
    at = clause_ids(office)
    for query in ("13(1)", "Article 13(1)", "ст. 13 ч. 1", "13-берененин 1-бөлүгү"):
        page = search(civil, query)
        found = re.search(r'<section class="found-clause".*?href="([^"]*)"', page, re.DOTALL)
        assert found is not None and found[1] == f"{LAW}#c-{at['art_13__para_1']}", query
    assert 'class="found-clause"' not in search(civil, "receipt")
    everywhere = search(civil, "13(1)", "/search")
    assert everywhere.count('class="found-clause"') == 3


def test_more_than_twenty_go_on_at_another_page(civil: FlaskClient) -> None:
    page = search(civil, "investigation")
    assert len(hits(page)) >= 20
    onward = re.search(r'rel="next" href="([^"]*group=text[^"]*)"', page)
    assert onward is not None
    second = shown(civil.get(onward[1]))
    assert hits(second) and not set(hits(second)) & set(hits(page)[:20])
    assert 'rel="prev"' in second
    assert "There are no more results." in search(civil, "investigation", group="text", page="49")


def test_phrases_and_exclusions(civil: FlaskClient) -> None:
    assert hits(search(civil, '"medical examinations"')) == ["Article 33(1)(3)"]
    assert hits(search(civil, '"examinations medical"')) == []
    assert "Article 18(1)(3)" in hits(search(civil, "detention"))
    assert "Article 18(1)(3)" not in hits(search(civil, "detention -escort"))


def test_nobody_finds_what_they_may_not_see(office: Flask, civil: FlaskClient) -> None:
    keeper, stranger = signed_in(office, "keeper"), office.test_client()
    assert "chinchilla</mark>" in search(keeper, "chinchilla", "/search")
    assert "Secret Law" in search(keeper, "1(1)", "/search")
    for client in (civil, stranger, signed_in(office, "observer")):
        for query in ("chinchilla", "detained", "Article 1(1)", "Secret"):
            page = search(client, query, "/search", versions="all")
            assert "chinchilla is" not in page and "Secret Law" not in page, query
        assert client.get("/drafts/secret/search?q=chinchilla").status_code == 404
    assert hits(search(keeper, "investigation", "/search")) == []
    assert hits(search(stranger, "investigation", "/search")) == []


@pytest.mark.parametrize(
    "query",
    ["", " ", "*", "OR", '"', '""', '"unbalanced', "-", "-a", "a -", "NEAR(a, b)", "a:b", "^a", "a*", "{a}", "\0",
     "x\0y", "'; DROP TABLE drafts; --", "%", "_", "\\", "ң ө ү", "Ң", "<script>", "&", "|", "!", "<->", ":*", "é",
     "\u0301", "😀", "1" * 500, "x" * 10_000, "a " * 5_000],
)  # fmt: skip
def test_whatever_is_typed_gives_a_page(civil: FlaskClient, query: str) -> None:
    for path in (f"{LAW}/search", f"{LAW}-ky/search", f"{LAW}-ru/search", "/search"):
        answer = civil.get(path, query_string={"q": query, "versions": "all", "page": "x", "group": "x"})
        assert (answer.status_code, "<script>" in answer.text) == (200, False), path
        assert "How to search" in answer.text


@settings(max_examples=25)
@given(st.text(st.sampled_from("ab13(1) \"'*-:^{}\\%_«»\0\n|&!<>;өң"), max_size=40))
@example("13(1)\"'")
def test_no_query_fails(civil: FlaskClient, query: str) -> None:
    assert civil.get("/search", query_string={"q": query}).status_code == 200


def test_what_was_typed_comes_back_and_stays_text(civil: FlaskClient) -> None:
    page = civil.get(f"{LAW}/search", query_string={"q": '"><b>detention'}).text
    assert 'value="&#34;&gt;&lt;b&gt;detention"' in page
    assert "This holds no word to look for." in search(civil, "***")


def test_an_old_wording_is_found_among_all_versions_and_leads_to_its_version(demonstrated: Flask) -> None:
    facilitator, at = signed_in(demonstrated, "facilitator"), clause_ids(demonstrated)["art_18__para_2"]
    assert hits(search(facilitator, '"six months" recordings', group="text")) == ["Article 18(2)"]
    form = {"do": "issue", "expected_version": "1", "amendment": ["15"]}
    assert facilitator.post(f"{LAW}/consolidation", data=form).status_code == 303
    assert hits(search(facilitator, '"six months" recordings', group="text")) == []
    old = search(facilitator, '"six months" recordings', versions="all", group="text")
    assert f'href="{LAW}/versions/1#c-{at}"' in old and "in version 1" in old
    new = search(facilitator, '"thirty days" recordings', versions="all", group="text")
    assert f'href="{LAW}#c-{at}"' in new and "since version 2" in new


def test_a_search_takes_the_same_number_of_statements_however_much_is_found(office: Flask, civil: FlaskClient) -> None:
    counts = set()
    search(civil, "receipt", "/search")  # what follows from the versions is kept then
    for query in ("receipt", "investigation", "the office"):
        with statements(office) as made:
            search(civil, query, "/search")
        counts.add(len(made))
    assert len(counts) == 1
    assert max(counts) <= 24


def test_the_page_is_of_the_draft(civil: FlaskClient) -> None:
    assert f'action="{LAW}/search"' in shown(civil.get(LAW))
    assert 'action="/search"' in shown(civil.get("/"))
    assert SLUG in search(civil, "receipt")
