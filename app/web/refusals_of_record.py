"""The sentences of refusals about the record: checkpoints, and legal erasure."""


def _(sentence: str) -> str:
    """Marks a sentence for translation; it is translated when it is said."""
    return sentence


SENTENCES = (
    _("This is no checkpoint: expected the number of an event and its hash of 64 characters, as they are printed."),
    _("This checkpoint is of another draft: %(slug)s."),
    _("Say why it is erased, in at most %(most)s characters and without naming anybody: it stays in the record."),
    _("The record of this draft does not hold: find out why before anything is erased from it."),
    _("Write the sign-in name of the person whose data is to be erased: it cannot be undone."),
    _("Another administrator must erase your data."),
)
