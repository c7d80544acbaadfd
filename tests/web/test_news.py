"""What is new for somebody: what concerns them since they last marked it as seen; following and no longer following."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services import importing
from app.store.db import db
from app.store.follows import Follow
from tests.product import LAW, SLUG, added, chain, clause_ids, shown, signed_in, stored
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]


def lines(client: FlaskClient, path: str = f"{LAW}/news") -> list[str]:
    """The sentences of the news, without their time."""
    answer = client.get(path)
    assert answer.status_code == 200
    found = re.findall(r'<li class="news-line"[^>]*>\s*<p>(.*?)<span class="meta">', shown(answer), re.DOTALL)
    return [" ".join(re.sub(r"<abbr[^>]*>[^<]*</abbr>|<[^>]*>", "", line).split()) for line in found]


def number(client: FlaskClient) -> int:
    found = re.search(r'>News <span aria-hidden="true">(\d+)<', shown(client.get("/")))
    return int(found[1]) if found else 0


def seen(client: FlaskClient) -> None:
    assert client.post(f"{LAW}/news", data={}).status_code == 303
    for language in ("ky", "ru"):
        assert client.post(f"{LAW}-{language}/news", data={}).status_code == 303


def comment(client: FlaskClient, clause_id: str, body: str, **more: str) -> int:
    answer = client.post(f"{LAW}/clauses/{clause_id}/comments", data={"body": body, **more})
    assert answer.status_code == 303
    return int(answer.location.rpartition("-")[2])


def test_a_reply_is_news_until_it_is_marked_as_seen(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)["art_30__para_1"]
    interior, ombudsman = signed_in(demonstrated, "interior"), signed_in(demonstrated, "ombudsman")
    seen(interior)
    assert (lines(interior), number(interior)) == ([], 0)
    mine = comment(interior, at, "Whose budget is it?")
    assert number(interior) == 0
    reply = comment(ombudsman, at, "The Office's own.", reply_to=str(mine))
    said = "Aigul, for the Ombudsman (demo) replied to your comment on Article 30(1)"
    assert (lines(interior), lines(interior, "/news"), number(interior)) == ([said], [said], 1)
    assert f'href="{LAW}/clauses/{at}#comment-{reply}"' in shown(interior.get(f"{LAW}/news"))
    assert number(interior) == 1
    seen(interior)
    assert (lines(interior), number(interior)) == ([], 0)


def test_what_comes_after_the_page_was_opened_is_not_marked_as_seen(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)["art_30__para_1"]
    interior, ombudsman = signed_in(demonstrated, "interior"), signed_in(demonstrated, "ombudsman")
    seen(interior)
    interior.post(f"{LAW}/clauses/{at}/follow")
    comment(ombudsman, at, "The first.")
    shown_up_to = chain(demonstrated)[-1].number
    comment(ombudsman, at, "The second.")
    interior.post("/news", data={SLUG: str(shown_up_to), "no-such-draft": "5", f"{SLUG}-ky": "x"})
    assert number(interior) == 1
    for wrong in ("1", "-5", "100000000000000000000000", "x"):
        assert interior.post(f"{LAW}/news", data={"up_to": wrong}).status_code == 303, wrong
    assert number(interior) == 0


def test_following_a_chapter_brings_what_happens_anywhere_in_it(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)
    observer, ombudsman = signed_in(demonstrated, "observer"), signed_in(demonstrated, "ombudsman")
    seen(observer)
    answer = observer.post(f"{LAW}/clauses/{at['chp_3']}/follow", data={"from": "text"})
    assert (answer.status_code, answer.location) == (303, f"{LAW}#c-{at['chp_3']}")
    for place in ("art_10__para_1", "art_11__para_1", "art_15", "art_16__para_1"):
        comment(ombudsman, at[place], f"On {place}.")
    who = "Aigul, for the Ombudsman (demo) commented on"
    assert lines(observer) == [f"{who} Article 15", f"{who} Article 11(1)"]
    assert "followed with what it stands in" in shown(observer.get(f"{LAW}/clauses/{at['art_15']}"))
    observer.post(f"{LAW}/clauses/{at['chp_3']}/follow", data={"do": "unfollow"})
    assert (lines(observer), number(observer)) == ([], 0)
    assert observer.post(f"{LAW}/follow").location == LAW
    assert number(observer) == 4
    assert "Stop following this draft" in shown(observer.get(LAW))
    observer.post(f"{LAW}/follow", data={"do": "unfollow"})
    assert number(observer) == 0


def test_whoever_comments_or_proposes_follows_and_may_stop(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)
    observer, civil = signed_in(demonstrated, "observer"), signed_in(demonstrated, "civil")
    before = stored(demonstrated)
    comment(civil, at["art_30__para_1"], "A remark.")
    comment(civil, at["art_30__para_1"], "Another.")
    form = {"do": "submit", "base_version": "1", "operation": "delete", "rationale": "Not needed."}
    assert civil.post(f"{LAW}/clauses/{at['art_31__para_1']}/propose", data=form).status_code == 303
    assert added(before, stored(demonstrated))["follows"] == 2
    page = f"{LAW}/clauses/{at['art_31__para_1']}"
    assert "Stop following" in shown(civil.get(page))
    for _ in range(2):
        assert civil.post(f"{page}/follow", data={"do": "unfollow"}).location == page
        assert "Stop following" not in shown(civil.get(page))
    for _ in range(2):
        observer.post(f"{page}/follow")
    with demonstrated.app_context():
        assert db.session.query(Follow).filter_by(clause_id=at["art_31__para_1"]).count() == 1


def test_a_mention_and_a_comment_on_our_amendment_are_news_without_following(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)
    interior, ombudsman = signed_in(demonstrated, "interior"), signed_in(demonstrated, "ombudsman")
    seen(interior)
    comment(ombudsman, at["art_30__para_1"], "What does @interior say?")
    comment(ombudsman, at["art_30__para_1"], "What does @MVD say?")
    comment(ombudsman, at["art_30__para_1"], "Nobody is named.")
    ombudsman.post(f"{LAW}/amendments/4/comments", data={"body": "On A4."})
    who = "Aigul, for the Ombudsman (demo)"
    assert lines(interior) == [
        f"{who} commented on your institution’s amendment A4",
        f"{who} named your institution in a comment on Article 30(1)",
        f"{who} named you in a comment on Article 30(1)",
    ]


def test_a_version_tells_what_followed_clauses_changed_and_what_became_of_our_amendments(demonstrated: Flask) -> None:
    interior, facilitator = signed_in(demonstrated, "interior"), signed_in(demonstrated, "facilitator")
    seen(interior)
    issue = {"do": "issue", "expected_version": "1", "amendment": ["1", "4"]}
    assert facilitator.post(f"{LAW}/consolidation", data=issue).status_code == 303
    assert lines(interior) == ["Jyldyz, facilitator (demo) issued version 2"]
    page = " ".join(re.sub(r"<[^>]*>", "", shown(interior.get(f"{LAW}/news"))).split())
    assert "Of what you follow, these changed: Article 13(1), Article 21(1)." in page
    assert "Your institution’s amendment A2: needs its author: these words were changed" in page
    assert "Your institution’s amendment A4: adopted" in page
    assert "A1:" not in page
    assert lines(facilitator)[0] != "Jyldyz, facilitator (demo) issued version 2"


def test_a_withdrawn_comment_is_no_news(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)["art_30__para_1"]
    interior, ombudsman = signed_in(demonstrated, "interior"), signed_in(demonstrated, "ombudsman")
    seen(interior)
    interior.post(f"{LAW}/clauses/{at}/follow")
    made = comment(ombudsman, at, "Said in haste.")
    assert number(interior) == 1
    assert ombudsman.post(f"{LAW}/comments/{made}/withdraw").status_code == 303
    assert (lines(interior), number(interior), "haste" in shown(interior.get("/news"))) == ([], 0, False)


def test_news_of_a_draft_are_its_members_alone(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)["art_30__para_1"]
    result = demonstrated.test_cli_runner().invoke(
        args=["users", "create", "outsider", "--password", "kelishim-demo", "--draft", f"{SLUG}-ky", "--role",
              "facilitator"]
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    outsider, ombudsman = signed_in(demonstrated, "outsider"), signed_in(demonstrated, "ombudsman")
    comment(ombudsman, at, "Only for members.")
    before = stored(demonstrated)
    assert outsider.post(f"{LAW}/clauses/{at}/follow").status_code == 404
    assert outsider.post(f"{LAW}-ky/clauses/{at}/follow").status_code == 404
    assert outsider.post(f"{LAW}/news").status_code == 404
    assert outsider.post("/news", data={SLUG: "1"}).status_code == 303
    assert demonstrated.test_client().post("/news", data={SLUG: "1"}).status_code == 303
    assert stored(demonstrated) == before
    assert SLUG + '"' not in shown(outsider.get("/news"))
    assert lines(outsider, "/news") == ["Somebody added you to this draft as facilitator"]  # to the one in Kyrgyz
    assert lines(demonstrated.test_client(), "/news") == []


def test_what_happened_before_somebody_was_added_is_not_new(demonstrated: Flask) -> None:
    demonstrated.test_cli_runner().invoke(
        args=["users", "create", "late", "--password", "kelishim-demo", "--draft", SLUG, "--role", "observer"]
    )
    assert lines(signed_in(demonstrated, "late")) == ["Somebody added you to this draft as observer"]


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_news_take_the_same_number_of_statements_however_many(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)
    observer, ombudsman = signed_in(demonstrated, "observer"), signed_in(demonstrated, "ombudsman")
    seen(observer)
    observer.post(f"{LAW}/follow")
    counts = {"one": 0, "many": 0, "head": 0}
    comment(ombudsman, at["art_30__para_1"], "One.")
    lines(observer)  # what follows from the version is kept then
    with statements(demonstrated) as made:
        assert len(lines(observer)) == 1
    counts["one"] = len(made)
    for place in ("art_13__para_1", "art_14", "art_15", "art_20__para_1"):
        comment(ombudsman, at[place], "More.")
        ombudsman.post(f"{LAW}/amendments/1/comments", data={"body": "More."})
    with statements(demonstrated) as made:
        assert len(lines(observer)) == 9
    counts["many"] = len(made)
    with statements(demonstrated) as made:
        observer.get("/search")
    counts["head"] = len([one for one in made if "FROM events" in one])
    assert counts["one"] == counts["many"]
    assert counts["head"] == 1


def test_a_clause_that_is_gone_is_still_spoken_of(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)
    observer, ombudsman = signed_in(demonstrated, "observer"), signed_in(demonstrated, "ombudsman")
    facilitator = signed_in(demonstrated, "facilitator")
    form = {"do": "submit", "base_version": "1", "operation": "delete", "rationale": "Not needed."}
    assert ombudsman.post(f"{LAW}/clauses/{at['art_31__para_1']}/propose", data=form).status_code == 303
    observer.post(f"{LAW}/clauses/{at['art_31__para_1']}/follow")
    seen(observer)
    issue = {"do": "issue", "expected_version": "1", "amendment": ["16"]}
    assert facilitator.post(f"{LAW}/consolidation", data=issue).status_code == 303
    comment(ombudsman, at["art_31__para_1"], "It is missed.")
    page = shown(observer.get(f"{LAW}/news"))
    assert page.count("a clause that is gone") == 2
    assert "Article 31(1)" in shown(observer.get(f"{LAW}/search?q=missed"))


def test_an_imported_version_is_news(demonstrated: Flask) -> None:
    observer = signed_in(demonstrated, "observer")
    seen(observer)
    with demonstrated.app_context():
        importing.import_version(
            db.session, data=b"# Another law\n", slug=SLUG, message="", now=datetime.now(UTC),
            progress=lambda step: None,
        )  # fmt: skip
    assert lines(observer) == ["Version 2 was imported"]
    assert "Nothing that you follow changed." in shown(observer.get("/news"))
