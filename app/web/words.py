"""Enumerated values as people read them."""

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale

from app.services.discussing import KINDS as COMMENT_KINDS  # noqa: F401  (templates list them)
from app.web import amendment_words, attribution_words, people_words, session_words
from app.web.translating import N_, _, one_of


def action(value: str) -> str:
    return one_of(
        value,
        {
            "read": N_("read"),
            "comment": N_("comment on it"),
            "propose": N_("propose amendments"),
            "position": N_("state a position"),
            "call": N_("call for positions"),
            "hold_sessions": N_("hold sessions"),
            "consolidate": N_("consolidate"),
            "import_version": N_("import a version"),
            "publish": N_("publish"),
            "manage_members": N_("manage its members"),
        },
    )


def clause_kind(value: str) -> str:
    """What a clause is."""
    return one_of(
        value,
        {
            "title": N_("title"),
            "preamble": N_("preamble"),
            "part": N_("part"),
            "section": N_("section"),
            "chapter": N_("chapter"),
            "subchapter": N_("subchapter"),
            "article": N_("article"),
            "paragraph": N_("paragraph"),
            "point": N_("point"),
            "subpoint": N_("sub-point"),
            "quote": N_("quotation"),
            "table": N_("table"),
            "code": N_("verbatim text"),
        },
        N_("text"),
    )


def comment(value: str) -> str:
    return comment_kinds().get(value, value)


def comment_kinds() -> dict[str, str]:
    """All of them at once, for a page of many comments each with a choice of kinds."""
    return {
        "comment": _("comment"),
        "question": _("question"),
        "position": _("position"),
        "drafting": _("drafting point"),
        "experience": _("experience"),
        "proposal": _("proposal"),
        "advice": _("advice"),
        "support": _("support"),
        "reservation": _("reservation"),
        "concern": _("concern"),
        "parking_lot": _("parking lot"),
    }


def change(value: str) -> str:
    return one_of(
        value,
        {
            "kept": N_("kept"),
            "edited": N_("edited"),
            "renumbered": N_("renumbered"),
            "edited_and_renumbered": N_("edited and renumbered"),
            "moved": N_("moved"),
            "moved_and_edited": N_("moved and edited"),
            "split": N_("split"),
            "joined": N_("joined"),
            "inserted": N_("inserted"),
            "deleted": N_("deleted"),
            "moved_away": N_("moved away"),
        },
    )


def thread_question(value: str) -> str:
    """What a thread of the discussion can be asked."""
    return one_of(
        value,
        {
            "open": N_("open"),
            "resolved": N_("resolved"),
            "unanswered": N_("without an answer"),
            "detached": N_("detached from the text"),
            "mine": N_("with my part in it"),
            "mentions_me": N_("naming me or my institution"),
        },
    )


def deed(value: str) -> str:
    """What a version did to a clause."""
    return one_of(
        value,
        {
            "came": N_("first text"),
            "edited": N_("edited"),
            "renumbered": N_("renumbered"),
            "readdressed": N_("what it stands in was renumbered"),
            "moved": N_("moved"),
            "deleted": N_("deleted"),
            "returned": N_("came back"),
        },
    )


def clause_state(value: str) -> str:
    return one_of(
        value,
        {
            "open": N_("open"),
            "discussed": N_("under discussion"),
            "ad_referendum": N_("agreed ad referendum"),
            "agreed": N_("agreed"),
            "contested": N_("contested"),
            "reopened": N_("reopened"),
        },
    )


def stance(name: str) -> str:
    """A step of the scale. A draft's own scale has names of its own."""
    return one_of(
        name,
        {
            "support": N_("support"),
            "can_live_with": N_("can live with it"),
            "reservation": N_("reservation"),
            "abstain": N_("abstain"),
            "need_discussion": N_("needs discussion"),
            "cannot_accept": N_("cannot accept"),
        },
    )


def lapsed(value: str) -> str:
    """Why a position does not count any more."""
    return one_of(
        value,
        {
            "text": N_("given on an earlier text"),
            "setting": N_("given on an earlier text, changed since in its setting only"),
            "reopened": N_("given before this was reopened"),
            "unconfirmed": N_("not confirmed in time"),
        },
    )


def barred(value: str) -> str:
    """Why somebody cannot state a position."""
    return one_of(
        value,
        {
            "role": N_("As an observer you read positions; you have none."),
            "seat": N_("Your institution has no voice at this table, so it states no position."),
            "part": N_("The head of your delegation, or whoever they authorise, states its position. You may comment."),
        },
    )


def reference(value: str) -> str:
    """Why a person must look at a reference before a version is issued."""
    return one_of(
        value,
        {
            "dangling": N_("new words that lead nowhere"),
            "target_deleted": N_("what it names is gone"),
            "range_broken": N_("not everything between its ends stands there any more"),
            "target_moved": N_("what it names stands where these words cannot lead"),
            "no_sure_wording": N_("its number has no sure form here"),
            "written_anew": N_("new words, whose number names another clause now"),
        },
    )


def numbering(value: str) -> str:
    """What is wrong with a number."""
    return one_of(
        value,
        {
            "duplicate_number": N_("stands twice"),
            "numbering_gap": N_("a number before it is missing"),
            "numbering_backwards": N_("stands behind a higher number"),
        },
    )


def law_language(code: str) -> str:
    """The name of a law's language, in the interface's."""
    try:
        return Locale.parse(code).get_display_name(get_locale()) or code
    except (ValueError, UnknownLocaleError):
        return code


def pattern(code: str) -> int:
    """Which of five border patterns marks an institution: always the same for the same code."""
    return sum(map(ord, code)) % 5


def cleaning(value: str) -> str:
    """What was done to a text pasted from a word processor."""
    return one_of(
        value,
        {
            "breaks": N_("Page breaks and line breaks of the word processor became line ends."),
            "invisible": N_("Soft hyphens and other characters that nobody sees were removed."),
            "symbols": N_("Characters that exist in one font only were removed."),
            "tabs": N_("Tabs became spaces."),
            "spaces": N_("Special and repeated spaces became single spaces."),
            "bullets": N_("Bullets became dashes."),
            "joined": N_("Lines broken inside a sentence were joined."),
            "divided": N_("Words divided at the end of a line were put together: look whether their hyphens stay."),
            "paragraphs": N_("A blank line was put between paragraphs."),
            "indented": N_("Items were indented as in the law."),
        },
    )


def call_state(value: str) -> str:
    """How far a call is."""
    return one_of(
        value,
        {
            "open": N_("open"),
            "over": N_("over, to be closed"),
            "closed": N_("closed"),
            "called_off": N_("called off"),
        },
    )


def call_result(value: str) -> str:
    """What a call gave for one thing, or would give as it stands."""
    return one_of(
        value,
        {
            "agreed": N_("agreed"),
            "ad_referendum": N_("agreed ad referendum"),
            "not_yet": N_("not agreed yet"),
            "contested": N_("contested"),
            "changed": N_("nothing: the text was changed"),
            "called_off": N_("called off"),
        },
    )


def unit_of_time(value: str) -> str:
    return {"days": _("days"), "working_days": _("working days"), "hours": _("hours")}.get(value, value)


def explanation(value: str) -> str:
    """What an institution has printed with a clause."""
    return {"reservation": _("reservation"), "explanation": _("explanation of position")}.get(value, value)


answer = amendment_words.answer
carried = amendment_words.carried
edit = amendment_words.edit
link = amendment_words.link
operation = amendment_words.operation
operation_help = amendment_words.operation_help
outcome = amendment_words.outcome
overview_filter = amendment_words.overview_filter
overview_group = amendment_words.overview_group
overview_part = amendment_words.overview_part
reason = amendment_words.reason
state = amendment_words.state
taken = amendment_words.taken
ATTRIBUTIONS = attribution_words.ATTRIBUTIONS
attribution = attribution_words.attribution
attribution_meaning = attribution_words.attribution_meaning
institution_kind = people_words.institution_kind
letter_kind = people_words.letter_kind
meaning = people_words.meaning
part = people_words.part
part_means = people_words.part_means
role = people_words.role
role_means = people_words.role_means
seat = people_words.seat
item_reading = session_words.item_reading
item_status = session_words.item_status
rule = session_words.rule
session_deed = session_words.session_deed
session_state = session_words.session_state
