"""What the board's filters and lists call their values."""

from app.web import words
from app.web.translating import N_, _, one_of


def state(value: str) -> str:
    """A state that clauses can be asked for."""
    return _("not agreed yet") if value == "unsettled" else words.clause_state(value)


def says(value: str) -> str:
    """What a seat says of a clause."""
    return one_of(
        value,
        {
            "nothing": N_("nothing that counts yet"),
            "lapsed": N_("lapsed: given on an earlier text"),
            "provisional": N_("given ad referendum, to be confirmed"),
            "objects": N_("objects"),
            "asks": N_("needs discussion"),
            "reserved": N_("in favour, with a reservation"),
            "abstains": N_("abstains"),
            "in_favour": N_("in favour"),
        },
    )


def obstacle(value: str) -> str:
    """What holds a clause up."""
    return one_of(
        value,
        {
            "objects": N_("Cannot accept it"),
            "asks": N_("Needs discussion"),
            "lapsed": N_("Spoke on an earlier text"),
            "provisional": N_("Has yet to confirm"),
            "collides": N_("Amendments collide"),
        },
    )


def share(value: str) -> str:
    """A band of the chart."""
    return one_of(
        value,
        {
            "agreed": N_("agreed"),
            "ad_referendum": N_("agreed ad referendum"),
            "contested": N_("contested"),
            "open": N_("not agreed yet"),
        },
    )
