"""Words as the typst templates take them: a string, or a string and letters that say how it looks."""

import re
from collections.abc import Iterable, Iterator

from app.exports.inline import PLAIN, Look, Piece, shown

Said = str | list[str]
"""Letters: b bold, i italic, s struck, r raised, m letters of one width, f faint, + came, - went, > moved here,
< moved away, ~ may be parted anywhere."""
BLANK = " \t\n\r\f\v\u00a0\u00ad\u200b\u200c\u200d\u2028\u2029\u2060\ufeff"
"""Characters that leave nothing on paper."""
LONGEST = 40
"""Letters without a place to part them that still have room in a line of the law."""


def said(words: str, letters: str = "", longest: int = LONGEST) -> Iterator[Said]:
    """Words of one look. Those too long for a line may be parted anywhere."""
    for part in _parts(words.replace("\t", " "), longest):
        looks = letters + ("~" if _is_long(part, longest) else "")
        yield [part, looks] if looks else part


def _parts(words: str, longest: int) -> list[str]:
    if len(words) <= longest:
        return [words] if words else []
    return [part for part in re.split(rf"(\S{{{longest + 1},}})", words) if part]


def _is_long(part: str, longest: int) -> bool:
    return len(part) > longest and not re.search(r"\s", part)


def looking(look: Look) -> str:
    if look == PLAIN:
        return ""
    marks = (("b", look.bold), ("i", look.italic), ("s", look.struck), ("r", look.raised))
    return "".join(letter for letter, has in marks if has)


def told(parts: Iterable[tuple[str, Look]], longest: int = LONGEST) -> list[Said]:
    """Words with their looks."""
    return [one for words, look in parts for one in said(words, looking(look), longest)]


def emphasised(text: str, longest: int = LONGEST) -> list[Said]:
    """What a person wrote, line by line, marks of emphasis shown as emphasis."""
    lines = [told(shown(line), longest) for line in text.splitlines()]
    return [one for at, line in enumerate(lines) for one in (*(["\n"] if at else ()), *line)]


def marked(those: Iterable[Piece], marks: str = "+-=", letters: str = "") -> list[Said]:
    """Words that came, went and stayed; `marks` are the letters for these three."""
    ops = dict(zip("+-=", marks, strict=True))
    return [
        one
        for piece in those
        for one in said(piece.text, (looking(piece.look) + letters + ops[piece.op]).replace("=", ""))
    ]
