"""What the board's filters and lists call their values."""

from app.web import words
from app.web.words import _


def state(value: str) -> str:
    """A state that clauses can be asked for."""
    return _("not agreed yet") if value == "unsettled" else words.clause_state(value)


def says(value: str) -> str:
    """What a seat says of a clause."""
    return {
        "nothing": _("nothing that counts yet"),
        "lapsed": _("lapsed: given on an earlier text"),
        "provisional": _("given ad referendum, to be confirmed"),
        "objects": _("objects"),
        "asks": _("needs discussion"),
        "reserved": _("in favour, with a reservation"),
        "abstains": _("abstains"),
        "in_favour": _("in favour"),
    }.get(value, value)


def obstacle(value: str) -> str:
    """What holds a clause up."""
    return {
        "objects": _("Cannot accept it"),
        "asks": _("Needs discussion"),
        "lapsed": _("Spoke on an earlier text"),
        "provisional": _("Has yet to confirm"),
        "collides": _("Amendments collide"),
    }.get(value, value)


def share(value: str) -> str:
    """A band of the chart."""
    return {
        "agreed": _("agreed"),
        "ad_referendum": _("agreed ad referendum"),
        "contested": _("contested"),
        "open": _("not agreed yet"),
    }.get(value, value)
