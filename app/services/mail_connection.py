"""A connection to the mail server, and what its answers mean for a letter (RFC 5321): once more later, or never."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from types import TracebackType

from app.domain.errors import Refusal
from config import MailServer

TIMEOUT_SECONDS = 30.0


class Later(Refusal):
    """This letter is not taken now."""


class Never(Refusal):
    """This letter will not be taken however often it is tried."""


class Unreachable(Later):
    """The server takes no letters at all now: there is no use in trying the next one."""


class Connection:
    """Opened with the first letter, closed at the end of the block; one takes many letters."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._open: smtplib.SMTP | None = None

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._open is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._open.quit()

    def hand_over(self, message: EmailMessage, sender: str, address: str) -> None:
        """Return when the server has taken the letter. Raises Later, Never, Unreachable, whose sentences repeat no
        word of the server: it would say the address."""
        try:
            (self._open or self._connect()).send_message(message, sender, [address])
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(code for code, _said in refused.recipients.values())
            raise _by_code(code, f"The mail server refuses the address ({code}).") from refused
        except smtplib.SMTPDataError as refused:
            code = refused.smtp_code
            raise _by_code(code, f"The mail server refuses the letter ({code}).") from refused
        except smtplib.SMTPNotSupportedError as refused:
            raise Never("The mail server takes no address with such letters before the @.") from refused
        except smtplib.SMTPSenderRefused as refused:
            raise Unreachable(f"The mail server takes no letters from us ({refused.smtp_code}).") from refused
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable("The connection to the mail server was cut.") from error

    def _connect(self) -> smtplib.SMTP:
        try:
            self._open = _opened(self._server)
        except smtplib.SMTPAuthenticationError as error:
            raise Unreachable(f"The mail server refuses our user name or password ({error.smtp_code}).") from error
        except smtplib.SMTPNotSupportedError as error:
            raise Unreachable("The mail server does not offer what is configured: STARTTLS, or signing in.") from error
        except ssl.SSLError as error:
            raise Unreachable("The mail server's certificate, or its encryption, cannot be trusted.") from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable("The mail server cannot be reached.") from error
        return self._open


def _opened(server: MailServer) -> smtplib.SMTP:
    """We say the sender's domain as our name: not the machine's, which is nobody's business."""
    name = server.sender.rpartition("@")[2].rstrip(">").encode("idna").decode("ascii")
    trusted = ssl.create_default_context()
    if server.security == "tls":
        opened: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, name, timeout=TIMEOUT_SECONDS, context=trusted
        )
    else:
        opened = smtplib.SMTP(server.host, server.port, name, timeout=TIMEOUT_SECONDS)
    try:
        if server.security == "starttls":
            opened.starttls(context=trusted)
        if server.user:
            opened.login(server.user, server.password)
    except BaseException:
        opened.close()
        raise
    return opened


def _by_code(code: int, sentence: str) -> Refusal:
    """5xx is for good, 4xx for now; 421 says that the server closes the connection."""
    if code == 421:
        return Unreachable(sentence)
    return Never(sentence) if code >= 500 else Later(sentence)
