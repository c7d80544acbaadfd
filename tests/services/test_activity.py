"""What the page of activity tells of each kind of event, and to whom."""

import re

import pytest

from app.domain import activity
from app.domain.activity import Group, Seen, kinds, kinds_of, kinds_seen, told_facts
from app.domain.events import ERASED
from app.domain.permissions import Role
from app.services.activity_lines import OF_NEWS
from app.web.activity_words import SENTENCES
from tests.recorded_kinds import recorded_kinds

PARTS = {"who", "place", "call", "session", "amendment", "version", "publication", "record", "role", "member", "body"}
"""What `activity/_sentence.html` gives the sentences."""
NOT_BY_ALL = {
    "amendment_drafted", "amendment_discarded",
    "bench_opened", "bench_shared", "bench_unshared", "bench_handed_over", "bench_closed",
    "call_reminded", "call_received", "session_name_given", "session_name_withdrawn",
    "record_started", "record_saved", "record_discarded",
    "member_invited", "invitation_renewed", "invitation_revoked", "guest_link_made", "way_back_made",
    "contribution_made", "contributions_accepted", "contributions_answered", "contributions_refused",
}  # fmt: skip
"""Written out: whoever adds a kind says here whether an observer may see it."""


def test_every_kind_has_one_place_in_the_table() -> None:
    found = list(kinds())
    assert len(found) == len(set(found))
    assert set(found) == recorded_kinds() | {ERASED}
    assert all(kinds_of(group) for group in Group)


def test_every_kind_has_a_sentence_made_of_what_it_is_given() -> None:
    assert set(SENTENCES) & OF_NEWS == set()
    assert set(SENTENCES) | OF_NEWS == recorded_kinds() | {ERASED}
    for kind, sentence in SENTENCES.items():
        assert set(re.findall(r"%\((\w+)\)s", sentence)) <= PARTS, kind
        assert sentence[0].isupper() or sentence.startswith("%("), kind


def test_who_sees_which_kind_is_written_out() -> None:
    assert kinds_seen(Seen.BY_ALL) == recorded_kinds() - NOT_BY_ALL | {ERASED}
    assert kinds_seen(Seen.BY_ITS_OWN) == {"amendment_drafted", "amendment_discarded"}


@pytest.mark.parametrize(
    ("role", "leads"),
    [
        ("observer", False),
        ("commenter", False),
        ("representative", False),
        ("facilitator", True),
        ("administrator", True),
    ],
)
def test_those_lead_who_may_consolidate(role: str, leads: bool) -> None:
    assert activity.leads(Role(role)) is leads


@pytest.mark.parametrize(
    ("kind", "facts", "names", "told"),
    [
        ("title_set", {"title": "A", "former": "B"}, True, {"title": "A", "former": "B"}),
        ("title_set", {"title": "A", "former": "B"}, False, {}),
        ("comment_made", {"comment": 7, "clause": "c", "body": "words"}, True, {"comment": 7, "clause": "c"}),
        ("member_joined", {"member": 3, "role": "observer"}, False, {}),
        ("bench_closed", {"bench": 1, "chosen": [1], "message": "why"}, True, {}),
        ("version_issued", {"version": 2, "sha256": "ab", "message": "@civil"}, False, {"version": 2, "sha256": "ab"}),
    ],
)
def test_files_hold_no_more_facts_than_may_be_told(
    kind: str, facts: dict[str, object], names: bool, told: dict[str, object]
) -> None:
    assert told_facts(kind, facts, names=names) == told
