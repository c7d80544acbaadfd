"""What is recorded, and where it is told: a new kind of event is told in each place, or left out there on purpose."""

from app.domain.attribution import CONTRIBUTIONS, DECLARED, TIMED
from app.domain.telling import ENDING, TOLD
from app.store import concerning, steps
from config import ROOT
from tests.recorded_kinds import recorded_kinds

SENTENCES = ROOT / "app/web/templates/news/_sentences.html"
OF_PEOPLE = {
    "guest_link_made", "invitation_renewed", "invitation_revoked", "member_invited", "member_joined", "member_removed",
    "seat_given", "seat_taken", "institution_abolished", "institution_period_set", "way_back_made",
}  # fmt: skip
"""Stands on the pages of members and of the installation. That somebody asked for a way back is nobody's news."""
OF_THE_RECORD = {"record_covered", "personal_data_erased"}
"""Stands on the page of activity."""
OF_SETTINGS = {"attribution_set", "days_off_set", "scale_set", "title_set"}
OF_CONSULTATIONS = {
    "consultation_closed", "consultation_opened", "consultation_prolonged", "contribution_made",
    "contributions_accepted", "contributions_answered", "contributions_refused",
}  # fmt: skip
"""Readers' contributions wait on a page of their own, for whoever sees to them."""
OF_ONE_INSTITUTION = {
    "amendment_drafted", "amendment_discarded", "bench_opened", "bench_shared", "bench_unshared", "bench_handed_over",
    "bench_closed", "call_received",
}  # fmt: skip
"""What others may not see."""
OF_RECORDS = {"record_started", "record_saved", "record_discarded"}
UNTOLD = {"sponsor_invitation_withdrawn", "session_name_given", "session_name_withdrawn"}
NOT_LIVE = {
    *OF_PEOPLE, *OF_SETTINGS, *OF_THE_RECORD, *OF_CONSULTATIONS, *OF_ONE_INSTITUTION, *OF_RECORDS, *UNTOLD,
    "counter_text_accepted", "counter_text_declined", "sponsor_invited", "sponsor_accepted", "sponsor_declined",
    "call_reminded", "member_added", "member_changed", "delegation_handed_over",
}  # fmt: skip
NO_NEWS = {
    *OF_PEOPLE, *OF_SETTINGS, *OF_THE_RECORD, *OF_CONSULTATIONS, *OF_ONE_INSTITUTION, *OF_RECORDS, *UNTOLD,
    "comment_withdrawn", "publication_opened", "publication_withdrawn", "record_issued",
    "agenda_changed", "group_formed", "group_reported", "group_dissolved",
    "matter_parked", "matter_changed", "matter_settled", "matter_reopened",
    "session_closed", "session_paused", "session_resumed", "session_time_added", "session_screen_changed",
    "session_item_taken_up", "session_item_decided", "session_matter_parked", "session_deed_undone",
    "session_institution_arrived", "session_institution_left",
    "session_floor_asked", "session_floor_given", "session_floor_ended", "session_floor_waived",
}  # fmt: skip
"""What is done in a session stands on its page, what is done to a text with the publication of it."""
BY_OTHER_WORDS = {
    "comment_made": "commented", "thread_resolved": "resolved", "thread_reopened": "reopened",
    "comment_edited": "named", "amendments_linked": "linked",
}  # fmt: skip


def test_the_source_is_read_to_its_ends() -> None:
    found = recorded_kinds()
    through_others = {
        "position_taken_back", "session_opened", "sponsor_declined", "amendment_accepted", "call_called_off",
        "member_added", "amendment_submitted", "institution_abolished",
    }  # fmt: skip
    assert through_others <= found
    assert len(found) > 100


def test_every_kind_is_news_with_words_or_left_out_on_purpose() -> None:
    news = set(concerning.OF_ALL)
    assert news & NO_NEWS == set()
    assert recorded_kinds() == news | NO_NEWS
    sentences = SENTENCES.read_text(encoding="utf-8")
    words = {BY_OTHER_WORDS.get(kind, kind.removeprefix("version_").removeprefix("amendment_")) for kind in news}
    assert {word for word in words if f'"{word}"' not in sentences} == set()


def test_every_kind_is_told_live_or_left_out_on_purpose() -> None:
    assert set(TOLD) & NOT_LIVE == set()
    assert recorded_kinds() == set(TOLD) | NOT_LIVE
    assert recorded_kinds() > ENDING


def test_attribution_and_the_life_of_an_amendment_speak_of_kinds_that_there_are() -> None:
    assert recorded_kinds() >= CONTRIBUTIONS | DECLARED | TIMED - {"call_opened"}
    assert recorded_kinds() >= {*steps.OF_ONE, *steps.OF_VERSIONS}
