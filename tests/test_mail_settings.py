"""The mail server and the public address are read from the environment; what cannot be used stops the start."""

from pathlib import Path

import pytest

from config import BadConfig, Config, MailServer

USABLE = {
    "KELISHIM_MAIL_HOST": "mail.example", "KELISHIM_MAIL_FROM": "law@example.kg",
    "KELISHIM_ADDRESS": "https://law.example.kg/",
}  # fmt: skip


def read(monkeypatch: pytest.MonkeyPatch, folder: Path, **more: str) -> Config:
    for name in ("HOST", "PORT", "SECURITY", "USER", "PASSWORD", "FROM"):
        monkeypatch.delenv(f"KELISHIM_MAIL_{name}", raising=False)
    monkeypatch.delenv("KELISHIM_ADDRESS", raising=False)
    for name, value in {"KELISHIM_INSTANCE": str(folder), **more}.items():
        monkeypatch.setenv(name, value)
    return Config.from_env()


def test_what_is_usual_need_not_be_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert read(monkeypatch, tmp_path).mail == MailServer()
    config = read(monkeypatch, tmp_path, **USABLE)
    assert (config.mail.port, config.mail.security, config.public_address) == (
        587,
        "starttls",
        "https://law.example.kg",
    )
    for security, port in (("none", 25), ("starttls", 587), ("tls", 465)):
        assert read(monkeypatch, tmp_path, **USABLE, KELISHIM_MAIL_SECURITY=security).mail.port == port


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"KELISHIM_MAIL_SECURITY": "ssl"}, "KELISHIM_MAIL_SECURITY: expected none, starttls or tls, found 'ssl'."),
        ({"KELISHIM_MAIL_PORT": "70000"}, "KELISHIM_MAIL_PORT: expected a number from 1 to 65535, found '70000'."),
        ({"KELISHIM_MAIL_PORT": "²"}, "KELISHIM_MAIL_PORT: expected a number from 1 to 65535, found '²'."),
        ({"KELISHIM_MAIL_FROM": ""}, "KELISHIM_MAIL_FROM: expected the address that letters come from, found ''."),
        ({"KELISHIM_MAIL_USER": "a"}, "KELISHIM_MAIL_USER and KELISHIM_MAIL_PASSWORD: expected both, or neither."),
        (
            {"KELISHIM_ADDRESS": ""},
            "KELISHIM_ADDRESS: letters need it for their links: https://… as people open Kelishim.",
        ),
        (
            {"KELISHIM_ADDRESS": "law.kg"},
            "KELISHIM_ADDRESS: expected https://… as people open Kelishim, found 'law.kg'.",
        ),
    ],
)
def test_what_cannot_be_used_stops_the_start_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wrong: dict[str, str], sentence: str
) -> None:
    with pytest.raises(BadConfig) as stopped:
        read(monkeypatch, tmp_path, **{**USABLE, **wrong})
    assert str(stopped.value) == sentence
