"""The words of records in Russian."""

from app.domain.record_words import CommuniqueWords, RecordWords


def _number(count: int, one: str, few: str, many: str) -> str:
    """`1 положение, 2 положения, 5 положений`."""
    if count % 10 == 1 and count % 100 != 11:
        return f"{count} {one}"
    return f"{count} {few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many}"


def _clauses(count: int) -> str:
    return _number(count, "положение", "положения", "положений")


COMMUNIQUE = CommuniqueWords(
    met="Рабочая группа по проекту закона «{draft}» провела {sessions} {when}{where}.",
    where=" (место проведения: {places})",
    on_day="{day}",
    sessions=lambda count: _number(count, "заседание", "заседания", "заседаний"),
    took_part="В работе участвовали: {names}.",
    took_part_count=lambda count: f"Число участвовавших организаций: {count}.",
    discussed="Группа рассмотрела версию {version} проекта, в которой {clauses}.",
    clauses=_clauses,
    agreed=lambda count: f"Согласовано: {_clauses(count)}" if count else "Согласованных положений пока нет",
    provisional=lambda count: f"; ещё {count} – ad referendum, с условием последующего подтверждения",
    left=lambda count: f"Продолжается работа над текстом, в котором пока не согласовано {_clauses(count)}.",
    nothing_left="Несогласованных положений не осталось.",
    matters=lambda count: f"Отложено и будет решено после встречи: {_number(count, 'вопрос', 'вопроса', 'вопросов')}.",
    thanks="Участники благодарят всех, кто подготовил встречу и принял в ней участие.",
)
RU = RecordWords(
    months=(
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
        "декабря",
    ),
    date="{day} {month} {year} года",
    span="с {first} по {last}",
    conjunction="и",
    quoted="«{0}»",
    titles={
        "session": "Протокол заседания № {number}: {title}",
        "workshop": "Протокол рабочей встречи",
        "communique": "Коммюнике",
    },
    short_titles={
        "session": "Протокол заседания № {number}", "workshop": "Протокол рабочей встречи", "communique": "Коммюнике",
    },
    on_draft="по проекту закона «{draft}»",
    session="Заседание № {number}: {title}",
    place="Место проведения",
    held_on="Дата",
    begun="начало в {at}",
    ended="окончание в {at}",
    going_on="при составлении протокола продолжалось",
    breaks="Перерывы",
    text_discussed="Рассмотренный текст: версия {version}",
    none="Нет.",
    participants="Участники",
    seats={
        "full": "Организации с правом решающего голоса", "advisory": "Организации с правом совещательного голоса",
        "facilitating": "Фасилитаторы", "": "Другие присутствовавшие",
    },
    seat_counts={
        "full": "Организаций с правом решающего голоса: {count}",
        "advisory": "Организаций с правом совещательного голоса: {count}", "facilitating": "Фасилитаторов: {count}",
        "": "Других: {count}",
    },
    arrived="с {at}",
    for_institution="представляли",
    others="без организации",
    agenda="Повестка дня",
    readings={1: "первое чтение", 2: "второе чтение"},
    statuses={
        "waiting": "не рассматривалось", "current": "при составлении протокола рассматривалось",
        "done": "рассмотрено", "skipped": "пропущено, к вопросу не возвращались",
    },
    decisions="Решения",
    outcomes={
        "agreed": "согласовано", "as_it_stands": "оставить текст без изменений",
        "in_brackets": "оставить расходящиеся предложения в скобках", "to_group": "передать малой группе",
        "postponed": "отложить", "noted": "принять к сведению",
    },
    by="правило: {rule}",
    rules={
        "consensus": "консенсус", "minus_one": "консенсус минус один", "silence": "процедура молчания",
        "majority": "большинство", "no_objection": "присутствующие были опрошены, возражений не поступило",
    },
    in_call="опрос позиций № {number}",
    on_text="текст: версия {version}",
    fingerprint="отпечаток {fingerprint}",
    calls="Опросы позиций",
    call="Опрос № {number}: {about}",
    call_states={
        "open": "при составлении протокола открыт", "hidden": "проведён; ответы не раскрыты",
        "called_off": "отменён", "closed": "закрыт",
    },
    results={
        "agreed": "согласовано", "ad_referendum": "согласовано ad referendum", "not_yet": "пока не согласовано",
        "contested": "спорно", "changed": "текст изменён до окончания опроса",
    },
    until="до: {at}",
    agreed="Согласованные положения",
    agreed_count="Согласовано положений: {count}.",
    whole_text=(
        "По всему тексту положений: {total}; из них согласовано: {agreed}, согласовано ad referendum: {ad_referendum}, "
        "спорных: {contested}, пока не согласовано: {other}."
    ),
    provisional="Согласовано ad referendum: {clauses}",
    to_confirm="подтверждает: {party}",
    an_institution="одна из организаций",
    brackets="Места в скобках",
    contested="спорно",
    colliding="предложения исключают друг друга",
    amendment="поправка A{number}",
    objections="Возражения и ответы на них",
    objects="возражает: {party}",
    objection_count="Возражений: {count}",
    stands={True: "остаётся в силе", False: "более не препятствует"},
    answered="Ответ группы",
    unanswered="Ответа пока нет.",
    printed="Оговорки и разъяснения позиций",
    printed_kinds={
        "reservation": "оговорка", "explanation": "разъяснение позиции", "reserved": "за, с оговоркой",
    },
    printed_count="всего: {count}",
    proposed="Внесённые поправки",
    groups="Малые группы",
    group_range="Положения",
    group_members="Состав",
    member_count="организаций: {count}",
    group_brought="Представлено",
    no_report="Доклада пока не было.",
    matters="Отложенные вопросы",
    matter="Вопрос № {number}: {words}",
    owner="ответственный",
    settled="решено",
    next_steps="Дальнейшие шаги",
    step_settle="Решить вопрос № {number}: {words}",
    step_answer="Ответить на опрос позиций № {number}",
    step_confirm="Подтвердить позицию ({clauses}): {party}",
    to_be_written="…",
    signatures=("Фасилитатор", "Секретарь"),
    communique=COMMUNIQUE,
)  # fmt: skip
