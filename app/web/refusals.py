"""The sentences of refusals in the interface's language.

A use case composes its sentence in English, with its facts in it. The same sentences stand here as patterns: the facts
are read out of the English one and put into the translated one. A sentence that is missing here is said in English.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from app.domain.errors import Refusal
from app.web import refusals_of_accounts, refusals_of_consultations, refusals_of_people, refusals_of_record, words
from app.web.filters import moment
from app.web.translating import N_, _

SENTENCES = (
    N_("The backup could not be written to %(name)s: %(told)s. Nothing was left there."),
    N_("Restored from a backup: it may have gone out before."),
    N_("The installation was restored from a backup while this file was being made. Ask for it again."),
    N_("What is open stands in brackets in version %(latest)s, the latest, not in version %(number)s."),
    N_("Amendments are to the text in “%(authentic)s”: that in “%(language)s” has no brackets."),
    N_("There is no plenary copy of “%(name)s”, only of %(having)s."),
    N_("There is no draft “%(slug)s” that you may see."),
    N_("The draft “%(slug)s” has no version %(number)s."),
    N_("There is no amendment A%(number)s in this draft."),
    N_("There is no such publication."),
    N_("Nothing is on the big screen of this draft: the facilitator has not shared the bench."),
    N_("This clause does not exist in the draft."),
    N_("Nothing stands at “%(address)s” in version %(number)s."),
    N_("These were more than %(most)s searches in a minute. Wait %(seconds)s seconds."),
    N_("These were more than %(most)s forms in a minute. Wait %(seconds)s seconds."),
    N_("The name or the password is wrong."),
    N_("As %(role)s of this draft you may not %(action)s."),
    N_("Write your comment first: it is empty."),
    N_("The comment has %(length)s characters; the longest possible has %(longest)s."),
    N_("The words “%(quote)s” do not stand in this clause. Copy them exactly, or leave the field empty."),
    N_("The comment has a null character in it, which no text needs."),
    N_("The comment you reply to is not there."),
    N_("“%(kind)s” is no kind of comment."),
    N_("The words “%(quote)s” stand in this clause %(count)s time(s), so there is no number %(occurrence)s of them."),
    N_(
        "The words “%(quote)s” stand neither in the amendment's new text nor in its reason. Copy them exactly, or "
        "leave the field empty."
    ),
    N_("This comment is not in the draft."),
    N_("Only who wrote a comment may edit or withdraw it."),
    N_("This comment was withdrawn by its author and stays as it is."),
    N_("Nothing was changed: the comment reads as before."),
    N_("Only a facilitator, or the institution that began a thread, may resolve or reopen it."),
    N_("A reply is not resolved by itself: resolve the thread it stands in."),
    N_("This thread is resolved already."),
    N_("This thread is open already."),
    N_("Say why: an amendment needs its reason, even a short one."),
    N_("This amendment changes nothing: the words are the same as in the text."),
    N_(
        "The words of one clause cannot hold a blank line: that would begin another clause. Use “Insert after” for a "
        "new clause."
    ),
    N_("No words are left. To take the clause out, choose “Delete”."),
    N_("Nothing is to be inserted: the text of the new clause is empty."),
    N_("“%(operation)s” is no way to amend a clause."),
    N_("The text is longer than %(longest)s characters or holds a null character."),
    N_("With this the text would have %(count)s clauses; the most that a draft holds is %(most)s."),
    N_("With this the text would have %(size)s MB; the largest that a draft holds is %(most)s MB."),
    N_("The reason may have %(longest)s characters, the short name 200."),
    N_(
        "You wrote this on version %(base)s; meanwhile version %(latest)s was issued. Your words are kept below: check "
        "them against the new text and send them again."
    ),
    N_("The clause that this amendment is about is not in this version any more."),
    N_("The words “%(words)s” begin or end inside a word of the clause."),
    N_("The text does not read “%(expected)s” where this amendment says it does."),
    N_("Two changes of this amendment overlap."),
    N_("Part %(part)s (%(clause)s): %(reason)s"),
    N_("It contradicts part %(part)s: %(reason)s"),
    N_("one of them deletes what the other one changes."),
    N_("both change the same words."),
    N_("both move the same clause."),
    N_("both give the same clause a number."),
    N_("these moves go round in a circle."),
    N_("Nothing can stand inside this clause: it has no number and no heading."),
    N_("This cannot be inserted here: “%(clause)s” behind it would become a part of it."),
    N_("Say where the clause is to stand."),
    N_("The clause behind which this one is to stand is not in this version any more."),
    N_("A clause cannot be moved into itself."),
    N_("“%(clause)s” cannot stand inside “%(above)s”."),
    N_("Only a heading can be renamed."),
    N_("This clause has no number, so it cannot get another one."),
    N_("“%(number)s” cannot be the number of this clause."),
    N_("“%(typed)s” names no clause of this text: type its number, for instance 13(2)."),
    N_("An amendment may have %(count)s parts."),
    N_("Say which amendments the counter-text is offered to."),
    N_(
        "A%(number)s was reworded while you wrote. Nothing was stored over it; your words are kept below: compare them "
        "with its words as they are now and send them again."
    ),
    N_("Nothing was changed: A%(number)s reads as before."),
    N_("Say which words are to be replaced."),
    N_("The words “%(words)s” stand nowhere in this text."),
    N_("The words “%(words)s” stand in more than %(count)s places: choose longer ones."),
    N_("A place that is to be left out does not have these words any more: look at the list again."),
    N_("Nothing is kept for this form: it does not say where it stands."),
    N_("The form holds more than %(longest)s characters, so it is kept in this browser alone."),
    N_("What was pasted is too large to be cleaned at once: paste it in pieces."),
    N_("Only the institution that proposed A%(number)s may withdraw it."),
    N_("Amendment A%(number)s is %(state)s and can no longer become %(wanted)s."),
    N_("Only the institution that proposed A%(number)s may do this."),
    N_("Amendment A%(number)s is %(state)s, so this can no longer be done."),
    N_("Say why, in a word: the others will read it."),
    N_("Only the head of a delegation, or whoever they authorise, states its position. You may comment."),
    N_("Your institution has no seat at the table of this draft, so it has no position in it."),
    N_("No institution “%(code)s” sits at the table of this draft."),
    N_("What would you need? This position needs its reason."),
    N_("The text was changed while you read it. Look at it as it stands now, then state your position again."),
    N_("What this position is about is not in the latest version of the draft."),
    N_("A position given ad referendum is confirmed in 1 to %(days)s days."),
    N_("There is no position of your institution to confirm here."),
    N_("There is no position of your institution to take back here."),
    N_("The scale has steps 1 to %(steps)s; there is no step %(number)s."),
    N_(
        "The time to answer call %(number)s is over, and its answers are not revealed yet. Once they are, this can be "
        "done."
    ),
    N_(
        "Call %(number)s asks about clauses in it, and its answers are hidden until they are revealed: answer there, "
        "clause by clause."
    ),
    N_("There is no call %(number)s in this draft."),
    N_("This call asks about nothing of this number."),
    N_("Say what the call asks about: at least one clause or amendment."),
    N_("A call asks about %(most)s clauses and amendments at most; these are %(count)s."),
    N_("“%(typed)s” names no clause of this text and no amendment: type a number, for instance 13(2) or A4."),
    N_("Call %(number)s asks about %(what)s already: close it first, or leave this out."),
    N_("“%(rule)s” is no rule by which a group agrees."),
    N_("“%(unit)s” is no unit of time: days, working days or hours."),
    N_("Silence means something only until a deadline: say how long the call is open."),
    N_(
        "A call by silence is open: whoever breaks the silence shows it by speaking. Choose another rule to hide the "
        "answers."
    ),
    N_("“%(share)s” is no share: write it like 2/3."),
    N_("A majority is more than 1/2 and at most all; “%(share)s” is not."),
    N_("A period has 1 to %(most)s days, not %(days)s."),
    N_("A period has 1 to %(most)s hours, not %(hours)s."),
    N_("A silence lasts at least %(hours)s hours."),
    N_("Version %(latest)s was issued while you wrote this call. Look at its text below, then open the call."),
    N_("The time to answer call %(number)s is over, so this can no longer be done."),
    N_("Call %(number)s is closed already."),
    N_("Your institution has confirmed already that this call reached it."),
    N_("This call has no end that could be put off."),
    N_("Say by how much the end is put off."),
    N_("Everybody has confirmed and answered: there is nobody to remind."),
    N_("Your institution has answered everything that this call asks about."),
    N_("The time to answer is not over, and these have not answered everything: %(codes)s."),
    N_("Nothing is hidden in this call, or it was revealed already."),
    N_("Reveal the answers first: a call is closed on what everybody can see."),
    N_("There is no such objection in this draft."),
    N_("A facilitator answers an objection in the name of the group. You may comment."),
    N_("This objection was taken back or replaced by another position meanwhile."),
    N_("Write what the group replies, or name the change of the text that answers it."),
    N_("“%(typed)s” is neither an amendment of this draft, like A12, nor a version, like v3."),
    N_("Version %(version)s is not later than the objection, so it does not answer it."),
    N_("Only the institution that objects can maintain its objection."),
    N_("That this objection is maintained is recorded already."),
    N_("This answer is not in the draft."),
    N_("Only the head of a delegation with a full seat, or a facilitator, reopens what was agreed."),
    N_("This clause is not agreed as it stands, so there is nothing to reopen."),
    N_("Only a facilitator links clauses that are agreed together, or dissolves such a link."),
    N_("Choose at least one other clause that this one is to be agreed with."),
    N_("A package has %(count)s clauses at most: choose the article or chapter above them."),
    N_("Just these clauses are linked already."),
    N_("These clauses are not linked, or are so no longer."),
    N_("Say whether it is a reservation or an explanation of position."),
    N_("Write the words that are to be printed with the clause."),
    N_("The text was changed while you wrote. Look at it as it stands now, then send your words again."),
    N_("Just these words of your institution are printed with this clause already."),
    N_(
        "Call %(number)s asks about this clause, and its answers are hidden until they are revealed. Once they are, "
        "this can be printed."
    ),
    N_("Only the institution whose words these are may withdraw them."),
    N_("These words were withdrawn already."),
    N_("This reservation or explanation is not in the draft."),
    N_("“%(code)s” has no seat at this table, or proposes this amendment already."),
    N_("%(code)s was invited already, and has not declined."),
    N_("Your institution was not invited to propose A%(number)s too, or is so no longer."),
    N_("This was answered in the same way already."),
    N_("%(code)s has answered this invitation: it can no longer be taken back."),
    N_("Say whether you accept or decline."),
    N_("These amendments are not linked in this way, or are so no longer."),
    N_("Only the institution that proposed A%(number)s, or a facilitator, may link it to others."),
    N_("Say how they are linked: one depends on the other, or they conflict in substance."),
    N_("An amendment cannot be linked to itself."),
    N_("A%(number)s and A%(other)s are linked in this way already."),
    N_("That would go round in a circle: %(chain)s."),
    N_(
        "A%(number)s was reworded while you were looking at it. Nothing was stored: look at its words as they are now, "
        "then answer."
    ),
    N_("A%(number)s was written for an older text than A%(other)s stands on, and needs its own author first."),
    N_("Choose at least one amendment to consolidate."),
    N_("%(count)s collision(s) are not settled yet: choose a side, your own words, or the base text."),
    N_(
        "Version %(latest)s was issued while you worked on version %(expected)s. Nothing of yours was stored over it; "
        "your choices are kept below: look at the new text and issue again."
    ),
    N_("%(names)s can no longer be chosen: withdrawn, decided, or in need of its author meanwhile."),
    N_("%(name)s is no side of this collision."),
    N_("This collision is about whole clauses: choose one of the sides."),
    N_("These amendments contradict each other and cannot both be chosen."),
    N_("Version %(version)s was published already, as publication %(number)s."),
    N_("Choose who may read it: everybody, whoever has the link, or the members of the draft."),
    N_("Choose at least one language in which it is published."),
    N_("Give the title under which it is published in “%(language)s”."),
    N_(
        "Publication %(number)s was issued while you filled in this form. Nothing of yours was stored: look at it, then "
        "publish again if it is still needed."
    ),
    N_("A publication has no files of the format “%(name)s”."),
    N_(
        "There is no publication in “%(language)s” before version %(version)s to compare it with: leave the comparisons "
        "out."
    ),
    N_(
        "Publication %(former)s may be read by fewer people, and comparisons tell its words: open it to the same readers "
        "first, or leave the comparisons out."
    ),
    N_("Say why it is withdrawn: whoever comes to its address will ask."),
    N_("Publication %(number)s is withdrawn already."),
    N_("Nothing was changed: publication %(number)s has these readers already."),
    N_("Choose a file, or paste its SHA-256: 64 characters, each 0 to 9 or a to f."),
    N_("Version 1 cannot be revoked: there is no text before it."),
    N_("Say why: whoever reads the record later will ask why this version was taken back."),
    N_(
        "Version %(version)s cannot be revoked: version %(latest)s was issued since, and only the latest version can be "
        "taken back. Nothing was stored."
    ),
    N_(
        "Another facilitator works on the bench since %(since)s. Nothing of yours was stored, and nothing of it is "
        "lost: it stands below. Take the bench over, or agree who goes on."
    ),
    N_(
        "%(name)s works on the bench since %(since)s. Nothing of yours was stored, and nothing of it is lost: it stands "
        "below. Take the bench over, or agree who goes on."
    ),
    N_(
        "This page is older than the bench, which was saved from another window at %(since)s. Nothing was stored over "
        "it; what you sent stands below: send it again to put it in its place."
    ),
    N_("No bench stands open in this draft any more: it was issued or put away."),
    N_("Say who takes the bench: another facilitator of this draft."),
    N_("There is no matter %(number)s in the parking lot of this draft."),
    N_("“%(said)s” is no day: choose one, or write it as 2026-12-31."),
    N_("Say in a few words how the matter was settled."),
    N_("A matter is settled by a facilitator, or by who speaks for the institution that takes care of it."),
    N_("Matter %(number)s is settled already."),
    N_("Matter %(number)s is open already."),
    N_("Nothing was changed: matter %(number)s has this owner and this day already."),
    N_("There is no small group %(number)s in this draft."),
    N_("Give the group a name by which the others find it."),
    N_("Choose at least one clause that the group works on."),
    N_("A group gets %(count)s clauses at most: choose the article or chapter above them."),
    N_("A small group has at least two institutions."),
    N_("The institution that reports back is one of the group."),
    N_("The group is to report back at a moment that is over already."),
    N_("The institution that was chosen for it reports back for the group, or a facilitator does."),
    N_("Small group %(number)s is dissolved."),
    N_("Say what the group reports: in words, with amendments, or with both."),
    N_("Amendment A%(number)s changes nothing in the range of this group."),
    N_("Amendment A%(number)s is not proposed by an institution of this group."),
    N_("Small group %(number)s has not reported back yet."),
    N_("“%(typed)s” is no code of a ballot: it is printed at its top, for instance S2-13-MVD 4F7A21."),
    N_("No ballot of this session has the code %(code)s: look at the number of the item or the call."),
    N_("This ballot is of session %(number)s: enter it there."),
    N_("Type the six characters of the words too: they are printed beside the code of the ballot."),
    N_("There is no session %(number)s in this draft."),
    N_("Session %(number)s is not being held: open it first."),
    N_("This item is not on the agenda."),
    N_("Choose an institution at the table, or type who speaks."),
    N_("Session %(number)s is over: it cannot be opened again."),
    N_("Session %(number)s is being held: close it before you open another one."),
    N_("No item of the agenda is taken up: take one up first."),
    N_("There is nothing to undo: only the last deed is undone, and only for a minute."),
    N_("This cannot be done in a session: choose one of what the page offers."),
    N_("A time box is 1 to %(most)s minutes."),
    N_("Choose what was decided."),
    N_("Say in a few words what this is about."),
    N_("Call %(number)s is not closed: close it first, then decide by it."),
    N_("This institution is on the list of speakers already."),
    N_("This turn is not on the list of speakers any more."),
    N_("Say what the session is called, for instance: First reading of chapter 3."),
    N_("“%(typed)s” is no date with a time: write it like 2027-02-15 09:30."),
    N_("Session %(number)s is over or was called off: its agenda stays as it is."),
    N_("Session %(number)s has begun: it can be closed, but no longer called off."),
    N_("This item was taken up in the session already, so it stays on the agenda."),
    N_("The place of an item on the agenda is a number: 1 is the first."),
    N_("An item is taken in its first or in its second reading."),
    N_("An agenda has %(most)s items at most; with these it would have %(count)s."),
    N_("There is nothing to add: name a clause, an amendment or a matter that is not on the agenda."),
    N_("“%(what)s” is on the agenda already, for the same reading."),
    N_("Nobody is named in this draft, so no names are taken for the records of its sessions."),
    N_("Session %(number)s has not begun: names are taken when it is opened."),
    N_("Session %(number)s was called off, so nobody came to it."),
    N_("Type the name as it is to stand in the record."),
    N_("Nobody is named who did not agree to it: tick that they did."),
    N_("This name is not, or no longer, among those for the record."),
    N_("There is no record %(number)s in this draft."),
    N_("Session %(number)s has not begun, so there is nothing to record of it yet."),
    N_("No session has been held yet, so there is nothing to record."),
    N_("Record %(number)s is issued: it stays as it is. Write a new one to correct it."),
    N_("Choose what the record is of, and its language, from what the page offers."),
    N_("A record without a word says nothing: write it, or discard it."),
    N_(
        "Somebody else saved record %(number)s while you wrote. What they saved is shown below; what you typed is "
        "still in the form. Saving now puts yours in its place."
    ),
    N_("“%(typed)s” is no attribution: it is named, institution_only or unattributed."),
    N_(
        "Something was contributed to this draft already, by people who were told how they would be named: its "
        "attribution stays as it is. For a session a stricter one can be chosen."
    ),
    N_("The session has begun, and people were told how they would be named in it: its attribution stays as it is."),
    N_(
        "Amendments are not attributed here: no institution is stored as proposing one, so none can propose it too. An "
        "institution states its position on it instead."
    ),
    N_("Contributions are not attributed here, so unsent text is kept in this browser alone."),
    N_("This code is not the receipt of anything in this draft. Look at each letter once more."),
    N_("There is no format “%(name)s”; there are %(names)s."),
    N_("Version %(number)s is not written in “%(language)s”, only in %(known)s."),
    N_("Version %(number)s is the first one: there is nothing before it to compare it with."),
    N_("No record is issued in “%(language)s”."),
    N_("No record on version %(version)s is issued in “%(language)s”."),
    N_("Record %(number)s is written in “%(language)s” alone."),
    N_("You wait for %(count)s files already. Fetch one of them, or put one away, then ask again."),
    N_("This file is not made yet. Its page shows how far it is."),
    N_("There is no such file, or it was asked for by somebody else."),
    N_("Something went wrong on our side while the file was made. Ask for it again, or tell the administrator."),
    N_("The file could not be made: whoever worked on it was ended, several times. Tell the administrator."),
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
            return _(message, **{name: _fact(name, value) for name, value in facts.items()})
    return said


def _fact(name: str, value: str) -> str:
    if name == "reason":  # a sentence in a sentence: what is wrong with one part of an amendment
        return _said(value)
    return FACTS[name](value.replace(" ", "_")) if name in FACTS else value
