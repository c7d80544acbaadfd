"""What the index of a bundle says, in its language. Other languages get English."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.exports.bundle_formats import ENGLISH, KYRGYZ, RUSSIAN, Said


@dataclass(frozen=True, slots=True)
class BundleWords:
    """Those with names in braces are templates for `str.format`."""

    version_of: str  # {number}, {date}
    about: str
    read: str
    languages: Mapping[str, str]
    file: str
    what: str
    size: str  # {kilobytes}
    left_out: str
    check: str
    check_how: str  # {sums}
    readme: str
    formats: Mapping[str, Said]
    reasons: Mapping[str, str]  # by the name of the refusal


EN = BundleWords(
    version_of="Version {number} of {date}",
    about="Everything on this page stands in this folder and opens without a network.",
    read="Read the text",
    languages={"en": "In English", "ru": "In Russian", "ky": "In Kyrgyz"},
    file="File",
    what="What it is",
    size="{kilobytes} KB",
    left_out="Left out, and why",
    check="Checking that nothing was altered",
    check_how=(
        "The file {sums} holds the SHA-256 checksum of every file. README.txt says how your computer compares them."
    ),
    readme="How to open and to check the files",
    formats=ENGLISH,
    reasons={
        "NothingBefore": "this is the first version, so there is nothing to compare it with",
        "NoRecordIssued": "no record is issued in this language on this version",
        "NoBrackets": "nothing stands in brackets: no amendment is open",
        "BracketsNotInVersion": "what is open stands in brackets in the latest version only",
        "BracketsNotInLanguage": "amendments are to the text in the authentic language",
        "NotInLanguage": "the other version is not written in this language",
    },
)
RU = BundleWords(
    version_of="Версия {number} от {date}",
    about="Всё, что указано на этой странице, лежит в этой же папке и открывается без сети.",
    read="Читать текст",
    languages={"en": "На английском языке", "ru": "На русском языке", "ky": "На кыргызском языке"},
    file="Файл",
    what="Что это",
    size="{kilobytes} КБ",
    left_out="Не включено и почему",
    check="Проверка неизменности",
    check_how=(
        "В файле {sums} указана контрольная сумма SHA-256 каждого файла. Как сверить их на компьютере, сказано в "
        "README.txt."
    ),
    readme="Как открыть и проверить файлы",
    formats=RUSSIAN,
    reasons={
        "NothingBefore": "это первая версия, сравнивать её не с чем",
        "NoRecordIssued": "протокол на этом языке по этой версии не выпущен",
        "NoBrackets": "в скобках ничего нет: открытых поправок нет",
        "BracketsNotInVersion": "скобки стоят только в последней версии",
        "BracketsNotInLanguage": "поправки вносятся в текст на аутентичном языке",
        "NotInLanguage": "на этом языке нет другой версии",
    },
)
KY = BundleWords(
    version_of="{number}-версия, {date}",
    about="Бул бетте көрсөтүлгөндүн баары ушул эле папкада турат жана тармаксыз ачылат.",
    read="Текстти окуу",
    languages={"en": "Англис тилинде", "ru": "Орус тилинде", "ky": "Кыргыз тилинде"},
    file="Файл",
    what="Бул эмне",
    size="{kilobytes} КБ",
    left_out="Кирбегендер жана себеби",
    check="Өзгөртүлбөгөнүн текшерүү",
    check_how=(
        "{sums} файлында ар бир файлдын SHA-256 текшерүү суммасы бар. Аларды компьютерде кантип салыштыруу README.txt "
        "файлында айтылган."
    ),
    readme="Файлдарды кантип ачуу жана текшерүү",
    formats=KYRGYZ,
    reasons={
        "NothingBefore": "бул биринчи версия, аны эч нерсе менен салыштырууга болбойт",
        "NoRecordIssued": "бул версия боюнча бул тилде протокол чыгарылган эмес",
        "NoBrackets": "кашаада эч нерсе жок: ачык түзөтүү жок",
        "BracketsNotInVersion": "кашаалар акыркы версияда гана турат",
        "BracketsNotInLanguage": "түзөтүүлөр аныктыгы танылган тилдеги текстке киргизилет",
        "NotInLanguage": "башка версия бул тилде жазылган эмес",
    },
)
_BY_LANGUAGE = {"en": EN, "ru": RU, "ky": KY}


def bundle_words(language: str) -> BundleWords:
    return _BY_LANGUAGE.get(language, EN)


README_TEXT = """\
{title}
{slug}, {number}
{sha256}

================================ ENGLISH ================================

Open index.html in any browser. It leads to all files; no network is needed.

Check that no file was altered. Open a terminal in this folder:

  Linux:    sha256sum -c SHA256SUMS
  macOS:    shasum -a 256 -c SHA256SUMS
  Windows:  certutil -hashfile FILE SHA256
            and compare with the line of the file in SHA256SUMS

Every line must say OK. The checksum of the Markdown files is also the
fingerprint of the version: it is shown beside the version on its page.

================================ РУССКИЙ ================================

Откройте index.html в любом браузере: оттуда ведут ссылки на все файлы,
сеть не нужна.

Проверьте, что ни один файл не изменён. Откройте терминал в этой папке:

  Linux:    sha256sum -c SHA256SUMS
  macOS:    shasum -a 256 -c SHA256SUMS
  Windows:  certutil -hashfile ФАЙЛ SHA256
            и сравните со строкой этого файла в SHA256SUMS

В каждой строке должно стоять OK. Контрольная сумма файлов Markdown – это
и отпечаток версии: он показан рядом с версией на её странице.

================================ КЫРГЫЗЧА ===============================

index.html файлын каалаган браузерде ачыңыз: андан бардык файлдарга
шилтемелер бар, тармак керек эмес.

Бир да файл өзгөртүлбөгөнүн текшериңиз. Ушул папкада терминалды ачыңыз:

  Linux:    sha256sum -c SHA256SUMS
  macOS:    shasum -a 256 -c SHA256SUMS
  Windows:  certutil -hashfile ФАЙЛ SHA256
            жана SHA256SUMS ичиндеги ушул файлдын сабы менен салыштырыңыз

Ар бир сапта OK турушу керек. Markdown файлдарынын текшерүү суммасы
версиянын манжа изи да болуп саналат: ал версиянын бетинде көрсөтүлгөн.
"""
