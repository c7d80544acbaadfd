"""Enumerated values as people read them."""

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale, gettext

from app.services.discussing import KINDS as COMMENT_KINDS  # noqa: F401  (templates list them)
from app.web import attribution_words, people_words, session_words


def _(sentence: str) -> str:
    return str(gettext(sentence))


def action(value: str) -> str:
    return {
        "read": _("read"),
        "comment": _("comment on it"),
        "propose": _("propose amendments"),
        "position": _("state a position"),
        "call": _("call for positions"),
        "hold_sessions": _("hold sessions"),
        "consolidate": _("consolidate"),
        "import_version": _("import a version"),
        "publish": _("publish"),
        "manage_members": _("manage its members"),
    }.get(value, value)


def state(value: str) -> str:
    """The life of an amendment, and its fate on the bench."""
    return {
        "draft": _("draft"),
        "submitted": _("submitted"),
        "withdrawn": _("withdrawn"),
        "taken_up": _("taken up"),
        "adopted": _("adopted"),
        "adopted_in_part": _("adopted in part"),
        "not_adopted": _("not adopted"),
        "superseded": _("superseded"),
        "bracketed": _("kept in brackets"),
        "unsettled": _("not settled yet"),
    }.get(value, value)


def carried(value: str) -> str:
    """What became of an amendment when a version was issued."""
    return {
        "unchanged": _("carried unchanged"),
        "shifted": _("carried, the words stand elsewhere now"),
        "incorporated": _("the text already says it"),
        "needs_author": _("needs its author: these words were changed"),
    }.get(value, value)


def outcome(value: str) -> str:
    """What a version made of an amendment: decided, carried, given back, kept in brackets in part."""
    if value == "bracketed_in_part":
        return _("kept in brackets, decided against in part")
    said = state(value)
    return carried(value) if said == value else said


def answer(value: str) -> str:
    """Of an institution that was invited, or a proposer to whom something was offered."""
    return {
        "invited": _("invited, no answer yet"),
        "accepted": _("accepts"),
        "declined": _("declines"),
        "open": _("no answer yet"),
    }.get(value, value)


def taken(value: str) -> str:
    """Of an amendment to an amendment: what the proposer of that one answered."""
    return {
        "accepted": _("its words were taken"),
        "declined": _("its words were not taken"),
        "open": _("no answer yet"),
    }.get(value, value)


def link(value: str) -> str:
    """How people linked one amendment to another."""
    return {
        "depends_on": _("depends on"),
        "needed_by": _("is needed by"),
        "conflicts_with": _("conflicts in substance with"),
    }.get(value, value)


def operation(value: str) -> str:
    return {
        "words": _("Change words"),
        "restate": _("Restate"),
        "insert": _("Insert after"),
        "delete": _("Delete"),
        "move": _("Move"),
        "heading": _("Rename"),
        "number": _("Renumber"),
    }.get(value, value)


def operation_help(value: str) -> str:
    """What an operation of the composer means for others' amendments."""
    return {
        "words": _("Only the words you change are yours; others may change the rest."),
        "restate": _("The whole clause is proposed anew and stands or falls as one."),
        "insert": _("New clauses behind this one, in front of it, or inside it."),
        "delete": _("The clause and all below it goes."),
        "move": _("The clause and all below it to another place."),
        "heading": _("Another heading; what stands below it stays."),
        "number": _("Another number, the same words."),
    }.get(value, value)


def clause_kind(value: str) -> str:
    """What a clause is."""
    return {
        "title": _("title"),
        "preamble": _("preamble"),
        "part": _("part"),
        "section": _("section"),
        "chapter": _("chapter"),
        "subchapter": _("subchapter"),
        "article": _("article"),
        "paragraph": _("paragraph"),
        "point": _("point"),
        "subpoint": _("sub-point"),
        "quote": _("quotation"),
        "table": _("table"),
        "code": _("verbatim text"),
    }.get(value, _("text"))


def edit(value: str) -> str:
    """What an edit does."""
    return {
        "replace_words": _("changes words"),
        "restate": _("restates"),
        "insert": _("inserts after"),
        "insert_first": _("inserts at the very beginning"),
        "delete": _("deletes"),
        "move": _("moves"),
        "relabel": _("renumbers"),
    }.get(value, value)


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
    return {
        "kept": _("kept"),
        "edited": _("edited"),
        "renumbered": _("renumbered"),
        "edited_and_renumbered": _("edited and renumbered"),
        "moved": _("moved"),
        "moved_and_edited": _("moved and edited"),
        "split": _("split"),
        "joined": _("joined"),
        "inserted": _("inserted"),
        "deleted": _("deleted"),
        "moved_away": _("moved away"),
    }.get(value, value)


def thread_question(value: str) -> str:
    """What a thread of the discussion can be asked."""
    return {
        "open": _("open"),
        "resolved": _("resolved"),
        "unanswered": _("without an answer"),
        "detached": _("detached from the text"),
        "mine": _("with my part in it"),
        "mentions_me": _("naming me or my institution"),
    }.get(value, value)


def deed(value: str) -> str:
    """What a version did to a clause."""
    return {
        "came": _("first text"),
        "edited": _("edited"),
        "renumbered": _("renumbered"),
        "readdressed": _("what it stands in was renumbered"),
        "moved": _("moved"),
        "deleted": _("deleted"),
        "returned": _("came back"),
    }.get(value, value)


def clause_state(value: str) -> str:
    return {
        "open": _("open"),
        "discussed": _("under discussion"),
        "ad_referendum": _("agreed ad referendum"),
        "agreed": _("agreed"),
        "contested": _("contested"),
        "reopened": _("reopened"),
    }.get(value, value)


def stance(name: str) -> str:
    """A step of the scale. A draft's own scale has names of its own."""
    return {
        "support": _("support"),
        "can_live_with": _("can live with it"),
        "reservation": _("reservation"),
        "abstain": _("abstain"),
        "need_discussion": _("needs discussion"),
        "cannot_accept": _("cannot accept"),
    }.get(name, name)


def lapsed(value: str) -> str:
    """Why a position does not count any more."""
    return {
        "text": _("given on an earlier text"),
        "setting": _("given on an earlier text, changed since in its setting only"),
        "reopened": _("given before this was reopened"),
        "unconfirmed": _("not confirmed in time"),
    }.get(value, value)


def barred(value: str) -> str:
    """Why somebody cannot state a position."""
    return {
        "role": _("As an observer you read positions; you have none."),
        "seat": _("Your institution has no voice at this table, so it states no position."),
        "part": _("The head of your delegation, or whoever they authorise, states its position. You may comment."),
    }.get(value, value)


def overview_filter(name: str, value: str) -> str:
    """What a value of the overview's filters is called, where it is no name of its own."""
    if name == "state":
        return _("on the table") if value == "open" else state(value)
    if name == "against":
        return overview_part(value)
    if name == "deed":
        return edit(value)
    return {
        "amendment": _("amendment"),
        "counter_text": _("counter-text"),
        "yes": _("needs its author"),
    }.get(value, value)


def overview_part(value: str) -> str:
    """A part of the overview."""
    return {
        "open": _("On the table"),
        "agreed": _("Nobody contests these"),
        "contested": _("Contested"),
        "drafts": _("Not submitted yet: only your institution sees these"),
        "closed": _("Decided or withdrawn"),
    }.get(value, value)


def overview_group(value: str) -> str:
    """What binds amendments together."""
    return {
        "identical": _("These say the same"),
        "colliding": _("These collide"),
        "linked": _("These belong together"),
    }.get(value, value)


def reason(value: str) -> str:
    """What a collision is about."""
    return {
        "words": _("other words for the same place"),
        "insertion": _("two new clauses at the same place"),
        "deletion": _("deleted by one, changed by another"),
        "move": _("moved to different places"),
        "label": _("given different numbers"),
    }.get(value, value)


def reference(value: str) -> str:
    """Why a person must look at a reference before a version is issued."""
    return {
        "dangling": _("new words that lead nowhere"),
        "target_deleted": _("what it names is gone"),
        "range_broken": _("not everything between its ends stands there any more"),
        "target_moved": _("what it names stands where these words cannot lead"),
        "no_sure_wording": _("its number has no sure form here"),
        "written_anew": _("new words, whose number names another clause now"),
    }.get(value, value)


def numbering(value: str) -> str:
    """What is wrong with a number."""
    return {
        "duplicate_number": _("stands twice"),
        "numbering_gap": _("a number before it is missing"),
        "numbering_backwards": _("stands behind a higher number"),
    }.get(value, value)


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
    return {
        "breaks": _("Page breaks and line breaks of the word processor became line ends."),
        "invisible": _("Soft hyphens and other characters that nobody sees were removed."),
        "symbols": _("Characters that exist in one font only were removed."),
        "tabs": _("Tabs became spaces."),
        "spaces": _("Special and repeated spaces became single spaces."),
        "bullets": _("Bullets became dashes."),
        "joined": _("Lines broken inside a sentence were joined."),
        "divided": _("Words divided at the end of a line were put together: look whether their hyphens stay."),
        "paragraphs": _("A blank line was put between paragraphs."),
        "indented": _("Items were indented as in the law."),
    }.get(value, value)


def call_state(value: str) -> str:
    """How far a call is."""
    return {
        "open": _("open"),
        "over": _("over, to be closed"),
        "closed": _("closed"),
        "called_off": _("called off"),
    }.get(value, value)


def call_result(value: str) -> str:
    """What a call gave for one thing, or would give as it stands."""
    return {
        "agreed": _("agreed"),
        "ad_referendum": _("agreed ad referendum"),
        "not_yet": _("not agreed yet"),
        "contested": _("contested"),
        "changed": _("nothing: the text was changed"),
        "called_off": _("called off"),
    }.get(value, value)


def unit_of_time(value: str) -> str:
    return {"days": _("days"), "working_days": _("working days"), "hours": _("hours")}.get(value, value)


def explanation(value: str) -> str:
    """What an institution has printed with a clause."""
    return {"reservation": _("reservation"), "explanation": _("explanation of position")}.get(value, value)


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
