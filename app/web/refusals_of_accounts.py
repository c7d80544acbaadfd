"""The sentences of refusals about accounts: signing in, second factors, addresses, invitations, letters."""

from app.web.translating import N_

SENTENCES = (
    N_("The present password is wrong."),
    N_("There is an account “%(name)s” already."),
    N_("A sign-in name has between 1 and 80 characters."),
    N_("A name has at most 200 characters."),
    N_("A password needs at least %(count)s characters."),
    N_("A password has at most %(count)s characters."),
    N_("Everybody tries this password first. Choose another one: several words do well."),
    N_("This password is your own name. Choose another one: several words do well."),
    N_("This was tried too often. Try again in %(count)s minute(s)."),
    N_("This sign-in has ended already."),
    N_("Another account has this e-mail address."),
    N_("This link is not for your account, or has run out. Ask for another letter."),
    N_("An e-mail address has no line breaks and no invisible characters in it."),
    N_("An e-mail address has no spaces in it."),
    N_("An e-mail address looks like name@example.org."),
    N_("This is longer than an e-mail address can be: 64 characters before the @, 254 in all."),
    N_("Before the @ of an e-mail address stand letters, digits and signs like . - _ + alone."),
    N_("After the @ of an e-mail address stands a domain like example.org."),
    N_("A session may be stricter than its draft, but not laxer."),
    N_("There is no such account."),
    N_("The code is wrong. Type the six digits that the app shows now."),
    N_("This code was used already. Wait for the app to show the next one."),
    N_(
        "The clock of your telephone is off by about %(minutes)s min, so its codes do not fit. In the telephone's "
        "settings, let it set date and time automatically, then type the code that the app shows."
    ),
    N_("No app is being set up. Begin on the page “Second factor”."),
    N_("An app gives codes for this account already. Remove it first, then set up another."),
    N_("This is none of your recovery codes, or it was used already."),
    N_("Recovery codes are for a lost second factor. Set up an app or a passkey first."),
    N_("Say first that it is you, on the page “Second factor”: ten minutes later it is asked again."),
    N_("This is neither your password nor a code of yours."),
    N_("The passkey could not be checked. Try again, or sign in otherwise."),
    N_("It took too long, or it was done twice. Press the button once more."),
    N_("This passkey is not known here. Sign in with your password."),
    N_(
        "The passkey “%(name)s” has counted fewer uses than Kelishim knows of, so there may be a copy of it. It was "
        "refused: sign in otherwise, and remove it."
    ),
    N_(
        "Your device did not ask for a PIN, a finger or a face, so this passkey is good only after the password. Sign "
        "in with your password first."
    ),
    N_("This passkey is set up already."),
    N_("An account has at most %(most)s passkeys. Remove one first."),
    N_("The name of a passkey has between 1 and %(longest)s characters."),
    N_("There is no such passkey."),
    N_(
        "Nobody here is connected with this account of %(provider)s. Sign in with your password and connect it under "
        "“Second factor”, or ask a facilitator for an invitation."
    ),
    N_("This account of %(provider)s is connected with somebody else here."),
    N_("What %(provider)s answered cannot be used. Try again, or sign in with your password."),
    N_("There is no such connection."),
    N_("%(provider)s cannot be reached at present. Try again later, or sign in with your password."),
    N_(
        "This invitation lets nobody in: it is not known here, was accepted already, or was taken back. Ask whoever invited you for a new one."
    ),
    N_("This invitation has run out. Ask whoever invited you for a new one."),
    N_("There is an account “%(name)s” already: choose another sign-in name."),
    N_("A sign-in name has 1 to %(longest)s letters, digits and signs, and no @ among them."),
    N_("You are a member of this draft already: the invitation is left for whoever it is meant for."),
    N_("An invitation is good for 1 to %(days)s days."),
    N_("%(name)s is a member of this draft already."),
    N_("%(name)s is invited already and has not answered: make a new code for that invitation."),
    N_("There is no such invitation to this draft."),
    N_("%(name)s has accepted this invitation: it stays as it is."),
    N_("The invitation of %(name)s was taken back already."),
    N_("Choose at least one invitation."),
    N_("Say who is invited: the name is missing."),
    N_("A name has at most %(longest)s characters; this one has %(length)s."),
    N_("The name has a character in it that cannot be printed."),
    N_("“%(word)s” is no role; there are observer, commenter, representative, facilitator and administrator."),
    N_("“%(word)s” is no part in a delegation; there are head, authorised and member."),
    N_("“%(word)s” is no language that letters are written in; there are en, ru and ky."),
    N_("No institution is called “%(word)s” here: write its code, or make it known first."),
    N_("A representative speaks for an institution: name it."),
    N_("There is nobody in this list: below the line with the columns' names every line is a person."),
    N_("Nobody was invited: %(count)s line(s) cannot be used. Mend them, or invite the others only."),
    N_("Nobody was invited: no line of the list can be used."),
    N_("The same person stands in line %(number)s."),
    N_("This line has more cells than there are columns: a cell with a separator in it stands in quotation marks."),
    N_(
        "The first line names the columns: one of them is “name”, others may be email, institution, role, part and language."
    ),
    N_("Two columns are called “%(column)s”: leave one of them out."),
    N_("A list has at most %(count)s lines: divide it."),
    N_("Line %(number)s cannot be read: a quotation mark is open, or a cell is too long."),
    N_(
        "This gives nobody a new password: it is not known here, was used already, or was replaced by a newer one. Ask for another."
    ),
    N_("The time to use this is over. Ask for another."),
    N_("There is no such person, or none whom you may let in again."),
    N_(
        "%(name)s administers this installation, or facilitates a draft whose members you do not manage: an administrator of the installation lets them in again."
    ),
    N_("You are signed in yourself: change your password on the page of your account."),
    N_("The account of %(name)s is closed: an administrator of the installation opens it again."),
    N_("This is not the code that the server printed when it was started."),
    N_("Write your name, as it is to stand beside what you do."),
    N_("No mail server is configured, so no letters are sent: print slips, or hand over links."),
    N_("This address ends no letters. Copy it whole out of a letter, or sign in and choose “never”."),
    N_("“%(frequency)s” is no answer to how often letters are to come."),
    N_("Letters go to a confirmed e-mail address only: enter yours and confirm it first."),
    N_("There is no feed at this address."),
    N_("The letter has no address that mail can be sent to."),
    N_("The mail server refuses the address (%(code)s)."),
    N_("The mail server refuses the letter (%(code)s)."),
    N_("The mail server takes no address with such letters before the @."),
    N_("The mail server takes no letters from us (%(code)s)."),
    N_("The connection to the mail server was cut."),
    N_("The mail server refuses our user name or password (%(code)s)."),
    N_("The mail server does not offer what is configured: STARTTLS, or signing in."),
    N_("The mail server's certificate, or its encryption, cannot be trusted."),
    N_("The mail server cannot be reached."),
    N_("Something went wrong on our side while the letter was written."),
)
