"""The five families of refusal. Every concrete one carries its data and composes its own sentence.

A refusal is something a person can mend or must be told; anything else is a bug and a 500.
The web, the command line and the API each have one table that maps a family to a status.
"""


class Refusal(Exception):
    """A use case that was refused. `str()` is the sentence for the person who asked."""


class NotFound(Refusal):
    """What was asked for is not there, or not there for this person (the answer is the same)."""


class NotAllowed(Refusal):
    """The person may see it but may not do this."""


class Invalid(Refusal):
    """What was given cannot be used; the sentence says what is wrong and where."""


class Outdated(Refusal):
    """Somebody else changed it in the meantime; nothing was stored."""


class TooOften(Refusal):
    """It was tried too often; in `seconds` it may be tried again."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class Unstorable(Invalid):
    """A text that is too long, or that no database holds."""

    def __init__(self, longest: int) -> None:
        super().__init__(f"The text is longer than {longest} characters or holds a null character.")
        self.longest = longest
