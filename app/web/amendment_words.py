"""What amendments are, do and become, in words."""

from app.web.translating import N_, _, one_of


def state(value: str) -> str:
    """The life of an amendment, and its fate on the bench."""
    return one_of(
        value,
        {
            "draft": N_("draft"),
            "submitted": N_("submitted"),
            "withdrawn": N_("withdrawn"),
            "taken_up": N_("taken up"),
            "adopted": N_("adopted"),
            "adopted_in_part": N_("adopted in part"),
            "not_adopted": N_("not adopted"),
            "superseded": N_("superseded"),
            "bracketed": N_("kept in brackets"),
            "unsettled": N_("not settled yet"),
        },
    )


def carried(value: str) -> str:
    """What became of an amendment when a version was issued."""
    return one_of(
        value,
        {
            "unchanged": N_("carried unchanged"),
            "shifted": N_("carried, the words stand elsewhere now"),
            "incorporated": N_("the text already says it"),
            "needs_author": N_("needs its author: these words were changed"),
        },
    )


def outcome(value: str) -> str:
    """What a version made of an amendment: decided, carried, given back, kept in brackets in part."""
    if value == "bracketed_in_part":
        return _("kept in brackets, decided against in part")
    said = state(value)
    return carried(value) if said == value else said


def answer(value: str) -> str:
    """Of an institution that was invited, or a proposer to whom something was offered."""
    return one_of(
        value,
        {
            "invited": N_("invited, no answer yet"),
            "accepted": N_("accepts"),
            "declined": N_("declines"),
            "open": N_("no answer yet"),
        },
    )


def taken(value: str) -> str:
    """Of an amendment to an amendment: what the proposer of that one answered."""
    return one_of(
        value,
        {
            "accepted": N_("its words were taken"),
            "declined": N_("its words were not taken"),
            "open": N_("no answer yet"),
        },
    )


def link(value: str) -> str:
    """How people linked one amendment to another."""
    return one_of(
        value,
        {
            "depends_on": N_("depends on"),
            "needed_by": N_("is needed by"),
            "conflicts_with": N_("conflicts in substance with"),
        },
    )


def operation(value: str) -> str:
    return one_of(
        value,
        {
            "words": N_("Change words"),
            "restate": N_("Restate"),
            "insert": N_("Insert after"),
            "delete": N_("Delete"),
            "move": N_("Move"),
            "heading": N_("Rename"),
            "number": N_("Renumber"),
        },
    )


def operation_help(value: str) -> str:
    """What an operation of the composer means for others' amendments."""
    return one_of(
        value,
        {
            "words": N_("Only the words you change are yours; others may change the rest."),
            "restate": N_("The whole clause is proposed anew and stands or falls as one."),
            "insert": N_("New clauses behind this one, in front of it, or inside it."),
            "delete": N_("The clause and all below it goes."),
            "move": N_("The clause and all below it to another place."),
            "heading": N_("Another heading; what stands below it stays."),
            "number": N_("Another number, the same words."),
        },
    )


def edit(value: str) -> str:
    """What an edit does."""
    return one_of(
        value,
        {
            "replace_words": N_("changes words"),
            "restate": N_("restates"),
            "insert": N_("inserts after"),
            "insert_first": N_("inserts at the very beginning"),
            "delete": N_("deletes"),
            "move": N_("moves"),
            "relabel": N_("renumbers"),
        },
    )


def overview_filter(name: str, value: str) -> str:
    """What a value of the overview's filters is called, where it is no name of its own."""
    if name == "state":
        return _("on the table") if value == "open" else state(value)
    if name == "against":
        return overview_part(value)
    if name == "deed":
        return edit(value)
    return one_of(
        value,
        {
            "amendment": N_("amendment"),
            "counter_text": N_("counter-text"),
            "yes": N_("needs its author"),
        },
    )


def overview_part(value: str) -> str:
    """A part of the overview."""
    return one_of(
        value,
        {
            "open": N_("On the table"),
            "agreed": N_("Nobody contests these"),
            "contested": N_("Contested"),
            "drafts": N_("Not submitted yet: only your institution sees these"),
            "closed": N_("Decided or withdrawn"),
        },
    )


def overview_group(value: str) -> str:
    """What binds amendments together."""
    return one_of(
        value,
        {
            "identical": N_("These say the same"),
            "colliding": N_("These collide"),
            "linked": N_("These belong together"),
        },
    )


def reason(value: str) -> str:
    """What a collision is about."""
    return one_of(
        value,
        {
            "words": N_("other words for the same place"),
            "insertion": N_("two new clauses at the same place"),
            "deletion": N_("deleted by one, changed by another"),
            "move": N_("moved to different places"),
            "label": N_("given different numbers"),
        },
    )
