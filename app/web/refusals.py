"""The sentences of refusals in the interface's language.

A use case composes its sentence in English, with its facts in it. The same sentences stand here as patterns: the facts
are read out of the English one and put into the translated one. A sentence that is missing here is said in English.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from flask_babel import gettext

from app.domain.errors import Refusal
from app.web import refusals_of_accounts, refusals_of_consultations, refusals_of_people, refusals_of_record, words
from app.web.filters import moment


def _(sentence: str) -> str:
    """Marks a sentence for translation; it is translated when it is said."""
    return sentence


SENTENCES = (
    _("The backup could not be written to %(name)s: %(told)s. Nothing was left there."),
    _("Restored from a backup: it may have gone out before."),
    _("The installation was restored from a backup while this file was being made. Ask for it again."),
    _("What is open stands in brackets in version %(latest)s, the latest, not in version %(number)s."),
    _("Amendments are to the text in “%(authentic)s”: that in “%(language)s” has no brackets."),
    _("There is no plenary copy of “%(name)s”, only of %(having)s."),
    _("There is no draft “%(slug)s” that you may see."),
    _("The draft “%(slug)s” has no version %(number)s."),
    _("There is no amendment A%(number)s in this draft."),
    _("There is no such publication."),
    _("Nothing is on the big screen of this draft: the facilitator has not shared the bench."),
    _("This clause does not exist in the draft."),
    _("Nothing stands at “%(address)s” in version %(number)s."),
    _("These were more than %(most)s searches in a minute. Wait %(seconds)s seconds."),
    _("These were more than %(most)s forms in a minute. Wait %(seconds)s seconds."),
    _("The name or the password is wrong."),
    _("As %(role)s of this draft you may not %(action)s."),
    _("Write your comment first: it is empty."),
    _("The comment has %(length)s characters; the longest possible has %(longest)s."),
    _("The words “%(quote)s” do not stand in this clause. Copy them exactly, or leave the field empty."),
    _("The comment has a null character in it, which no text needs."),
    _("The comment you reply to is not there."),
    _("“%(kind)s” is no kind of comment."),
    _("The words “%(quote)s” stand in this clause %(count)s time(s), so there is no number %(occurrence)s of them."),
    _(
        "The words “%(quote)s” stand neither in the amendment's new text nor in its reason. Copy them exactly, or "
        "leave the field empty."
    ),
    _("This comment is not in the draft."),
    _("Only who wrote a comment may edit or withdraw it."),
    _("This comment was withdrawn by its author and stays as it is."),
    _("Nothing was changed: the comment reads as before."),
    _("Only a facilitator, or the institution that began a thread, may resolve or reopen it."),
    _("A reply is not resolved by itself: resolve the thread it stands in."),
    _("This thread is resolved already."),
    _("This thread is open already."),
    _("Say why: an amendment needs its reason, even a short one."),
    _("This amendment changes nothing: the words are the same as in the text."),
    _(
        "The words of one clause cannot hold a blank line: that would begin another clause. Use “Insert after” for a "
        "new clause."
    ),
    _("No words are left. To take the clause out, choose “Delete”."),
    _("Nothing is to be inserted: the text of the new clause is empty."),
    _("“%(operation)s” is no way to amend a clause."),
    _("The text is longer than %(longest)s characters or holds a null character."),
    _("With this the text would have %(count)s clauses; the most that a draft holds is %(most)s."),
    _("With this the text would have %(size)s MB; the largest that a draft holds is %(most)s MB."),
    _("The reason may have %(longest)s characters, the short name 200."),
    _(
        "You wrote this on version %(base)s; meanwhile version %(latest)s was issued. Your words are kept below: check "
        "them against the new text and send them again."
    ),
    _("The clause that this amendment is about is not in this version any more."),
    _("The words “%(words)s” begin or end inside a word of the clause."),
    _("The text does not read “%(expected)s” where this amendment says it does."),
    _("Two changes of this amendment overlap."),
    _("Part %(part)s (%(clause)s): %(reason)s"),
    _("It contradicts part %(part)s: %(reason)s"),
    _("one of them deletes what the other one changes."),
    _("both change the same words."),
    _("both move the same clause."),
    _("both give the same clause a number."),
    _("these moves go round in a circle."),
    _("Nothing can stand inside this clause: it has no number and no heading."),
    _("This cannot be inserted here: “%(clause)s” behind it would become a part of it."),
    _("Say where the clause is to stand."),
    _("The clause behind which this one is to stand is not in this version any more."),
    _("A clause cannot be moved into itself."),
    _("“%(clause)s” cannot stand inside “%(above)s”."),
    _("Only a heading can be renamed."),
    _("This clause has no number, so it cannot get another one."),
    _("“%(number)s” cannot be the number of this clause."),
    _("“%(typed)s” names no clause of this text: type its number, for instance 13(2)."),
    _("An amendment may have %(count)s parts."),
    _("Say which amendments the counter-text is offered to."),
    _(
        "A%(number)s was reworded while you wrote. Nothing was stored over it; your words are kept below: compare them "
        "with its words as they are now and send them again."
    ),
    _("Nothing was changed: A%(number)s reads as before."),
    _("Say which words are to be replaced."),
    _("The words “%(words)s” stand nowhere in this text."),
    _("The words “%(words)s” stand in more than %(count)s places: choose longer ones."),
    _("A place that is to be left out does not have these words any more: look at the list again."),
    _("Nothing is kept for this form: it does not say where it stands."),
    _("The form holds more than %(longest)s characters, so it is kept in this browser alone."),
    _("What was pasted is too large to be cleaned at once: paste it in pieces."),
    _("Only the institution that proposed A%(number)s may withdraw it."),
    _("Amendment A%(number)s is %(state)s and can no longer become %(wanted)s."),
    _("Only the institution that proposed A%(number)s may do this."),
    _("Amendment A%(number)s is %(state)s, so this can no longer be done."),
    _("Say why, in a word: the others will read it."),
    _("Only the head of a delegation, or whoever they authorise, states its position. You may comment."),
    _("Your institution has no seat at the table of this draft, so it has no position in it."),
    _("No institution “%(code)s” sits at the table of this draft."),
    _("What would you need? This position needs its reason."),
    _("The text was changed while you read it. Look at it as it stands now, then state your position again."),
    _("What this position is about is not in the latest version of the draft."),
    _("A position given ad referendum is confirmed in 1 to %(days)s days."),
    _("There is no position of your institution to confirm here."),
    _("There is no position of your institution to take back here."),
    _("The scale has steps 1 to %(steps)s; there is no step %(number)s."),
    _(
        "The time to answer call %(number)s is over, and its answers are not revealed yet. Once they are, this can be "
        "done."
    ),
    _(
        "Call %(number)s asks about clauses in it, and its answers are hidden until they are revealed: answer there, "
        "clause by clause."
    ),
    _("There is no call %(number)s in this draft."),
    _("This call asks about nothing of this number."),
    _("Say what the call asks about: at least one clause or amendment."),
    _("A call asks about %(most)s clauses and amendments at most; these are %(count)s."),
    _("“%(typed)s” names no clause of this text and no amendment: type a number, for instance 13(2) or A4."),
    _("Call %(number)s asks about %(what)s already: close it first, or leave this out."),
    _("“%(rule)s” is no rule by which a group agrees."),
    _("“%(unit)s” is no unit of time: days, working days or hours."),
    _("Silence means something only until a deadline: say how long the call is open."),
    _(
        "A call by silence is open: whoever breaks the silence shows it by speaking. Choose another rule to hide the "
        "answers."
    ),
    _("“%(share)s” is no share: write it like 2/3."),
    _("A majority is more than 1/2 and at most all; “%(share)s” is not."),
    _("A period has 1 to %(most)s days, not %(days)s."),
    _("A period has 1 to %(most)s hours, not %(hours)s."),
    _("A silence lasts at least %(hours)s hours."),
    _("Version %(latest)s was issued while you wrote this call. Look at its text below, then open the call."),
    _("The time to answer call %(number)s is over, so this can no longer be done."),
    _("Call %(number)s is closed already."),
    _("Your institution has confirmed already that this call reached it."),
    _("This call has no end that could be put off."),
    _("Say by how much the end is put off."),
    _("Everybody has confirmed and answered: there is nobody to remind."),
    _("Your institution has answered everything that this call asks about."),
    _("The time to answer is not over, and these have not answered everything: %(codes)s."),
    _("Nothing is hidden in this call, or it was revealed already."),
    _("Reveal the answers first: a call is closed on what everybody can see."),
    _("There is no such objection in this draft."),
    _("A facilitator answers an objection in the name of the group. You may comment."),
    _("This objection was taken back or replaced by another position meanwhile."),
    _("Write what the group replies, or name the change of the text that answers it."),
    _("“%(typed)s” is neither an amendment of this draft, like A12, nor a version, like v3."),
    _("Version %(version)s is not later than the objection, so it does not answer it."),
    _("Only the institution that objects can maintain its objection."),
    _("That this objection is maintained is recorded already."),
    _("This answer is not in the draft."),
    _("Only the head of a delegation with a full seat, or a facilitator, reopens what was agreed."),
    _("This clause is not agreed as it stands, so there is nothing to reopen."),
    _("Only a facilitator links clauses that are agreed together, or dissolves such a link."),
    _("Choose at least one other clause that this one is to be agreed with."),
    _("A package has %(count)s clauses at most: choose the article or chapter above them."),
    _("Just these clauses are linked already."),
    _("These clauses are not linked, or are so no longer."),
    _("Say whether it is a reservation or an explanation of position."),
    _("Write the words that are to be printed with the clause."),
    _("The text was changed while you wrote. Look at it as it stands now, then send your words again."),
    _("Just these words of your institution are printed with this clause already."),
    _(
        "Call %(number)s asks about this clause, and its answers are hidden until they are revealed. Once they are, "
        "this can be printed."
    ),
    _("Only the institution whose words these are may withdraw them."),
    _("These words were withdrawn already."),
    _("This reservation or explanation is not in the draft."),
    _("“%(code)s” has no seat at this table, or proposes this amendment already."),
    _("%(code)s was invited already, and has not declined."),
    _("Your institution was not invited to propose A%(number)s too, or is so no longer."),
    _("This was answered in the same way already."),
    _("%(code)s has answered this invitation: it can no longer be taken back."),
    _("Say whether you accept or decline."),
    _("These amendments are not linked in this way, or are so no longer."),
    _("Only the institution that proposed A%(number)s, or a facilitator, may link it to others."),
    _("Say how they are linked: one depends on the other, or they conflict in substance."),
    _("An amendment cannot be linked to itself."),
    _("A%(number)s and A%(other)s are linked in this way already."),
    _("That would go round in a circle: %(chain)s."),
    _(
        "A%(number)s was reworded while you were looking at it. Nothing was stored: look at its words as they are now, "
        "then answer."
    ),
    _("A%(number)s was written for an older text than A%(other)s stands on, and needs its own author first."),
    _("Choose at least one amendment to consolidate."),
    _("%(count)s collision(s) are not settled yet: choose a side, your own words, or the base text."),
    _(
        "Version %(latest)s was issued while you worked on version %(expected)s. Nothing of yours was stored over it; "
        "your choices are kept below: look at the new text and issue again."
    ),
    _("%(names)s can no longer be chosen: withdrawn, decided, or in need of its author meanwhile."),
    _("%(name)s is no side of this collision."),
    _("This collision is about whole clauses: choose one of the sides."),
    _("These amendments contradict each other and cannot both be chosen."),
    _("Version %(version)s was published already, as publication %(number)s."),
    _("Choose who may read it: everybody, whoever has the link, or the members of the draft."),
    _("Choose at least one language in which it is published."),
    _("Give the title under which it is published in “%(language)s”."),
    _(
        "Publication %(number)s was issued while you filled in this form. Nothing of yours was stored: look at it, then "
        "publish again if it is still needed."
    ),
    _("A publication has no files of the format “%(name)s”."),
    _(
        "There is no publication in “%(language)s” before version %(version)s to compare it with: leave the comparisons "
        "out."
    ),
    _(
        "Publication %(former)s may be read by fewer people, and comparisons tell its words: open it to the same readers "
        "first, or leave the comparisons out."
    ),
    _("Say why it is withdrawn: whoever comes to its address will ask."),
    _("Publication %(number)s is withdrawn already."),
    _("Nothing was changed: publication %(number)s has these readers already."),
    _("Choose a file, or paste its SHA-256: 64 characters, each 0 to 9 or a to f."),
    _("Version 1 cannot be revoked: there is no text before it."),
    _("Say why: whoever reads the record later will ask why this version was taken back."),
    _(
        "Version %(version)s cannot be revoked: version %(latest)s was issued since, and only the latest version can be "
        "taken back. Nothing was stored."
    ),
    _(
        "Another facilitator works on the bench since %(since)s. Nothing of yours was stored, and nothing of it is "
        "lost: it stands below. Take the bench over, or agree who goes on."
    ),
    _(
        "%(name)s works on the bench since %(since)s. Nothing of yours was stored, and nothing of it is lost: it stands "
        "below. Take the bench over, or agree who goes on."
    ),
    _(
        "This page is older than the bench, which was saved from another window at %(since)s. Nothing was stored over "
        "it; what you sent stands below: send it again to put it in its place."
    ),
    _("No bench stands open in this draft any more: it was issued or put away."),
    _("Say who takes the bench: another facilitator of this draft."),
    _("There is no matter %(number)s in the parking lot of this draft."),
    _("“%(said)s” is no day: choose one, or write it as 2026-12-31."),
    _("Say in a few words how the matter was settled."),
    _("A matter is settled by a facilitator, or by who speaks for the institution that takes care of it."),
    _("Matter %(number)s is settled already."),
    _("Matter %(number)s is open already."),
    _("Nothing was changed: matter %(number)s has this owner and this day already."),
    _("There is no small group %(number)s in this draft."),
    _("Give the group a name by which the others find it."),
    _("Choose at least one clause that the group works on."),
    _("A group gets %(count)s clauses at most: choose the article or chapter above them."),
    _("A small group has at least two institutions."),
    _("The institution that reports back is one of the group."),
    _("The group is to report back at a moment that is over already."),
    _("The institution that was chosen for it reports back for the group, or a facilitator does."),
    _("Small group %(number)s is dissolved."),
    _("Say what the group reports: in words, with amendments, or with both."),
    _("Amendment A%(number)s changes nothing in the range of this group."),
    _("Amendment A%(number)s is not proposed by an institution of this group."),
    _("Small group %(number)s has not reported back yet."),
    _("“%(typed)s” is no code of a ballot: it is printed at its top, for instance S2-13-MVD 4F7A21."),
    _("No ballot of this session has the code %(code)s: look at the number of the item or the call."),
    _("This ballot is of session %(number)s: enter it there."),
    _("Type the six characters of the words too: they are printed beside the code of the ballot."),
    _("There is no session %(number)s in this draft."),
    _("Session %(number)s is not being held: open it first."),
    _("This item is not on the agenda."),
    _("Choose an institution at the table, or type who speaks."),
    _("Session %(number)s is over: it cannot be opened again."),
    _("Session %(number)s is being held: close it before you open another one."),
    _("No item of the agenda is taken up: take one up first."),
    _("There is nothing to undo: only the last deed is undone, and only for a minute."),
    _("This cannot be done in a session: choose one of what the page offers."),
    _("A time box is 1 to %(most)s minutes."),
    _("Choose what was decided."),
    _("Say in a few words what this is about."),
    _("Call %(number)s is not closed: close it first, then decide by it."),
    _("This institution is on the list of speakers already."),
    _("This turn is not on the list of speakers any more."),
    _("Say what the session is called, for instance: First reading of chapter 3."),
    _("“%(typed)s” is no date with a time: write it like 2027-02-15 09:30."),
    _("Session %(number)s is over or was called off: its agenda stays as it is."),
    _("Session %(number)s has begun: it can be closed, but no longer called off."),
    _("This item was taken up in the session already, so it stays on the agenda."),
    _("The place of an item on the agenda is a number: 1 is the first."),
    _("An item is taken in its first or in its second reading."),
    _("An agenda has %(most)s items at most; with these it would have %(count)s."),
    _("There is nothing to add: name a clause, an amendment or a matter that is not on the agenda."),
    _("“%(what)s” is on the agenda already, for the same reading."),
    _("Nobody is named in this draft, so no names are taken for the records of its sessions."),
    _("Session %(number)s has not begun: names are taken when it is opened."),
    _("Session %(number)s was called off, so nobody came to it."),
    _("Type the name as it is to stand in the record."),
    _("Nobody is named who did not agree to it: tick that they did."),
    _("This name is not, or no longer, among those for the record."),
    _("There is no record %(number)s in this draft."),
    _("Session %(number)s has not begun, so there is nothing to record of it yet."),
    _("No session has been held yet, so there is nothing to record."),
    _("Record %(number)s is issued: it stays as it is. Write a new one to correct it."),
    _("Choose what the record is of, and its language, from what the page offers."),
    _("A record without a word says nothing: write it, or discard it."),
    _(
        "Somebody else saved record %(number)s while you wrote. What they saved is shown below; what you typed is "
        "still in the form. Saving now puts yours in its place."
    ),
    _("“%(typed)s” is no attribution: it is named, institution_only or unattributed."),
    _(
        "Something was contributed to this draft already, by people who were told how they would be named: its "
        "attribution stays as it is. For a session a stricter one can be chosen."
    ),
    _("The session has begun, and people were told how they would be named in it: its attribution stays as it is."),
    _(
        "Amendments are not attributed here: no institution is stored as proposing one, so none can propose it too. An "
        "institution states its position on it instead."
    ),
    _("Contributions are not attributed here, so unsent text is kept in this browser alone."),
    _("This code is not the receipt of anything in this draft. Look at each letter once more."),
    _("There is no format “%(name)s”; there are %(names)s."),
    _("Version %(number)s is not written in “%(language)s”, only in %(known)s."),
    _("Version %(number)s is the first one: there is nothing before it to compare it with."),
    _("No record is issued in “%(language)s”."),
    _("No record on version %(version)s is issued in “%(language)s”."),
    _("Record %(number)s is written in “%(language)s” alone."),
    _("You wait for %(count)s files already. Fetch one of them, or put one away, then ask again."),
    _("This file is not made yet. Its page shows how far it is."),
    _("There is no such file, or it was asked for by somebody else."),
    _("Something went wrong on our side while the file was made. Ask for it again, or tell the administrator."),
    _("The file could not be made: whoever worked on it was ended, several times. Tell the administrator."),
    *refusals_of_accounts.SENTENCES,
    *refusals_of_consultations.SENTENCES,
    *refusals_of_people.SENTENCES,
    *refusals_of_record.SENTENCES,
)
FACTS: dict[str, Callable[[str], str]] = {
    "role": words.role, "action": words.action, "state": words.state, "wanted": words.state,
    "since": lambda value: moment(datetime.strptime(value, "%Y-%m-%d_%H:%M_UTC").replace(tzinfo=UTC)),
}  # fmt: skip
"""Facts that are words themselves."""


def pattern(sentence: str) -> re.Pattern[str]:
    """What a sentence looks like with its facts in it."""
    return re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.*)", re.escape(sentence)), re.DOTALL)


PATTERNS = tuple((pattern(sentence), sentence) for sentence in SENTENCES)


def sentence(refusal: Refusal) -> str:
    """What to tell the person."""
    return _said(str(refusal))


def sentence_of(said: str) -> str:
    """The same of a refusal that was noted as its English sentence."""
    return _said(said)


def _said(said: str) -> str:
    for known, message in PATTERNS:
        if found := known.fullmatch(said):
            facts = found.groupdict()
            return str(gettext(message, **{name: _fact(name, value) for name, value in facts.items()}))
    return said


def _fact(name: str, value: str) -> str:
    if name == "reason":  # a sentence in a sentence: what is wrong with one part of an amendment
        return _said(value)
    return FACTS[name](value.replace(" ", "_")) if name in FACTS else value
