"""The sentences of refusals about public consultations."""


def _(sentence: str) -> str:
    """Marks a sentence for translation; it is translated when it is said."""
    return sentence


SENTENCES = (
    _("There is no public consultation on this publication."),
    _("Write what the public is asked: readers see it first."),
    _("The last day of a consultation is not before its first, and not past already."),
    _("A consultation takes two years at the most: look at its last day again."),
    _("There is a consultation on publication %(number)s already."),
    _(
        "Publication %(number)s is withdrawn, or only members may read it: let others read it before you consult them "
        "on it."
    ),
    _("This consultation has ended already."),
    _("It is open until %(last_day)s already: choose a later day."),
    _("Write your contribution first: it is empty."),
    _("The contribution has %(length)s characters; the longest possible has %(longest)s."),
    _("The consultation has not begun yet."),
    _("The consultation has ended."),
    _("%(most)s contributions of yours wait to be looked at: no more can be taken until some of them are."),
    _("This link was used already, or it has run out: it is good for three days."),
    _("Choose at least one contribution."),
    _("There is no such contribution to this consultation."),
    _("Contribution %(number)s is accepted already."),
    _("Contribution %(number)s is refused already."),
    _("Contribution %(number)s is not accepted, so nobody would see the reply."),
    _("Say why it is refused: choose one of the reasons."),
    _("Write the reply first: it is empty."),
)
