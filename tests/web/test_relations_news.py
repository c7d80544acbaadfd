"""Who is told when amendments are proposed together, linked, bridged, or become other words."""

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.product import LAW, shown, signed_in

pytest_plugins = ["tests.demonstration"]


def lines(client: FlaskClient) -> list[str]:
    """The sentences of the news, without their time."""
    found = re.findall(
        r'<li class="news-line"[^>]*>\s*<p>(.*?)<span class="meta">', shown(client.get(f"{LAW}/news")), re.DOTALL
    )
    return [" ".join(re.sub(r"<abbr[^>]*>[^<]*</abbr>|<[^>]*>", "", line).split()) for line in found]


def seen(*clients: FlaskClient) -> None:
    for client in clients:
        assert client.post(f"{LAW}/news", data={}).status_code == 303


def test_an_invitation_and_its_answer_are_told_to_those_two_alone(demonstrated: Flask) -> None:
    civil, ombudsman, observer = (signed_in(demonstrated, name) for name in ("civil", "ombudsman", "observer"))
    seen(civil, ombudsman, observer)
    civil.post(f"{LAW}/amendments/1/sponsors", data={"institution": "AKY"})
    (told,) = lines(ombudsman)
    assert told.startswith("Cholpon, for civil society (demo) invited AKY to propose A1 too")
    ombudsman.post(f"{LAW}/amendments/1/sponsors/answer", data={"answer": "accepted"})
    (told,) = lines(civil)
    assert told.startswith("Aigul, for the Ombudsman (demo) now proposes A1 too")
    assert lines(observer) == []


def test_a_co_sponsor_is_told_what_became_of_the_amendment(demonstrated: Flask) -> None:
    civil, ombudsman = signed_in(demonstrated, "civil"), signed_in(demonstrated, "ombudsman")
    civil.post(f"{LAW}/amendments/1/sponsors", data={"institution": "AKY"})
    ombudsman.post(f"{LAW}/amendments/1/sponsors/answer", data={"answer": "accepted"})
    issue = {"do": "issue", "expected_version": "1", "amendment": ["1"]}
    assert signed_in(demonstrated, "facilitator").post(f"{LAW}/consolidation", data=issue).status_code == 303
    page = " ".join(re.sub(r"<[^>]*>", "", shown(ombudsman.get(f"{LAW}/news"))).split())
    assert "Your institution’s amendment A1: adopted" in page


def test_a_link_to_our_amendment_is_news_for_us_and_so_is_its_removal(demonstrated: Flask) -> None:
    civil, interior, observer = (signed_in(demonstrated, name) for name in ("civil", "interior", "observer"))
    seen(civil, interior, observer)
    link = {"kind": "conflicts_with", "other": "4", "reason": "The one empties the other."}
    assert civil.post(f"{LAW}/amendments/1/links", data=link).status_code == 303
    civil.post(f"{LAW}/amendments/1/links/1/remove")
    told = lines(interior)
    assert told[0].startswith("Cholpon, for civil society (demo) removed the link between A1 and A4")
    assert told[1].startswith("Cholpon, for civil society (demo) noted that A1 conflicts in substance with A4")
    assert lines(observer) == []


def test_editing_a_comment_tells_only_who_is_named_anew(demonstrated: Flask) -> None:
    civil, interior, ombudsman = (signed_in(demonstrated, name) for name in ("civil", "interior", "ombudsman"))
    made = civil.post(f"{LAW}/amendments/1/comments", data={"body": "What does @interior say?"})
    number = made.location.rpartition("-")[2]
    seen(interior, ombudsman)
    edited = {"body": "What do @interior and @AKY say?", "kind": "comment"}
    assert civil.post(f"{LAW}/comments/{number}/edit", data=edited).status_code == 303
    assert lines(interior) == []
    assert lines(ombudsman) == ["Cholpon, for civil society (demo) named your institution in a comment on A1"]
