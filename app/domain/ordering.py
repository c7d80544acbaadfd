"""Fractional keys: there is always room for another clause between two, and nothing else has to move.

Keys are strings of 0–9 and a–z that compare as bytes; no key ends in 0, so a key fits before every key.
"""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def keys_between(low: str, high: str | None, count: int) -> list[str]:
    """`count` rising keys, all after `low` ("" is before everything) and before `high` (None: no upper bound).

    Their length grows with the logarithm of `count`, not with it.
    """
    if count == 0:
        return []
    width = 1
    while True:
        first, last = _as_number(low, width), _as_number(high, width) if high is not None else len(DIGITS) ** width
        room = last - first - 1
        if room >= count * 2:
            step = (room + 1) // (count + 1)
            return [_as_key(first + step * n, width) for n in range(1, count + 1)]
        width += 1


def _as_number(key: str, width: int) -> int:
    """The first `width` digits of a key as a number, missing digits being 0."""
    number = 0
    for digit in key[:width].ljust(width, "0"):
        number = number * len(DIGITS) + DIGITS.index(digit)
    return number


def _as_key(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits.rstrip("0") or "0"
