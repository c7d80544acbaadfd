"""The outbox: letters reach a real mail server, once, whatever happens to it or to us meanwhile."""

import ipaddress
import os
import shutil
import signal
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.services import mail_messages, sending
from app.store import letters
from app.store.db import begin_writing
from app.store.letters import HELD_FOR, Letter, LetterRow
from config import ROOT, MailServer
from tests.live.listening import eventually, free_port
from tests.mail import Box, configured, mail_server

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
SECRET = "for tests only"
TEXT = "Salam,\n.\nЭмне жаңылык? ң ө ү\n" + "a long line " * 120 + "\n"


def letter(address: str = "aigul@example.kg", subject: str = "Жаңылыктар: 3", text: str = TEXT, **more: str) -> Letter:
    return Letter("digest", address, subject, text, "<p>Salam</p>", **more)


def put(session: Session, *those: Letter, now: datetime = NOW) -> None:
    begin_writing(session)
    for one in those:
        letters.put(session, one, now)
    session.commit()


def send(session: Session, server: MailServer, now: datetime = NOW) -> int:
    return sending.send_all(session, server, SECRET, lambda: now)


def rows(session: Session) -> list[LetterRow]:
    session.expire_all()
    return list(session.scalars(select(LetterRow).order_by(LetterRow.id)))


def states(session: Session) -> list[tuple[str, int, str]]:
    return [(row.state, row.tries, row.problem) for row in rows(session)]


@pytest.fixture
def database_url(empty_sqlite: Path, tmp_path: Path) -> str:
    """On one system: the outbox is claimed as the jobs are, whose tests have both."""
    shutil.copy(empty_sqlite, tmp_path / "kelishim.sqlite")
    return f"sqlite:///{tmp_path / 'kelishim.sqlite'}"


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def box(port: int) -> Iterator[Box]:
    found = Box()
    with mail_server(found, port):
        yield found


def test_a_letter_arrives_as_text_and_html_and_nothing_of_it_is_kept(session: Session, box: Box, port: int) -> None:
    put(session, letter(unsubscribe="https://kelishim.example/notices/stop/" + "x" * 64))
    assert send(session, configured(port)) == 1
    (found,) = box.letters
    assert (found["From"], found["To"]) == ("Kelishim <letters@kelishim.example>", "aigul@example.kg")
    assert found["Subject"] == "Жаңылыктар: 3"
    assert found["Date"] == "Sat, 28 Nov 2026 09:00:00 +0000"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["List-Unsubscribe"] == f"<https://kelishim.example/notices/stop/{'x' * 64}>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found.get_content_type() == "multipart/alternative"
    text, html = found.iter_parts()
    assert (text.get_content().replace("\r\n", "\n"), html.get_content().strip()) == (TEXT, "<p>Salam</p>")
    assert box.raw[0].isascii()
    assert max(map(len, box.raw[0].split(b"\r\n"))) < 998
    (row,) = rows(session)
    assert (row.state, row.ended_at, row.problem) == ("sent", NOW, "")
    assert [row.address, row.subject, row.text, row.html, row.unsubscribe] == [""] * 5
    assert send(session, configured(port)) == 0
    assert len(box.letters) == 1


def test_letters_wait_while_the_server_is_down_and_go_out_when_it_is_back(session: Session, port: int) -> None:
    put(session, letter(), letter("bakyt@example.kg"))
    unreachable = "The mail server cannot be reached."
    assert send(session, configured(port)) == 0
    assert states(session) == [("waiting", 1, unreachable), ("waiting", 0, "")]  # no use in trying the next one
    assert rows(session)[0].due_at == NOW + timedelta(minutes=1)
    assert rows(session)[0].address == "aigul@example.kg"
    box = Box()
    with mail_server(box, port) as server:
        assert send(session, server) == 1
        assert send(session, server, NOW + timedelta(seconds=59)) == 0
        assert send(session, server, NOW + timedelta(minutes=1)) == 1
    assert box.addresses == ["bakyt@example.kg", "aigul@example.kg"]
    assert states(session) == [("sent", 2, ""), ("sent", 1, "")]


def test_waits_grow_to_six_hours_and_end_within_two_days(session: Session, port: int) -> None:
    assert [sending.wait_after(tries) for tries in (1, 2, 3, 9, 10, 11, 40)] == [
        timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=256),
        timedelta(hours=6), timedelta(hours=6), timedelta(hours=6),
    ]  # fmt: skip
    put(session, letter())
    now = NOW
    while rows(session)[0].state == "waiting":
        now = rows(session)[0].due_at
        send(session, configured(port), now)
    assert timedelta(hours=40) < now - NOW <= timedelta(days=2)
    (row,) = rows(session)
    assert (row.state, row.tries, row.problem) == ("given_up", 16, "The mail server cannot be reached.")
    assert (row.address, row.text, row.subject, row.html) == ("", "", "", "")


def test_answers_of_the_server_say_whether_it_is_tried_again(session: Session, box: Box, port: int) -> None:
    box.answers = {"gone@example.kg": "550 5.1.1 <gone@example.kg>: no such user", "full@example.kg": "451 4.3.0 later"}
    put(session, letter("gone@example.kg"), letter("full@example.kg"), letter("here@example.kg"))
    assert send(session, configured(port)) == 1
    assert states(session) == [
        ("given_up", 1, "The mail server refuses the address (550)."),
        ("waiting", 1, "The mail server refuses the address (451)."),
        ("sent", 1, ""),
    ]
    box.answers = {}
    box.data = ["452 4.3.1 full", "554 5.7.1 that looks like spam"]
    assert send(session, configured(port), NOW + timedelta(minutes=1)) == 0
    assert states(session)[1] == ("waiting", 2, "The mail server refuses the letter (452).")
    assert send(session, configured(port), NOW + timedelta(minutes=3)) == 0
    assert states(session)[1] == ("given_up", 3, "The mail server refuses the letter (554).")
    assert box.addresses == ["here@example.kg"]
    assert "gone@" not in "".join(row.address + row.problem for row in rows(session))


def test_a_connection_that_is_cut_loses_no_letter(session: Session, box: Box, port: int) -> None:
    put(session, letter())
    box.cut = True
    assert send(session, configured(port)) == 0
    assert states(session) == [("waiting", 1, "The connection to the mail server was cut.")]
    box.cut = False
    assert send(session, configured(port), NOW + timedelta(minutes=1)) == 1
    assert len(box.letters) == 1


SENDS = """
import sys
from datetime import UTC, datetime
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from app.services import sending
from app.store.db import prepare
from config import MailServer
engine = create_engine(sys.argv[1])
prepare(engine)
server = MailServer(host="127.0.0.1", port=int(sys.argv[2]), security="none", sender="letters@kelishim.example")
sending.send_all(Session(engine), server, "for tests only", lambda: datetime.now(UTC))
"""
"""What the server's thread does, in a process that can be killed."""


def test_whoever_is_killed_in_between_sends_again_under_the_same_message_id(
    session: Session, database_url: str, port: int
) -> None:
    """The process is killed after the server has the letter and before it could be noted as sent."""
    put(session, letter(), now=datetime.now(UTC) - timedelta(seconds=1))
    had = threading.Event()

    class Slow(Box):
        async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]  # noqa: N802
            said = await super().handle_DATA(server, session, envelope)
            had.set()
            os.kill(process.pid, signal.SIGKILL)
            return said

    box = Slow()
    with mail_server(box, port):
        process = subprocess.Popen([sys.executable, "-c", SENDS, database_url, str(port)], cwd=ROOT)
        assert process.wait(60) == -signal.SIGKILL
        assert had.is_set()
    assert states(session) == [("waiting", 1, "")]
    again = Box()
    with mail_server(again, port) as server:
        now = datetime.now(UTC)
        assert send(session, server, now) == 0  # it is the killed one's until nobody can be at it any more
        assert send(session, server, now + HELD_FOR) == 1
    assert states(session) == [("sent", 2, "")]
    assert box.letters[0]["Message-ID"] == again.letters[0]["Message-ID"]
    assert box.letters[0]["Message-ID"].endswith("@kelishim.example>")


def test_of_two_processes_one_takes_a_letter(session: Session) -> None:
    put(session, letter(), letter("bakyt@example.kg"))
    begin_writing(session)
    taken = [letters.take(session, NOW) for _ in range(3)]
    session.commit()
    assert [one.letter.address if one else None for one in taken] == ["aigul@example.kg", "bakyt@example.kg", None]


def test_one_that_took_over_a_letter_is_not_disturbed_by_who_had_it_first(session: Session) -> None:
    put(session, letter())
    begin_writing(session)
    first, second = letters.take(session, NOW), letters.take(session, NOW + HELD_FOR)
    assert first is not None and second is not None
    letters.put_back(session, first, NOW, "late")
    assert rows(session)[0].due_at == NOW + 2 * HELD_FOR
    letters.note_sent(session, first, NOW)
    letters.give_up(session, second, NOW, "late")
    assert states(session) == [("sent", 2, "")]


EXOTIC = {
    "o'brien+law@example.kg": "o'brien+law@example.kg",
    "a@пример.рф": "a@xn--e1afmkfd.xn--p1ai",
    '"a b"@example.kg': '"a b"@example.kg',
    "өмүр@example.kg": "өмүр@example.kg",
}
"""Addresses, and what the server is told of them."""


def test_exotic_addresses_are_written_to(session: Session, box: Box, port: int) -> None:
    put(session, *map(letter, EXOTIC))
    assert send(session, configured(port)) == len(EXOTIC), states(session)
    assert box.addresses == list(EXOTIC.values())


def test_where_a_server_takes_ascii_alone_other_addresses_are_given_up(session: Session, port: int) -> None:
    with mail_server(Box(), port, enable_SMTPUTF8=False, decode_data=False) as server:
        put(session, letter("өмүр@example.kg"))
        assert send(session, server) == 0
    assert states(session) == [("given_up", 1, "The mail server takes no address with such letters before the @.")]


WRONG = (
    "",
    "nobody",
    "a@",
    "@example.kg",
    "a b@example.kg",
    "a@b\r\nBcc: c@example.kg",
    "a\nb@example.kg",
    "a,b@example.kg",
    "a@b@example.kg",
    "<a@example.kg>",
    "ө ү@example.kg",
    "ө\r\nBcc:x@example.kg",
    f"a@{'b' * 300}.kg",
    "a@..kg",
    "ө@",
)


def test_what_is_no_address_is_given_up_with_a_sentence(session: Session, box: Box, port: int) -> None:
    put(session, *map(letter, WRONG), letter("here@example.kg"))
    assert send(session, configured(port)) == 1
    given_up = ("given_up", 1, "The letter has no address that mail can be sent to.")
    assert states(session) == [*[given_up] * len(WRONG), ("sent", 1, "")]
    assert box.addresses == ["here@example.kg"]


def test_nobody_writes_into_the_head_of_a_letter() -> None:
    wrong = letter(subject="News\r\nBcc: spy@example.kg\n\nBody\0", text="Bcc: x\r\n.\r\nQUIT\r\n")
    message = mail_messages.write(wrong, sender="a@example.kg", message_id="1@example.kg", now=NOW)
    assert message["Bcc"] is None
    assert message["Subject"].startswith("News Bcc: spy@example.kg Body")
    head = message.as_bytes().partition(b"\r\n\r\n")[0]
    assert not [line for line in head.split(b"\r\n") if line.startswith(b"Bcc")]


def test_starttls_with_a_certificate_that_is_trusted_and_with_one_that_is_not(
    session: Session, port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    box = Box()
    with mail_server(box, port, context=context) as server:
        put(session, letter())
        assert send(session, server) == 0
        refused = "The mail server's certificate, or its encryption, cannot be trusted."
        assert states(session) == [("waiting", 1, refused)]
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "both.pem"))
        assert send(session, server, NOW + timedelta(minutes=1)) == 1
    with mail_server(Box(), port):
        put(session, letter())
        assert send(session, configured(port, "starttls"), NOW) == 0  # never in the open where it was to be hidden
    assert rows(session)[1].problem == "The mail server does not offer what is configured: STARTTLS, or signing in."


def certificate(folder: Path) -> Path:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return folder / "both.pem"


def test_the_command_line_sends_lists_and_hastens(app: Flask, session: Session, box: Box, port: int) -> None:
    runner = app.test_cli_runner()
    assert "No mail server is configured" in runner.invoke(args=["letters", "send"]).output
    app.config["MAIL"] = configured(port)
    box.answers = {"full@example.kg": "451 later", "gone@example.kg": "550 no"}
    put(session, letter("full@example.kg"), letter("gone@example.kg"), letter("here@example.kg"))
    assert runner.invoke(args=["letters", "send"]).stdout == "1 sent, 1 waiting.\n"
    listed = runner.invoke(args=["letters", "list"]).output
    assert listed.startswith("1 waiting, 1 sent, 1 given up\n")
    assert "The mail server refuses the address (451)." in listed
    assert "@" not in listed
    assert runner.invoke(args=["letters", "retry"]).output == "1 due now.\n"
    box.answers = {}
    assert runner.invoke(args=["letters", "send"]).output == "1 sent, 0 waiting.\n"


def test_a_thread_of_the_server_goes_on_after_something_went_wrong() -> None:
    from app.live.sender import Sender

    done: list[str] = []

    def fails() -> None:
        done.append("failed")
        raise OSError("lost")

    sender = Sender((fails, lambda: done.append("sent")), pause=0.01)
    sender.start()
    eventually(lambda: "sent" in done)
    sender.stop()
    assert done[:2] == ["failed", "sent"]
