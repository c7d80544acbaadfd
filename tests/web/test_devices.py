"""What a browser is called where one sees where one is signed in."""

import pytest

from app.web.devices import named

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (FIREFOX, "Firefox · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 YaBrowser/24.1 Mobile Safari/537.36", "Yandex Browser · Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) AppleWebKit/537 Chrome/120.0 Safari/537 Edg/120.0", "Edge · macOS"),
        ("curl/8", ""), ("", ""), ("\0<script>", ""), ("x" * 9000, ""),
    ],
)  # fmt: skip
def test_a_browser_is_named_in_a_few_words(says: str, words: str) -> None:
    assert named(says) == words
