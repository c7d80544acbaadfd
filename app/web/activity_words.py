"""The sentences of events that are no news, by kind; those that are stand in `news/_sentences.html`."""

from collections.abc import Mapping

from markupsafe import Markup

from app.services.pages_activity import ActivityLine
from app.web.translating import N_, _

SENTENCES: Mapping[str, str] = {
    "bench_opened": N_("%(who)s began to consolidate %(version)s"),
    "bench_shared": N_("%(who)s showed the bench to the group"),
    "bench_unshared": N_("%(who)s no longer shows the bench to the group"),
    "bench_handed_over": N_("%(who)s took the bench over, or handed it over"),
    "bench_closed": N_("%(who)s put the bench away"),
    "amendment_drafted": N_("%(who)s saved a draft of %(amendment)s"),
    "amendment_discarded": N_("%(who)s gave up the draft of %(amendment)s"),
    "sponsor_invitation_withdrawn": N_("%(who)s withdrew an invitation to propose %(amendment)s too"),
    "comment_edited": N_("%(who)s reworded a comment on %(place)s"),
    "comment_withdrawn": N_("%(who)s withdrew a comment on %(place)s"),
    "call_reminded": N_("%(who)s reminded those who had not answered %(call)s"),
    "call_received": N_("%(who)s confirmed that %(call)s had been received"),
    "agenda_changed": N_("%(who)s changed the agenda of %(session)s"),
    "session_paused": N_("%(who)s paused %(session)s"),
    "session_resumed": N_("%(who)s resumed %(session)s"),
    "session_closed": N_("%(who)s closed %(session)s"),
    "session_time_added": N_("%(who)s gave an item of %(session)s more time"),
    "session_screen_changed": N_("%(who)s changed what the big screen shows in %(session)s"),
    "session_item_taken_up": N_("%(who)s took up an item in %(session)s"),
    "session_item_decided": N_("%(who)s noted what was decided on an item in %(session)s"),
    "session_matter_parked": N_("%(who)s put a matter aside in %(session)s"),
    "session_deed_undone": N_("%(who)s undid the last step in %(session)s"),
    "session_institution_arrived": N_("%(body)s arrived in %(session)s"),
    "session_institution_left": N_("%(body)s left %(session)s"),
    "session_floor_asked": N_("%(body)s asked for the floor in %(session)s"),
    "session_floor_given": N_("%(who)s gave the floor in %(session)s"),
    "session_floor_ended": N_("%(who)s ended a turn to speak in %(session)s"),
    "session_floor_waived": N_("A request for the floor was withdrawn in %(session)s"),
    "session_name_given": N_("Somebody gave their name for the record of %(session)s"),
    "session_name_withdrawn": N_("Somebody took their name back from %(session)s"),
    "matter_parked": N_("%(who)s put a matter aside"),
    "matter_changed": N_("%(who)s changed a matter that was put aside"),
    "matter_settled": N_("%(who)s settled a matter that was put aside"),
    "matter_reopened": N_("%(who)s reopened a matter that was put aside"),
    "group_formed": N_("%(who)s formed a small group"),
    "group_reported": N_("A small group reported"),
    "group_dissolved": N_("%(who)s dissolved a small group"),
    "record_started": N_("%(who)s began to write %(record)s"),
    "record_saved": N_("%(who)s saved %(record)s"),
    "record_discarded": N_("%(who)s discarded the text of a record"),
    "record_issued": N_("%(who)s issued %(record)s"),
    "member_added": N_("%(who)s added %(member)s to the draft as %(role)s"),
    "member_changed": N_("%(who)s changed what %(member)s is in the draft: %(role)s"),
    "member_joined": N_("%(member)s accepted an invitation, and is in the draft as %(role)s"),
    "member_removed": N_("%(who)s took %(member)s out of the draft"),
    "member_invited": N_("%(who)s invited somebody to the draft as %(role)s"),
    "invitation_renewed": N_("%(who)s renewed an invitation to the draft"),
    "invitation_revoked": N_("%(who)s took back an invitation to the draft"),
    "guest_link_made": N_("%(who)s made a link for guests: %(role)s"),
    "way_back_made": N_("%(who)s let a member sign in again"),
    "delegation_handed_over": N_("%(who)s handed the delegation over to %(member)s"),
    "seat_given": N_("%(who)s gave a seat at the table to %(body)s"),
    "seat_taken": N_("%(who)s changed the seat of %(body)s at the table"),
    "institution_abolished": N_("%(body)s was noted as abolished"),
    "institution_period_set": N_("It was noted from when to when there is %(body)s"),
    "publication_opened": N_("%(who)s changed who may read %(publication)s"),
    "publication_withdrawn": N_("%(who)s withdrew %(publication)s"),
    "consultation_opened": N_("%(who)s opened a public consultation on %(publication)s"),
    "consultation_prolonged": N_("%(who)s prolonged the consultation on %(publication)s"),
    "consultation_closed": N_("%(who)s closed the consultation on %(publication)s"),
    "contribution_made": N_("A reader contributed to the consultation on %(publication)s"),
    "contributions_accepted": N_("%(who)s accepted contributions to the consultation on %(publication)s"),
    "contributions_answered": N_("%(who)s answered contributions to the consultation on %(publication)s"),
    "contributions_refused": N_("%(who)s refused contributions to the consultation on %(publication)s"),
    "attribution_set": N_("%(who)s set how contributions are attributed"),
    "title_set": N_("%(who)s gave the draft another title"),
    "scale_set": N_("%(who)s set the scale of positions"),
    "days_off_set": N_("%(who)s set the days off"),
    "record_covered": N_("The record took in what had been stored before"),
    "personal_data_erased": N_("Personal data was erased from the record, as the law demands"),
}
_GROUPS: Mapping[str, str] = {
    "texts": N_("Texts"),
    "amendments": N_("Amendments"),
    "comments": N_("Comments"),
    "positions": N_("Positions"),
    "calls": N_("Calls"),
    "sessions": N_("Sessions"),
    "people": N_("People"),
    "publications": N_("Publications"),
    "settings": N_("Settings"),
}
_UNREAD: Mapping[str, str] = {
    "group": N_("There is no such kind of event: choose one of the list."),
    "institution": N_("No institution is known by this code here: choose one of the list."),
    "clause": N_("The text has no such clause: write its number as it stands there, for example 13(1)."),
    "amendment": N_("This is no number of an amendment: write it as A12, or 12."),
    "since": N_("The first day cannot be read: write it as 2027-02-15."),
    "until": N_("The last day cannot be read, or lies before the first one: write it as 2027-02-15."),
}


def said(line: ActivityLine, parts: Mapping[str, Markup]) -> Markup:
    """The sentence of an event; `parts` are the links and names in it."""
    return Markup(_(SENTENCES[line.kind])) % dict(parts)  # noqa: S704  (our own sentences; parts are escaped)


def group(value: str) -> str:
    return _(_GROUPS[value]) if value in _GROUPS else value


def unread(name: str) -> str:
    """Why a filter could not be read, and how it can be."""
    return _(_UNREAD[name])
