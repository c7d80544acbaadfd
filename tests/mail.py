"""A real mail server in the tests, and what it was given."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config import MailServer


class Box:
    """What arrived. `answers` holds what to say of an address instead of taking it; `data` of a letter's text."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.addresses: list[str] = []
        self.answers: dict[str, str] = {}
        self.data: list[str] = []
        self.cut = False

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if said := self.answers.get(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.cut:
            assert server.transport is not None
            server.transport.close()
            return "250 never heard"
        if self.data:
            return self.data.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        found = message_from_bytes(content, policy=policy.SMTPUTF8)
        assert isinstance(found, EmailMessage)
        self.letters.append(found)
        self.raw.append(content)
        self.addresses += envelope.rcpt_tos
        return "250 OK"


@contextmanager
def mail_server(box: Box, port: int, *, context: ssl.SSLContext | None = None, **options: Any) -> Iterator[MailServer]:
    """A server that puts letters into the box, and how it is configured."""
    controller = Controller(
        box, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=context is not None, **options
    )
    controller.start()
    try:
        yield configured(port, "starttls" if context else "none")
    finally:
        controller.stop()


def configured(port: int, security: str = "none", **more: str) -> MailServer:
    return MailServer(
        host="127.0.0.1", port=port, security=security, sender="Kelishim <letters@kelishim.example>", **more
    )
