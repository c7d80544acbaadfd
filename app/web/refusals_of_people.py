"""The sentences of refusals about members, delegations, guests and the administration of an installation."""


def _(sentence: str) -> str:
    """Marks a sentence for translation; it is translated when it is said."""
    return sentence


SENTENCES = (
    _("This person is not, or no longer, a member of the draft."),
    _("There is no account “%(name)s”."),
    _("“%(name)s” is a member of this draft already."),
    _("There is no institution “%(code)s”."),
    _("Choose a role and a part in the delegation from those that there are."),
    _("Nobody else manages this draft: name another facilitator or administrator first."),
    _("Only the head of a delegation says who speaks in it and hands it over."),
    _("The delegation is handed over to one of its members only: choose one of them."),
    _("Tick that you hand the delegation over: you cannot take it back yourself."),
    _("A member of the delegation speaks for it or comments: choose one of the two."),
    _("Say for whom the link is, for instance “OSCE adviser”: it stands beside their comments."),
    _("A guest reads, or reads and comments: choose one of the two."),
    _("A link for guests works until a day from today on, at most %(most)s days away."),
    _("This link was revoked already."),
    _("This link does not work, or no longer. Ask whoever gave it to you for another one."),
    _("“%(typed)s” is no day: write it like 2026-12-31."),
    _("There is no page at this address."),
    _("There is no such person here."),
    _("Nobody else administers this installation: make somebody else its administrator first."),
    _("A sign-in name has 1 to %(most)s characters and no spaces."),
    _("Write the person's name: it stands beside what they do where people are named."),
    _("There is no such institution here."),
    _("The code of an institution has 1 to %(most)s letters, digits, - or _."),
    _("There is an institution “%(code)s” already."),
    _("“%(successor)s” cannot take over from “%(code)s”: it is the same, or abolished itself."),
    _("A successor takes over the day after the last one: say which day that is."),
    _("An institution needs a name in one language at least."),
    _("The last day lies before the first."),
    _("“%(code)s” has a seat in this time already: change that one, or choose other days."),
    _("A seat is full, advisory or facilitating: choose one of the three."),
    _("This seat is not, or no longer, at the table of this draft."),
    _("You are a member of “%(slug)s” already."),
    _("Choose a Markdown file, or paste the text of the law."),
    _("There is a draft at the address “%(slug)s” already: choose another one."),
    _("“%(slug)s” is no usable name for a draft: use small letters a–z, digits and hyphens."),
    _("“%(language)s” is no language code; use two or three small letters, for instance ky, ru or en."),
    _("The file has %(size)s; the largest that is read is %(most)s MB."),
    _("The file has %(count)s lines; the most that are read is %(most)s. Divide it into several drafts."),
    _(
        "The text has %(count)s clauses; the most that a draft holds is %(most)s, which end in line %(line)s. Divide it "
        "into several drafts."
    ),
    _("The file is not UTF-8: byte %(byte)s, in line %(line)s. Save it as UTF-8."),
    _("The file is empty: there is no text in it."),
    _("The file has a null character in line %(line)s; it does not seem to be a text."),
    _("A draft needs a title: it stands at the head of every page."),
    _("A draft has at most %(most)s days off."),
    _("Positions were stated in “%(slug)s” on its scale already; another one would change what they say."),
    _("A scale has two to %(most)s steps; this one has %(count)s."),
    _("“%(value)s” is not what a step can mean."),
    _("Step %(number)s of the scale has no name."),
    _("Two steps of the scale are called “%(name)s”."),
    _("A scale needs a step in favour and one that objects."),
    _("The steps of a scale go from the most in favour to what objects."),
    _("The installation needs a name: it stands at the head of every page."),
    _("Choose one of the languages of the interface."),
    _("An invitation works for 1 to %(most)s days."),
)
