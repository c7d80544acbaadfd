"""What the pages of consultations call things."""

from collections.abc import Callable

from app.domain.consulting import REASONS
from app.services.consult_pages import Facts
from app.web.filters import day
from app.web.translating import N_, _, one_of


def standing(facts: Facts) -> str:
    """How far a consultation is, in a sentence."""
    return _STANDING[facts.standing.value](facts)


_STANDING: dict[str, Callable[[Facts], str]] = {
    "coming": lambda facts: _("It opens on %(day)s.", day=day(facts.first_day)),
    "open": lambda facts: _("It is open until %(day)s.", day=day(facts.last_day)),
    "over": lambda facts: _("It ended on %(day)s.", day=day(facts.last_day)),
    "closed": lambda facts: _("It was closed on %(day)s.", day=day(facts.closed_on or facts.last_day)),
    "superseded": lambda _facts: _("It ended when a newer text was published."),
    "withdrawn": lambda _facts: _("It ended when the publication was withdrawn."),
    "hidden": lambda _facts: _("It is closed: only members of the draft may read the publication now."),
}


def state(value: str) -> str:
    """What became of a contribution."""
    return {"waiting": _("to be looked at"), "accepted": _("accepted"), "refused": _("refused")}.get(value, value)


def reason(value: str) -> str:
    """Why a contribution is refused."""
    return one_of(
        value,
        {
            "off_topic": N_("It is not about this text."),
            "insult": N_("It insults somebody."),
            "personal_data": N_("It tells personal data of somebody."),
            "advertising": N_("It is advertising."),
            "twice": N_("It was sent already."),
        },
    )


def reasons() -> tuple[tuple[str, str], ...]:
    return tuple((value, reason(value)) for value in REASONS)


def cell(value: str) -> str:
    """What stands in a cell of the table."""
    if value == "whole":
        return _("the whole text")
    return reason(value) if value in REASONS else state(value)


def heads() -> tuple[str, ...]:
    """Of the table of contributions."""
    return (
        _("Number"), _("Date"), _("Clause"), _("Name"), _("Contribution"), _("State"), _("Reason"), _("Words"),
        _("Answered on"), _("Reply"),
    )  # fmt: skip
