"""The sentences of refusals about the record: checkpoints, and legal erasure."""

from app.web.translating import N_

SENTENCES = (
    N_("This is no checkpoint: expected the number of an event and its hash of 64 characters, as they are printed."),
    N_("This checkpoint is of another draft: %(slug)s."),
    N_("Say why it is erased, in at most %(most)s characters and without naming anybody: it stays in the record."),
    N_("The record of this draft does not hold: find out why before anything is erased from it."),
    N_("Write the sign-in name of the person whose data is to be erased: it cannot be undone."),
    N_("Another administrator must erase your data."),
)
