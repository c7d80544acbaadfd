"""Enumerated values of sessions as people read them; templates find them among the other words."""

from flask_babel import gettext


def _(sentence: str) -> str:
    return str(gettext(sentence))


def session_state(value: str) -> str:
    """How far a session is."""
    return {
        "planned": _("planned"),
        "open": _("being held"),
        "paused": _("in a break"),
        "closed": _("closed"),
        "called_off": _("called off"),
    }.get(value, value)


def item_reading(number: int) -> str:
    """In which reading an item of an agenda is taken."""
    return _("second reading") if number == 2 else _("first reading")


def item_status(value: str) -> str:
    """How an item of an agenda stands."""
    return {
        "waiting": _("waits"),
        "current": _("taken up"),
        "done": _("done"),
        "skipped": _("skipped"),
    }.get(value, value)


def session_deed(value: str) -> str:
    """What was done in a session and can be undone for a minute."""
    return {
        "session_item_taken_up": _("going to another item"),
        "session_screen_changed": _("what the big screen shows"),
        "session_time_added": _("more time"),
        "session_item_decided": _("the decision"),
        "session_matter_parked": _("putting a matter aside"),
        "session_floor_given": _("giving the floor"),
        "session_floor_ended": _("ending the turn"),
        "session_paused": _("the break"),
        "session_resumed": _("the end of the break"),
        "session_closed": _("closing the session"),
    }.get(value, value)


def rule(value: str) -> str:
    """A rule by which a group agrees, in a word."""
    return {
        "consensus": _("Consensus"),
        "minus_one": _("Consensus minus one"),
        "silence": _("Silence"),
        "majority": _("Majority"),
        "no_objection": _("nobody objected"),
    }.get(value, value)
