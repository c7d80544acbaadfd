from app.web.translating import N_, _, one_of

"""Roles, parts in a delegation and seats as people read them."""


def role(value: str) -> str:
    return one_of(
        value,
        {
            "observer": N_("observer"),
            "commenter": N_("commenter"),
            "representative": N_("representative"),
            "facilitator": N_("facilitator"),
            "administrator": N_("administrator"),
        },
    )


def role_means(value: str) -> str:
    """What somebody with this role does in a draft."""
    return one_of(
        value,
        {
            "observer": N_("reads"),
            "commenter": N_("reads and comments"),
            "representative": N_("speaks for an institution: comments, proposes, states positions"),
            "facilitator": N_("runs the work: members, calls, sessions, versions"),
            "administrator": N_("the same as a facilitator"),
        },
    )


def part(value: str) -> str:
    """In a delegation."""
    return {"head": _("head"), "authorised": _("authorised"), "member": _("member")}.get(value, value)


def part_means(value: str) -> str:
    return one_of(
        value,
        {
            "head": N_("leads the delegation and speaks for it; it has one head"),
            "authorised": N_("speaks for it too"),
            "member": N_("comments and proposes, states no positions"),
        },
    )


def seat(value: str) -> str:
    return one_of(
        value,
        {
            "full": N_("full seat"),
            "advisory": N_("advisory seat: heard, not counted"),
            "facilitating": N_("facilitating seat: serves the group"),
        },
    )


def institution_kind(value: str) -> str:
    return one_of(
        value,
        {
            "state": N_("state body"),
            "independent": N_("independent body"),
            "civil_society": N_("civil society"),
            "international": N_("international organisation"),
            "facilitation": N_("facilitation"),
        },
    )


def meaning(value: str) -> str:
    """What a step of a scale says for a decision."""
    return one_of(
        value,
        {
            "in_favour": N_("in favour"),
            "reserved": N_("in favour, with a reservation"),
            "abstains": N_("abstains"),
            "asks": N_("needs discussion"),
            "objects": N_("objects"),
        },
    )


def letter_kind(value: str) -> str:
    """What a letter is about."""
    return one_of(
        value,
        {
            "confirm_address": N_("confirming an address"),
            "consultation_confirm": N_("confirming a contribution"),
            "consultation_refused": N_("contribution not shown"),
            "consultation_reply": N_("reply to a contribution"),
            "digest": N_("news"),
            "invitation": N_("invitation"),
            "way_back": N_("new password"),
        },
    )
