"""Which e-mail addresses can be written to, and when two are the same."""

import pytest

from app.domain.mail_addresses import NoAddress, check, key_of

GOOD = [
    "a@example.org", "first.last+tag@example.co.uk", "o'neil@example.org", "{x}|y@example.org", "_@example.org",
    "имя@пример.рф", "жүнүс@example.kg", "zoë@bücher.example", "a@xn--bcher-kva.example", "1@1.kg",
    "a" * 64 + "@example.org",
]  # fmt: skip
BAD = {
    "": "looks like name@example.org",
    "name": "looks like name@example.org",
    "@example.org": "looks like name@example.org",
    "name@": "looks like name@example.org",
    "a b@example.org": "no spaces",
    "a@exam ple.org": "no spaces",
    "a@example.org\r\nBcc: b@example.org": "no line breaks",
    "a\n@example.org": "no line breaks",
    "a\0@example.org": "no line breaks",
    "a@exam\u2028ple.org": "no line breaks",
    "a\u202e@example.org": "invisible characters",
    "a\u200b@example.org": "invisible characters",
    "a..b@example.org": "letters, digits and signs",
    ".a@example.org": "letters, digits and signs",
    "a.@example.org": "letters, digits and signs",
    '"a b"@example.org': "no spaces",
    '"a"@example.org': "letters, digits and signs",
    "a,b@example.org": "letters, digits and signs",
    "<a@example.org>": "letters, digits and signs",
    "a@b@example.org": "letters, digits and signs",
    "a@localhost": "a domain like example.org",
    "a@[127.0.0.1]": "a domain like example.org",
    "a@-example.org": "a domain like example.org",
    "a@example..org": "a domain like example.org",
    "a@example.org.": "a domain like example.org",
    "a@" + "b" * 64 + ".org": "a domain like example.org",
    "a" * 65 + "@example.org": "longer than an e-mail address can be",
    "ж" * 33 + "@example.org": "longer than an e-mail address can be",
    "a@" + "b." * 130 + "org": "longer than an e-mail address can be",
}
SAME = [
    ("Name@Example.ORG", "name@example.org"),
    ("  name@example.org ", "name@example.org"),
    ("Имя@Пример.РФ", "имя@xn--e1afmkfd.xn--p1ai"),
    ("zoe\u0308@example.org", "zo\u00eb@example.org"),
    ("STRASSE@example.org", "straße@example.org"),
]


@pytest.mark.parametrize("typed", GOOD)
def test_an_address_is_kept_as_it_was_typed(typed: str) -> None:
    assert check(f" {typed}\t") == typed


@pytest.mark.parametrize("typed", BAD)
def test_each_fault_of_an_address_has_its_sentence(typed: str) -> None:
    with pytest.raises(NoAddress, match=BAD[typed]):
        check(typed)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_addresses_that_differ_in_spelling_alone_are_the_same(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_dots_and_tags_tell_addresses_apart() -> None:
    assert len({key_of(f"{one}@example.org") for one in ("first.last", "firstlast", "first.last+tag")}) == 3
