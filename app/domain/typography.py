"""Changes that touch how words are set and not what they say: spaces, quotation marks, dashes, invisible signs."""

import re
import unicodedata

SPACES = re.compile(r"\s+")
SIGNS = str.maketrans(
    dict.fromkeys("«»„“”‟″", '"')
    | dict.fromkeys("‘’‚‛′ʼ", "'")
    | dict.fromkeys("‐‑–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
    | {"…": "..."}
)


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ, if at all, in their setting only. Letters, figures, commas and full stops are words."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(SIGNS)).strip()
