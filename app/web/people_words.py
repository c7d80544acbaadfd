"""Roles, parts in a delegation and seats as people read them."""

from flask_babel import gettext


def _(sentence: str) -> str:
    return str(gettext(sentence))


def role(value: str) -> str:
    return {
        "observer": _("observer"),
        "commenter": _("commenter"),
        "representative": _("representative"),
        "facilitator": _("facilitator"),
        "administrator": _("administrator"),
    }.get(value, value)


def role_means(value: str) -> str:
    """What somebody with this role does in a draft."""
    return {
        "observer": _("reads"),
        "commenter": _("reads and comments"),
        "representative": _("speaks for an institution: comments, proposes, states positions"),
        "facilitator": _("runs the work: members, calls, sessions, versions"),
        "administrator": _("the same as a facilitator"),
    }.get(value, value)


def part(value: str) -> str:
    """In a delegation."""
    return {"head": _("head"), "authorised": _("authorised"), "member": _("member")}.get(value, value)


def part_means(value: str) -> str:
    return {
        "head": _("leads the delegation and speaks for it; it has one head"),
        "authorised": _("speaks for it too"),
        "member": _("comments and proposes, states no positions"),
    }.get(value, value)


def seat(value: str) -> str:
    return {
        "full": _("full seat"),
        "advisory": _("advisory seat: heard, not counted"),
        "facilitating": _("facilitating seat: serves the group"),
    }.get(value, value)


def institution_kind(value: str) -> str:
    return {
        "state": _("state body"),
        "independent": _("independent body"),
        "civil_society": _("civil society"),
        "international": _("international organisation"),
        "facilitation": _("facilitation"),
    }.get(value, value)


def meaning(value: str) -> str:
    """What a step of a scale says for a decision."""
    return {
        "in_favour": _("in favour"),
        "reserved": _("in favour, with a reservation"),
        "abstains": _("abstains"),
        "asks": _("needs discussion"),
        "objects": _("objects"),
    }.get(value, value)


def letter_kind(value: str) -> str:
    """What a letter is about."""
    return {
        "confirm_address": _("confirming an address"),
        "consultation_confirm": _("confirming a contribution"),
        "consultation_refused": _("contribution not shown"),
        "consultation_reply": _("reply to a contribution"),
        "digest": _("news"),
        "invitation": _("invitation"),
        "way_back": _("new password"),
    }.get(value, value)
