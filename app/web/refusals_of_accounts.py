"""The sentences of refusals about accounts: signing in, second factors, addresses, invitations, letters."""


def _(sentence: str) -> str:
    """Marks a sentence for translation; it is translated when it is said."""
    return sentence


SENTENCES = (
    _("The present password is wrong."),
    _("There is an account “%(name)s” already."),
    _("A sign-in name has between 1 and 80 characters."),
    _("A name has at most 200 characters."),
    _("A password needs at least %(count)s characters."),
    _("A password has at most %(count)s characters."),
    _("Everybody tries this password first. Choose another one: several words do well."),
    _("This password is your own name. Choose another one: several words do well."),
    _("This was tried too often. Try again in %(count)s minute(s)."),
    _("This sign-in has ended already."),
    _("Another account has this e-mail address."),
    _("This link is not for your account, or has run out. Ask for another letter."),
    _("An e-mail address has no line breaks and no invisible characters in it."),
    _("An e-mail address has no spaces in it."),
    _("An e-mail address looks like name@example.org."),
    _("This is longer than an e-mail address can be: 64 characters before the @, 254 in all."),
    _("Before the @ of an e-mail address stand letters, digits and signs like . - _ + alone."),
    _("After the @ of an e-mail address stands a domain like example.org."),
    _("A session may be stricter than its draft, but not laxer."),
    _("There is no such account."),
    _("The code is wrong. Type the six digits that the app shows now."),
    _("This code was used already. Wait for the app to show the next one."),
    _(
        "The clock of your telephone is off by about %(minutes)s min, so its codes do not fit. In the telephone's "
        "settings, let it set date and time automatically, then type the code that the app shows."
    ),
    _("No app is being set up. Begin on the page “Second factor”."),
    _("An app gives codes for this account already. Remove it first, then set up another."),
    _("This is none of your recovery codes, or it was used already."),
    _("Recovery codes are for a lost second factor. Set up an app or a passkey first."),
    _("Say first that it is you, on the page “Second factor”: ten minutes later it is asked again."),
    _("This is neither your password nor a code of yours."),
    _("The passkey could not be checked. Try again, or sign in otherwise."),
    _("It took too long, or it was done twice. Press the button once more."),
    _("This passkey is not known here. Sign in with your password."),
    _(
        "The passkey “%(name)s” has counted fewer uses than Kelishim knows of, so there may be a copy of it. It was "
        "refused: sign in otherwise, and remove it."
    ),
    _(
        "Your device did not ask for a PIN, a finger or a face, so this passkey is good only after the password. Sign "
        "in with your password first."
    ),
    _("This passkey is set up already."),
    _("An account has at most %(most)s passkeys. Remove one first."),
    _("The name of a passkey has between 1 and %(longest)s characters."),
    _("There is no such passkey."),
    _(
        "Nobody here is connected with this account of %(provider)s. Sign in with your password and connect it under "
        "“Second factor”, or ask a facilitator for an invitation."
    ),
    _("This account of %(provider)s is connected with somebody else here."),
    _("What %(provider)s answered cannot be used. Try again, or sign in with your password."),
    _("There is no such connection."),
    _("%(provider)s cannot be reached at present. Try again later, or sign in with your password."),
    _(
        "This invitation lets nobody in: it is not known here, was accepted already, or was taken back. Ask whoever invited you for a new one."
    ),
    _("This invitation has run out. Ask whoever invited you for a new one."),
    _("There is an account “%(name)s” already: choose another sign-in name."),
    _("A sign-in name has 1 to %(longest)s letters, digits and signs, and no @ among them."),
    _("You are a member of this draft already: the invitation is left for whoever it is meant for."),
    _("An invitation is good for 1 to %(days)s days."),
    _("%(name)s is a member of this draft already."),
    _("%(name)s is invited already and has not answered: make a new code for that invitation."),
    _("There is no such invitation to this draft."),
    _("%(name)s has accepted this invitation: it stays as it is."),
    _("The invitation of %(name)s was taken back already."),
    _("Choose at least one invitation."),
    _("Say who is invited: the name is missing."),
    _("A name has at most %(longest)s characters; this one has %(length)s."),
    _("The name has a character in it that cannot be printed."),
    _("“%(word)s” is no role; there are observer, commenter, representative, facilitator and administrator."),
    _("“%(word)s” is no part in a delegation; there are head, authorised and member."),
    _("“%(word)s” is no language that letters are written in; there are en, ru and ky."),
    _("No institution is called “%(word)s” here: write its code, or make it known first."),
    _("A representative speaks for an institution: name it."),
    _("There is nobody in this list: below the line with the columns' names every line is a person."),
    _("Nobody was invited: %(count)s line(s) cannot be used. Mend them, or invite the others only."),
    _("Nobody was invited: no line of the list can be used."),
    _("The same person stands in line %(number)s."),
    _("This line has more cells than there are columns: a cell with a separator in it stands in quotation marks."),
    _(
        "The first line names the columns: one of them is “name”, others may be email, institution, role, part and language."
    ),
    _("Two columns are called “%(column)s”: leave one of them out."),
    _("A list has at most %(count)s lines: divide it."),
    _("Line %(number)s cannot be read: a quotation mark is open, or a cell is too long."),
    _(
        "This gives nobody a new password: it is not known here, was used already, or was replaced by a newer one. Ask for another."
    ),
    _("The time to use this is over. Ask for another."),
    _("There is no such person, or none whom you may let in again."),
    _(
        "%(name)s administers this installation, or facilitates a draft whose members you do not manage: an administrator of the installation lets them in again."
    ),
    _("You are signed in yourself: change your password on the page of your account."),
    _("The account of %(name)s is closed: an administrator of the installation opens it again."),
    _("This is not the code that the server printed when it was started."),
    _("Write your name, as it is to stand beside what you do."),
    _("No mail server is configured, so no letters are sent: print slips, or hand over links."),
    _("This address ends no letters. Copy it whole out of a letter, or sign in and choose “never”."),
    _("“%(frequency)s” is no answer to how often letters are to come."),
    _("Letters go to a confirmed e-mail address only: enter yours and confirm it first."),
    _("There is no feed at this address."),
    _("The letter has no address that mail can be sent to."),
    _("The mail server refuses the address (%(code)s)."),
    _("The mail server refuses the letter (%(code)s)."),
    _("The mail server takes no address with such letters before the @."),
    _("The mail server takes no letters from us (%(code)s)."),
    _("The connection to the mail server was cut."),
    _("The mail server refuses our user name or password (%(code)s)."),
    _("The mail server does not offer what is configured: STARTTLS, or signing in."),
    _("The mail server's certificate, or its encryption, cannot be trusted."),
    _("The mail server cannot be reached."),
    _("Something went wrong on our side while the letter was written."),
)
