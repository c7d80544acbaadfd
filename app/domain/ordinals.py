"""Numbers written as words in the names of parts: `ЧАСТЬ ПЕРВАЯ`, `Erster Abschnitt`, `ČÁST DRUHÁ`, `БИРИНЧИ БӨЛҮМ`."""

import unicodedata
from functools import lru_cache

_STEMS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    "fr": "premi deuxi troisi quatri cinqui sixi septi huiti neuvi dixi",
    "de": "erst zweit dritt viert fünft sechst sieb acht neunt zehnt elft zwölft",
    "es, pt": "primer|primeir segund tercer|terceir cuart quint sext séptim|sétim octav|oitav noven|non décim",
    "it": "prim second terz quart quint sest settim ottav non decim",
    "ru": "перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат",
    "uk": "перш друг трет четверт п'ят|п’ят шост сьом восьм дев'ят|дев’ят десят",
    "ky": "биринчи экинчи үчүнчү төртүнчү бешинчи алтынчы жетинчи сегизинчи тогузунчу онунчу",
    "kk": "бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы оныншы",
    "cs": "prvn druh třet čtvrt pát šest sedm osm devát desát jedenáct dvanáct",
    "pl": "pierwsz drug trzeci czwart piąt szóst siódm ósm dziewiąt dziesiąt",
    "et": "esimene teine kolmas neljas viies kuues seitsmes kaheksas üheksas kümnes",
}
_ENDING = 4  # letters: ПЕРВ-ОГО, ZWEIT-ES, prvn-í
_NAMED = ("préliminaire", "preliminary", "preliminar", "unique", "único", "única", "unico", "liminaire")


def _by_stem() -> dict[str, int]:
    stems: dict[str, int] = {}
    for series in _STEMS.values():
        for number, stem in enumerate(series.split(), start=1):
            stems |= dict.fromkeys(stem.split("|"), number)
    return stems


_NUMBERS = _by_stem()
_LONGEST = max(map(len, _NUMBERS)) + _ENDING


@lru_cache(maxsize=4096)
def ordinal(word: str) -> str:
    """`Первая` → `1`, `préliminaire` → `preliminaire`; `""` for any other word."""
    if len(word) > _LONGEST:
        return ""
    lower = unicodedata.normalize("NFC", word).lower()
    if lower in _NAMED:
        return "".join(one for one in unicodedata.normalize("NFD", lower) if one.isascii())
    for length in range(len(lower), max(2, len(lower) - _ENDING - 1), -1):
        if lower[:length] in _NUMBERS:
            return str(_NUMBERS[lower[:length]])
    return ""


def ordinal_beginnings() -> set[str]:
    """The first three letters of all these words."""
    return {stem[:3] for stem in _NUMBERS}
