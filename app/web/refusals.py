"""The sentences of refusals in the interface's language. What has no translation here is said in English."""

from collections.abc import Callable

from flask_babel import gettext as _

from app.domain.edits import ChangesNothing
from app.domain.errors import Refusal
from app.domain.permissions import RoleMayNot
from app.services.accounts import WrongNameOrPassword
from app.services.consolidating import IssuedMeanwhile, NothingChosen, Unsettled
from app.services.discussing import EmptyComment, QuoteNotFound
from app.services.proposing import NoReason, SeveralClauses, TextMovedOn
from app.services.showing import NoSuchClause
from app.store.memberships import NoSuchDraft

SENTENCES: dict[type[Refusal], Callable[[Refusal], str]] = {
    WrongNameOrPassword: lambda r: _("The name or the password is wrong."),
    ChangesNothing: lambda r: _("This amendment changes nothing: the words are the same as in the text."),
    RoleMayNot: lambda r: _("Your role in this draft does not allow this."),
    NothingChosen: lambda r: _("Choose at least one amendment to consolidate."),
    Unsettled: lambda r: _("Not every collision is settled yet: choose a side, your own words, or the base text."),
    IssuedMeanwhile: lambda r: _(
        "Another version was issued while you worked. Nothing of yours was stored over it; your choices are kept below: look at the new text and issue again."
    ),
    EmptyComment: lambda r: _("Write your comment first: it is empty."),
    QuoteNotFound: lambda r: _(
        "The quoted words do not stand in this clause. Copy them exactly, or leave the field empty."
    ),
    NoReason: lambda r: _("Say why: an amendment needs its reason, even a short one."),
    SeveralClauses: lambda r: _(
        "The words of one clause cannot hold a blank line: that would begin another clause. Use “Insert after” for a new clause."
    ),
    TextMovedOn: lambda r: _(
        "Meanwhile a newer version was issued. Your words are kept below: check them against the new text and send them again."
    ),
    NoSuchClause: lambda r: _("This clause does not exist in the draft."),
    NoSuchDraft: lambda r: _("There is no such draft, or you may not see it."),
}


def sentence(refusal: Refusal) -> str:
    """What to tell the person."""
    said = SENTENCES.get(type(refusal))
    return said(refusal) if said else str(refusal)
