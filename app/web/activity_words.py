"""The sentences of events that are no news, by kind; those that are stand in `news/_sentences.html`."""

from collections.abc import Mapping

from flask_babel import gettext
from markupsafe import Markup

from app.services.pages_activity import ActivityLine


def _(sentence: str) -> str:
    """Marks a sentence for translation; `said` translates it."""
    return sentence


SENTENCES: Mapping[str, str] = {
    "bench_opened": _("%(who)s began to consolidate %(version)s"),
    "bench_shared": _("%(who)s showed the bench to the group"),
    "bench_unshared": _("%(who)s no longer shows the bench to the group"),
    "bench_handed_over": _("%(who)s took the bench over, or handed it over"),
    "bench_closed": _("%(who)s put the bench away"),
    "amendment_drafted": _("%(who)s saved a draft of %(amendment)s"),
    "amendment_discarded": _("%(who)s gave up the draft of %(amendment)s"),
    "sponsor_invitation_withdrawn": _("%(who)s withdrew an invitation to propose %(amendment)s too"),
    "comment_edited": _("%(who)s reworded a comment on %(place)s"),
    "comment_withdrawn": _("%(who)s withdrew a comment on %(place)s"),
    "call_reminded": _("%(who)s reminded those who had not answered %(call)s"),
    "call_received": _("%(who)s confirmed that %(call)s had been received"),
    "agenda_changed": _("%(who)s changed the agenda of %(session)s"),
    "session_paused": _("%(who)s paused %(session)s"),
    "session_resumed": _("%(who)s resumed %(session)s"),
    "session_closed": _("%(who)s closed %(session)s"),
    "session_time_added": _("%(who)s gave an item of %(session)s more time"),
    "session_screen_changed": _("%(who)s changed what the big screen shows in %(session)s"),
    "session_item_taken_up": _("%(who)s took up an item in %(session)s"),
    "session_item_decided": _("%(who)s noted what was decided on an item in %(session)s"),
    "session_matter_parked": _("%(who)s put a matter aside in %(session)s"),
    "session_deed_undone": _("%(who)s undid the last step in %(session)s"),
    "session_institution_arrived": _("%(body)s arrived in %(session)s"),
    "session_institution_left": _("%(body)s left %(session)s"),
    "session_floor_asked": _("%(body)s asked for the floor in %(session)s"),
    "session_floor_given": _("%(who)s gave the floor in %(session)s"),
    "session_floor_ended": _("%(who)s ended a turn to speak in %(session)s"),
    "session_floor_waived": _("A request for the floor was withdrawn in %(session)s"),
    "session_name_given": _("Somebody gave their name for the record of %(session)s"),
    "session_name_withdrawn": _("Somebody took their name back from %(session)s"),
    "matter_parked": _("%(who)s put a matter aside"),
    "matter_changed": _("%(who)s changed a matter that was put aside"),
    "matter_settled": _("%(who)s settled a matter that was put aside"),
    "matter_reopened": _("%(who)s reopened a matter that was put aside"),
    "group_formed": _("%(who)s formed a small group"),
    "group_reported": _("A small group reported"),
    "group_dissolved": _("%(who)s dissolved a small group"),
    "record_started": _("%(who)s began to write %(record)s"),
    "record_saved": _("%(who)s saved %(record)s"),
    "record_discarded": _("%(who)s discarded the text of a record"),
    "record_issued": _("%(who)s issued %(record)s"),
    "member_added": _("%(who)s added %(member)s to the draft as %(role)s"),
    "member_changed": _("%(who)s changed what %(member)s is in the draft: %(role)s"),
    "member_joined": _("%(member)s accepted an invitation, and is in the draft as %(role)s"),
    "member_removed": _("%(who)s took %(member)s out of the draft"),
    "member_invited": _("%(who)s invited somebody to the draft as %(role)s"),
    "invitation_renewed": _("%(who)s renewed an invitation to the draft"),
    "invitation_revoked": _("%(who)s took back an invitation to the draft"),
    "guest_link_made": _("%(who)s made a link for guests: %(role)s"),
    "way_back_made": _("%(who)s let a member sign in again"),
    "delegation_handed_over": _("%(who)s handed the delegation over to %(member)s"),
    "seat_given": _("%(who)s gave a seat at the table to %(body)s"),
    "seat_taken": _("%(who)s changed the seat of %(body)s at the table"),
    "institution_abolished": _("%(body)s was noted as abolished"),
    "institution_period_set": _("It was noted from when to when there is %(body)s"),
    "publication_opened": _("%(who)s changed who may read %(publication)s"),
    "publication_withdrawn": _("%(who)s withdrew %(publication)s"),
    "consultation_opened": _("%(who)s opened a public consultation on %(publication)s"),
    "consultation_prolonged": _("%(who)s prolonged the consultation on %(publication)s"),
    "consultation_closed": _("%(who)s closed the consultation on %(publication)s"),
    "contribution_made": _("A reader contributed to the consultation on %(publication)s"),
    "contributions_accepted": _("%(who)s accepted contributions to the consultation on %(publication)s"),
    "contributions_answered": _("%(who)s answered contributions to the consultation on %(publication)s"),
    "contributions_refused": _("%(who)s refused contributions to the consultation on %(publication)s"),
    "attribution_set": _("%(who)s set how contributions are attributed"),
    "title_set": _("%(who)s gave the draft another title"),
    "scale_set": _("%(who)s set the scale of positions"),
    "days_off_set": _("%(who)s set the days off"),
    "record_covered": _("The record took in what had been stored before"),
    "personal_data_erased": _("Personal data was erased from the record, as the law demands"),
}
_GROUPS: Mapping[str, str] = {
    "texts": _("Texts"),
    "amendments": _("Amendments"),
    "comments": _("Comments"),
    "positions": _("Positions"),
    "calls": _("Calls"),
    "sessions": _("Sessions"),
    "people": _("People"),
    "publications": _("Publications"),
    "settings": _("Settings"),
}
_UNREAD: Mapping[str, str] = {
    "group": _("There is no such kind of event: choose one of the list."),
    "institution": _("No institution is known by this code here: choose one of the list."),
    "clause": _("The text has no such clause: write its number as it stands there, for example 13(1)."),
    "amendment": _("This is no number of an amendment: write it as A12, or 12."),
    "since": _("The first day cannot be read: write it as 2027-02-15."),
    "until": _("The last day cannot be read, or lies before the first one: write it as 2027-02-15."),
}


def said(line: ActivityLine, parts: Mapping[str, Markup]) -> Markup:
    """The sentence of an event; `parts` are the links and names in it."""
    return Markup(gettext(SENTENCES[line.kind])) % dict(parts)  # noqa: S704  (our own sentences; parts are escaped)


def group(value: str) -> str:
    return str(gettext(_GROUPS[value])) if value in _GROUPS else value


def unread(name: str) -> str:
    """Why a filter could not be read, and how it can be."""
    return str(gettext(_UNREAD[name]))
