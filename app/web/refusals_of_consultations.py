"""The sentences of refusals about public consultations."""

from app.web.translating import N_

SENTENCES = (
    N_("There is no public consultation on this publication."),
    N_("Write what the public is asked: readers see it first."),
    N_("The last day of a consultation is not before its first, and not past already."),
    N_("A consultation takes two years at the most: look at its last day again."),
    N_("There is a consultation on publication %(number)s already."),
    N_(
        "Publication %(number)s is withdrawn, or only members may read it: let others read it before you consult them "
        "on it."
    ),
    N_("This consultation has ended already."),
    N_("It is open until %(last_day)s already: choose a later day."),
    N_("Write your contribution first: it is empty."),
    N_("The contribution has %(length)s characters; the longest possible has %(longest)s."),
    N_("The consultation has not begun yet."),
    N_("The consultation has ended."),
    N_("%(most)s contributions of yours wait to be looked at: no more can be taken until some of them are."),
    N_("This link was used already, or it has run out: it is good for three days."),
    N_("Choose at least one contribution."),
    N_("There is no such contribution to this consultation."),
    N_("Contribution %(number)s is accepted already."),
    N_("Contribution %(number)s is refused already."),
    N_("Contribution %(number)s is not accepted, so nobody would see the reply."),
    N_("Say why it is refused: choose one of the reasons."),
    N_("Write the reply first: it is empty."),
)
