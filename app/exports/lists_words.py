"""What the lists of amendments, comments and positions are called and say, in the language of the document.

Other languages get English. The terms are those of the pages (`app/web/translations`).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListWords:
    """Titles and heads of the three lists, and what their codes are in words. Heads stand under the names that the
    columns have in `lists`."""

    amendments: str
    comments: str
    positions: str
    heads: Mapping[str, str]
    edits: Mapping[str, str]
    kinds: Mapping[str, str]
    states: Mapping[str, str]  # of comments and of clauses
    steps: Mapping[str, str]
    standings: Mapping[str, str]
    seats: Mapping[str, str]
    at_beginning: str
    after: str  # {unit}
    all_of: str  # {unit}
    whole: str
    amendment: str  # {number}
    yes: str
    cut: str  # {count}


EN = ListWords(
    amendments="Amendments",
    comments="Comments",
    positions="Positions",
    heads={
        "number": "Number", "unit": "Unit", "does": "What it does", "change": "Change", "before": "Text before",
        "after": "Text after", "institution": "Institution", "sponsors": "Co-sponsors", "person": "Person",
        "decision": "Decision", "reason": "Reason", "made_on": "Made on version", "stands_on": "Stands on version",
        "settled": "Decided in version", "collides": "Collides with", "title": "Short name", "date": "Date",
        "clause_id": "Clause id", "address": "Address", "about": "About", "reply_to": "Reply to", "kind": "Kind",
        "quote": "Words it is about", "comment": "Comment", "state": "State", "version": "Version",
        "position": "Position", "seat": "Seat", "standing": "Standing", "call": "Call",
        "entered": "Entered by a facilitator", "confirm_until": "To be confirmed by", "confirmed": "Confirmed",
        "answer": "Answer of the group", "reached": "State of the clause",
    },
    edits={
        "replace_words": "changes words", "restate": "restates", "insert": "inserts", "delete": "deletes",
        "move": "moves", "relabel": "renumbers",
    },
    kinds={
        "comment": "comment", "question": "question", "position": "position", "drafting": "drafting point",
        "experience": "experience", "proposal": "proposal", "advice": "advice", "support": "support",
        "reservation": "reservation", "concern": "concern", "parking_lot": "parking lot",
    },
    states={
        "open": "open", "discussed": "under discussion", "ad_referendum": "agreed ad referendum", "agreed": "agreed",
        "contested": "contested", "reopened": "reopened", "resolved": "resolved", "withdrawn": "withdrawn",
    },
    steps={
        "support": "support", "can_live_with": "can live with it", "reservation": "reservation", "abstain": "abstain",
        "need_discussion": "needs discussion", "cannot_accept": "cannot accept", "": "taken back",
    },
    standings={
        "counts": "given on this text", "in_part": "given on this text in part", "text": "given on an earlier text",
        "reopened": "given before this was reopened", "unconfirmed": "not confirmed in time",
        "replaced": "replaced by a later one", "taken_back": "taken back", "gone": "no longer in the text",
        "no_seat": "without a seat",
    },
    seats={"full": "full", "advisory": "advisory (heard, not counted)"},
    at_beginning="at the very beginning",
    after="after {unit}",
    all_of="{unit} with all that stands below it",
    whole="the whole version",
    amendment="Amendment A{number}",
    yes="yes",
    cut="… ({count} more characters: see the JSON)",
)  # fmt: skip
RU = ListWords(
    amendments="Поправки",
    comments="Комментарии",
    positions="Позиции",
    heads={
        "number": "Номер", "unit": "Структурная единица", "does": "Что сделать", "change": "Изменение",
        "before": "Прежний текст", "after": "Текст после изменения", "institution": "Учреждение",
        "sponsors": "Соавторы", "person": "Лицо", "decision": "Решение", "reason": "Обоснование",
        "made_on": "Предложена к версии", "stands_on": "Относится к версии", "settled": "Решена в версии",
        "collides": "Сталкивается с", "title": "Краткое название", "date": "Дата",
        "clause_id": "Идентификатор", "address": "Адрес", "about": "К чему относится", "reply_to": "Ответ на",
        "kind": "Вид", "quote": "О каких словах", "comment": "Комментарий", "state": "Состояние",
        "version": "Версия", "position": "Позиция", "seat": "Место", "standing": "Действие позиции",
        "call": "Опрос", "entered": "Внесена фасилитатором", "confirm_until": "Подтвердить до",
        "confirmed": "Подтверждена", "answer": "Ответ группы", "reached": "Состояние положения",
    },
    edits={
        "replace_words": "изменить слова", "restate": "изложить в новой редакции", "insert": "дополнить",
        "delete": "исключить", "move": "перенести", "relabel": "изменить нумерацию",
    },
    kinds={
        "comment": "комментарий", "question": "вопрос", "position": "позиция", "drafting": "юридическая техника",
        "experience": "опыт", "proposal": "предложение", "advice": "совет", "support": "поддержка",
        "reservation": "оговорка", "concern": "опасение", "parking_lot": "отложено",
    },
    states={
        "open": "открыто", "discussed": "обсуждается", "ad_referendum": "согласовано ad referendum",
        "agreed": "согласовано", "contested": "спорно", "reopened": "обсуждение возобновлено",
        "resolved": "закрыто", "withdrawn": "отозван",
    },
    steps={
        "support": "поддержка", "can_live_with": "можем согласиться", "reservation": "оговорка",
        "abstain": "воздерживаемся", "need_discussion": "нужно обсуждение", "cannot_accept": "не можем принять",
        "": "отозвана",
    },
    standings={
        "counts": "высказана по этому тексту", "in_part": "по этому тексту высказана частично",
        "text": "высказана по прежнему тексту", "reopened": "высказана до возобновления обсуждения",
        "unconfirmed": "не подтверждена в срок", "replaced": "заменена более поздней", "taken_back": "отозвана",
        "gone": "в тексте больше нет", "no_seat": "место не занято",
    },
    seats={"full": "полноправное", "advisory": "совещательное (без права голоса)"},
    at_beginning="в самом начале",
    after="после: {unit}",
    all_of="{unit} и всё, что ниже",
    whole="вся версия",
    amendment="Поправка A{number}",
    yes="да",
    cut="… (ещё знаков: {count}; полностью – в JSON)",
)  # fmt: skip
KY = ListWords(
    amendments="Түзөтүүлөр",
    comments="Пикирлер",
    positions="Позициялар",
    heads={
        "number": "Номери", "unit": "Түзүмдүк бирдик", "does": "Эмне кылынат", "change": "Өзгөртүү",
        "before": "Мурунку текст", "after": "Өзгөртүүдөн кийинки текст", "institution": "Мекеме",
        "sponsors": "Чогуу сунуштагандар", "person": "Адам", "decision": "Чечим", "reason": "Негиздеме",
        "made_on": "Кайсы версияга сунушталган", "stands_on": "Кайсы версияга тиешелүү",
        "settled": "Кайсы версияда чечилген", "collides": "Булар менен кагылышат", "title": "Кыска аталышы",
        "date": "Күнү", "clause_id": "Идентификатору", "address": "Дарек", "about": "Эмне жөнүндө",
        "reply_to": "Кимге жооп", "kind": "Түрү", "quote": "Кайсы сөздөр жөнүндө", "comment": "Пикир",
        "state": "Абалы", "version": "Версия", "position": "Позиция", "seat": "Орун",
        "standing": "Позициянын күчү", "call": "Сурамжылоо", "entered": "Фасилитатор киргизген",
        "confirm_until": "Ырастоо мөөнөтү", "confirmed": "Ырасталган", "answer": "Топтун жообу",
        "reached": "Жобонун абалы",
    },
    edits={
        "replace_words": "сөздөрдү өзгөртөт", "restate": "жаңы редакцияда баяндайт", "insert": "толуктайт",
        "delete": "алып салат", "move": "жылдырат", "relabel": "номерин өзгөртөт",
    },
    kinds={
        "comment": "пикир", "question": "суроо", "position": "позиция", "drafting": "юридикалык техника",
        "experience": "тажрыйба", "proposal": "сунуш", "advice": "кеңеш", "support": "колдоо",
        "reservation": "эскертүү", "concern": "кооптонуу", "parking_lot": "кийинкиге калтырылды",
    },
    states={
        "open": "ачык", "discussed": "талкууда", "ad_referendum": "ad referendum макулдашылды",
        "agreed": "макулдашылды", "contested": "талаштуу", "reopened": "кайра ачылды",
        "resolved": "жыйынтыкталган", "withdrawn": "кайра алынган",
    },
    steps={
        "support": "колдоо", "can_live_with": "макул боло алабыз", "reservation": "эскертүү",
        "abstain": "калыс калабыз", "need_discussion": "талкуу керек", "cannot_accept": "кабыл ала албайбыз",
        "": "кайтарылып алынды",
    },
    standings={
        "counts": "ушул текст боюнча билдирилген", "in_part": "ушул текст боюнча жарым-жартылай билдирилген",
        "text": "мурунку текст боюнча билдирилген", "reopened": "кайра ачылганга чейин билдирилген",
        "unconfirmed": "мөөнөтүндө ырасталган эмес", "replaced": "кийинкиси менен алмаштырылган",
        "taken_back": "кайтарылып алынды", "gone": "текстте мындан ары жок", "no_seat": "орду жок",
    },
    seats={"full": "толук укуктуу", "advisory": "кеңеш берүүчү (эсептелбейт)"},
    at_beginning="эң башында",
    after="мындан кийин: {unit}",
    all_of="{unit} жана андан ылдый турган бардыгы",
    whole="бүт версия",
    amendment="A{number} түзөтүүсү",
    yes="ооба",
    cut="… (дагы {count} белги: толугу JSON форматында)",
)  # fmt: skip
_BY_LANGUAGE = {"en": EN, "ru": RU, "ky": KY}


def list_words(language: str) -> ListWords:
    return _BY_LANGUAGE.get(language, EN)
