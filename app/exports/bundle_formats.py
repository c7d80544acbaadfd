"""What every format is, as the index of a bundle says it: a short name and one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    name: str
    what: str


ENGLISH: Mapping[str, Said] = {
    "html": Said("Text for reading", "One page that opens in any browser and prints well."),
    "pdf": Said("PDF", "The text as it is printed."),
    "docx": Said("Word document", "The text with styles and a table of contents."),
    "markdown": Said("Source text", "The text as it is kept, with its checksum the fingerprint of the version."),
    "docx-redline": Said("Redline in Word", "The changes as tracked changes, with the comments."),
    "docx-comparison": Said("Comparison table in Word", "Text in force and proposed text beside each other."),
    "pdf-redline": Said("Redline as PDF", "What came is underlined, what went is struck."),
    "pdf-comparison": Said("Comparison table as PDF", "Text in force and proposed text beside each other."),
    "pdf-brackets": Said("Text with brackets", "Proposed words stand in brackets, with who proposes them."),
    "docx-disagreements": Said("Table of disagreements", "Proposals by clause, with reason and decision."),
    "act-en": Said("Amending act in English", "The changes as instructions of an amending act."),
    "act-ru": Said("Amending act in Russian", "The changes as instructions of an amending act."),
    "act-ky": Said("Amending act in Kyrgyz", "The changes as instructions of an amending act."),
    "amendments-csv": Said("Amendments, CSV", "All amendments as a table."),
    "amendments-xlsx": Said("Workbook, Excel", "Amendments, comments and positions as a workbook."),
    "comments-csv": Said("Comments, CSV", "All comments with their replies as a table."),
    "positions-csv": Said("Positions, CSV", "What each institution said about which clause."),
    "record-docx": Said("Record in Word", "The issued record of the workshop or of a session."),
    "record-pdf": Said("Record as PDF", "The issued record of the workshop or of a session."),
    "note-docx": Said("Explanatory note in Word", "A note to go with the draft, filled with what is known."),
    "note-pdf": Said("Explanatory note as PDF", "A note to go with the draft, filled with what is known."),
    "akn": Said("Akoma Ntoso", "The text as XML of the OASIS standard."),
    "akn-amendments": Said("Amendments in Akoma Ntoso", "The amendments as XML of the OASIS standard."),
    "json": Said("JSON", "Text, amendments, comments and positions for programs."),
    "git": Said("Git repository", "All versions with who brought which words: git clone this file."),
}
RUSSIAN: Mapping[str, Said] = {
    "html": Said("Текст для чтения", "Одна страница: открывается в любом браузере и хорошо печатается."),
    "pdf": Said("PDF", "Текст в том виде, в котором он печатается."),
    "docx": Said("Документ Word", "Текст со стилями и оглавлением."),
    "markdown": Said("Исходный текст", "Текст, как он хранится; его контрольная сумма – отпечаток версии."),
    "docx-redline": Said("Правки в Word", "Изменения в режиме рецензирования, с комментариями."),
    "docx-comparison": Said("Сравнительная таблица, Word", "Действующая и предлагаемая редакции рядом."),
    "pdf-redline": Said("Правки в PDF", "Добавленное подчёркнуто, исключённое зачёркнуто."),
    "pdf-comparison": Said("Сравнительная таблица, PDF", "Действующая и предлагаемая редакции рядом."),
    "pdf-brackets": Said("Текст со скобками", "Предложенные слова стоят в скобках с указанием, кто их предлагает."),
    "docx-disagreements": Said("Таблица разногласий", "Предложения по положениям, с причиной и решением."),
    "act-en": Said("Закон о внесении изменений, на английском", "Изменения в виде предписаний изменяющего закона."),
    "act-ru": Said("Закон о внесении изменений, на русском", "Изменения в виде предписаний изменяющего закона."),
    "act-ky": Said("Закон о внесении изменений, на кыргызском", "Изменения в виде предписаний изменяющего закона."),
    "amendments-csv": Said("Поправки, CSV", "Все поправки в виде таблицы."),
    "amendments-xlsx": Said("Книга Excel", "Поправки, комментарии и позиции в виде книги Excel."),
    "comments-csv": Said("Комментарии, CSV", "Все комментарии с ответами в виде таблицы."),
    "positions-csv": Said("Позиции, CSV", "Что каждое учреждение сказало о каком положении."),
    "record-docx": Said("Протокол, Word", "Выпущенный протокол семинара или заседания."),
    "record-pdf": Said("Протокол, PDF", "Выпущенный протокол семинара или заседания."),
    "note-docx": Said("Справка-обоснование, Word", "Справка к проекту, заполненная тем, что известно."),
    "note-pdf": Said("Справка-обоснование, PDF", "Справка к проекту, заполненная тем, что известно."),
    "akn": Said("Akoma Ntoso", "Текст в XML по стандарту OASIS."),
    "akn-amendments": Said("Поправки в Akoma Ntoso", "Поправки в XML по стандарту OASIS."),
    "json": Said("JSON", "Текст, поправки, комментарии и позиции для программ."),
    "git": Said("Репозиторий Git", "Все версии с тем, кто внёс какие слова: git clone этого файла."),
}
KYRGYZ: Mapping[str, Said] = {
    "html": Said("Окуу үчүн текст", "Бир бет: каалаган браузерде ачылат жана жакшы басылып чыгат."),
    "pdf": Said("PDF", "Текст басылып чыга турган түрүндө."),
    "docx": Said("Word документи", "Стилдери жана мазмуну бар текст."),
    "markdown": Said("Баштапкы текст", "Сакталган түрүндөгү текст; анын текшерүү суммасы – версиянын манжа изи."),
    "docx-redline": Said("Word'догу оңдоолор", "Өзгөртүүлөр рецензиялоо режиминде, пикирлери менен."),
    "docx-comparison": Said("Салыштырма таблица, Word", "Колдонуудагы жана сунушталган редакция жанаша."),
    "pdf-redline": Said("PDF'теги оңдоолор", "Кошулганынын асты сызылган, алынганы чийилген."),
    "pdf-comparison": Said("Салыштырма таблица, PDF", "Колдонуудагы жана сунушталган редакция жанаша."),
    "pdf-brackets": Said("Кашаалуу текст", "Сунушталган сөздөр кашаада, ким сунуштаганы менен."),
    "docx-disagreements": Said("Пикир келишпестиктер таблицасы", "Жоболор боюнча сунуштар, себеби жана чечими менен."),
    "act-en": Said("Өзгөртүү киргизүүчү мыйзам, англисче", "Өзгөртүүлөр өзгөртүүчү мыйзамдын нускамалары түрүндө."),
    "act-ru": Said("Өзгөртүү киргизүүчү мыйзам, орусча", "Өзгөртүүлөр өзгөртүүчү мыйзамдын нускамалары түрүндө."),
    "act-ky": Said("Өзгөртүү киргизүүчү мыйзам, кыргызча", "Өзгөртүүлөр өзгөртүүчү мыйзамдын нускамалары түрүндө."),
    "amendments-csv": Said("Түзөтүүлөр, CSV", "Бардык түзөтүүлөр таблица түрүндө."),
    "amendments-xlsx": Said("Excel китеби", "Түзөтүүлөр, пикирлер жана позициялар Excel китеби түрүндө."),
    "comments-csv": Said("Пикирлер, CSV", "Бардык пикирлер жооптору менен таблица түрүндө."),
    "positions-csv": Said("Позициялар, CSV", "Ар бир мекеме кайсы жобо жөнүндө эмне айтканы."),
    "record-docx": Said("Протокол, Word", "Семинардын же отурумдун чыгарылган протоколу."),
    "record-pdf": Said("Протокол, PDF", "Семинардын же отурумдун чыгарылган протоколу."),
    "note-docx": Said(
        "Негиздеме маалымкат, Word", "Долбоорго тиркелүүчү, белгилүү маалыматтар менен толтурулган маалымкат."
    ),
    "note-pdf": Said(
        "Негиздеме маалымкат, PDF", "Долбоорго тиркелүүчү, белгилүү маалыматтар менен толтурулган маалымкат."
    ),
    "akn": Said("Akoma Ntoso", "OASIS стандарты боюнча XML түрүндөгү текст."),
    "akn-amendments": Said("Akoma Ntoso түрүндөгү түзөтүүлөр", "OASIS стандарты боюнча XML түрүндөгү түзөтүүлөр."),
    "json": Said("JSON", "Программалар үчүн текст, түзөтүүлөр, пикирлер жана позициялар."),
    "git": Said("Git репозиторийи", "Бардык версиялар, кимдин сөзү экени менен: бул файлды git clone кылыңыз."),
}
