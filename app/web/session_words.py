from app.web.translating import N_, _, one_of

"""Enumerated values of sessions as people read them; templates find them among the other words."""


def session_state(value: str) -> str:
    """How far a session is."""
    return one_of(
        value,
        {
            "planned": N_("planned"),
            "open": N_("being held"),
            "paused": N_("in a break"),
            "closed": N_("closed"),
            "called_off": N_("called off"),
        },
    )


def item_reading(number: int) -> str:
    """In which reading an item of an agenda is taken."""
    return _("second reading") if number == 2 else _("first reading")


def item_status(value: str) -> str:
    """How an item of an agenda stands."""
    return one_of(
        value,
        {
            "waiting": N_("waits"),
            "current": N_("taken up"),
            "done": N_("done"),
            "skipped": N_("skipped"),
        },
    )


def session_deed(value: str) -> str:
    """What was done in a session and can be undone for a minute."""
    return one_of(
        value,
        {
            "session_item_taken_up": N_("going to another item"),
            "session_screen_changed": N_("what the big screen shows"),
            "session_time_added": N_("more time"),
            "session_item_decided": N_("the decision"),
            "session_matter_parked": N_("putting a matter aside"),
            "session_floor_given": N_("giving the floor"),
            "session_floor_ended": N_("ending the turn"),
            "session_paused": N_("the break"),
            "session_resumed": N_("the end of the break"),
            "session_closed": N_("closing the session"),
        },
    )


def rule(value: str) -> str:
    """A rule by which a group agrees, in a word."""
    return one_of(
        value,
        {
            "consensus": N_("Consensus"),
            "minus_one": N_("Consensus minus one"),
            "silence": N_("Silence"),
            "majority": N_("Majority"),
            "no_objection": N_("nobody objected"),
        },
    )
