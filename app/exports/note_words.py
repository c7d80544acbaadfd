"""What the explanatory note (справка-обоснование, негиздеме-маалымкат) says of itself, in English, Russian and Kyrgyz.

Its parts are those that travel with a draft law of the Kyrgyz Republic: aims and tasks, a descriptive part, forecasts
of consequences, results of public discussion, compliance with legislation, need for funding, regulatory impact. Kyrgyz
sentences are made so that no suffix hangs on what is put into them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteWords:
    """Those with names in braces are templates for `str.format`; `fill` and keys of `forecasts` say what is to be
    written where nothing is known."""

    title: str  # {title}
    skeleton: str
    blank: str  # {what}
    aims: str
    aims_fill: str
    aims_in_text: str  # {unit}
    aim: re.Pattern[str]  # of headings of articles that say what a law is for
    description: str
    description_fill: str
    draft: str
    text_is: str  # {title}, {number}, {date}
    units: str  # {chapters}, {articles}
    fingerprint: str  # {sha256}
    preparation: str
    took_part: str
    seats: str  # {count}
    nobody_named: str
    sessions: str
    session: str  # {number}, {title}
    versions_heads: tuple[str, str, str]
    amendments: str
    amendments_heads: tuple[str, str]
    states: Mapping[str, str]
    all_together: str
    changes: str  # {base}, {number}
    first_version: str
    nothing_changed: str
    changes_heads: tuple[str, str, str]
    kinds: Mapping[str, str]
    of_text_without_chapter: str
    discussion: str
    reached: str  # {total}, {agreed}, {ad_referendum}, {contested}, {other}
    objections: str
    objection: str  # {unit}
    answered: str
    unanswered: str
    objection_count: str  # {count}
    reservations: str
    kinds_of_words: Mapping[str, str]
    count: str  # {count}
    none: str
    forecasts: str
    forecast: tuple[tuple[str, str], ...]  # what kind of consequences, and what is to be said of them
    consultation: str
    consultation_fill: str
    held: str  # {since}, {until}, {count}
    of_these: str  # {accepted}, {refused}, {answered}
    compliance: str
    compliance_fill: str
    funding: str
    funding_fill: str
    impact: str
    impact_fill: str
    signature: str
    signature_fill: str


EN = NoteWords(
    title="Explanatory note to the draft law “{title}”",
    skeleton=(
        "**Skeleton.** What is known of the work on the draft is filled in. A frame with the words **TO BE FILLED IN** "
        "marks a part that nobody has written yet; it is no statement of whoever submits the draft. Remove the frames "
        "when all of them are filled in."
    ),
    blank="**TO BE FILLED IN:** {what}",
    aims="Aims and tasks",
    aims_fill="what the draft is to achieve, which problem it solves, and why a law is needed for it.",
    aims_in_text="The draft itself says of its aim in {unit}:",
    aim=re.compile(r"\b(?:purpose|aim|objective|goal)s?\b", re.IGNORECASE),
    description="Descriptive part",
    description_fill="how the matter is regulated today, what experience of other states was looked at, what changes.",
    draft="The draft",
    text_is="The text is version {number} of {date} of the draft law “{title}”.",
    units="Chapters: {chapters}; articles: {articles}.",
    fingerprint="SHA-256 of the text: {sha256}",
    preparation="How the text was prepared",
    took_part="Took part in the discussion:",
    seats="Institutions with a seat at the table: {count}.",
    nobody_named="The participants agreed that nobody is named.",
    sessions="Sessions that were held:",
    session="Session {number}: {title}",
    versions_heads=("Version", "Date", "What it brought"),
    amendments="Amendments proposed",
    amendments_heads=("State", "Number"),
    states={
        "adopted": "Accepted", "adopted_in_part": "Accepted in part", "not_adopted": "Not accepted",
        "superseded": "Covered by another proposal", "submitted": "Under discussion",
        "taken_up": "Kept in brackets", "withdrawn": "Withdrawn by whoever proposed them",
    },
    all_together="Proposed in all",
    changes="What changed from version {base} to version {number}",
    first_version="The text is its first version.",
    nothing_changed="Nothing in the text was changed.",
    changes_heads=("Unit", "Change", "Justification"),
    kinds={
        "edited": "Worded otherwise", "renumbered": "Another number",
        "edited_and_renumbered": "Worded otherwise, another number", "moved": "Moved",
        "moved_and_edited": "Moved and worded otherwise", "inserted": "New", "deleted": "Taken out",
    },
    of_text_without_chapter="Before the first chapter",
    discussion="Results of the discussion in the working group",
    reached=(
        "Provisions of the text: {total}; of these agreed: {agreed}, agreed ad referendum: {ad_referendum}, contested: "
        "{contested}, not agreed yet: {other}."
    ),
    objections="Objections that remain:",
    objection="{unit}: objection",
    answered="Answer of the group",
    unanswered="Not answered yet.",
    objection_count="Provisions and amendments to which an objection remains: {count}.",
    reservations="Reservations and explanations of position:",
    kinds_of_words={
        "reservation": "reservation", "explanation": "explanation of position",
        "reserved": "in favour, with a reservation",
    },
    count="Their number: {count}.",
    none="None.",
    forecasts="Forecasts of the consequences",
    forecast=(
        ("Social", "whose life the draft changes and how, vulnerable groups among them; on what the forecast rests."),
        ("Economic", "effects on the economy, prices, employment and the budget; on what the forecast rests."),
        ("Legal", "effects on legislation and on how it is applied; gaps and contradictions that arise or go."),
        ("For human rights", "rights and freedoms that are protected better or restricted, and why a restriction is "
         "necessary and proportionate."),
        ("For gender equality", "effects on women and on men, and on their equal opportunities."),
        ("Ecological", "effects on the environment, or that none are expected."),
        ("For corruption", "risks of corruption in the provisions of the draft, and how they are met."),
    ),
    consultation="Results of the public discussion",
    consultation_fill=(
        "where and from when until when the draft was published for discussion, what was proposed, what was taken up, "
        "and why the rest was not."
    ),
    held="The draft was open to public discussion from {since} to {until}. Comments that came: {count}.",
    of_these="Of these published: {accepted}, refused: {refused}, answered in public: {answered}.",
    compliance="Analysis of compliance with legislation",
    compliance_fill=(
        "compliance with the Constitution, laws and international treaties in force; acts that must be changed or "
        "repealed with it."
    ),
    funding="Need for funding",
    funding_fill="sources and amounts, or that no funds of the budget are needed.",
    impact="Analysis of regulatory impact",
    impact_fill="the analysis, where the draft regulates business; otherwise that it does not.",
    signature="Submitted by",
    signature_fill="who submits the draft, with name, office, date and signature.",
)  # fmt: skip
RU = NoteWords(
    title="Справка-обоснование к проекту закона «{title}»",
    skeleton=(
        "**Заготовка.** Внесено то, что известно о работе над проектом. Рамка со словами **НЕ ЗАПОЛНЕНО** отмечает "
        "часть, которую ещё никто не написал; она не является утверждением инициатора проекта. Когда всё заполнено, "
        "рамки следует удалить."
    ),
    blank="**НЕ ЗАПОЛНЕНО:** {what}",
    aims="Цели и задачи",
    aims_fill="чего должен достичь проект, какую проблему он решает и почему для этого нужен закон.",
    aims_in_text="В самом проекте о цели сказано ({unit}):",
    aim=re.compile(r"\b(?:цел[ьи]|задач[аи])\b", re.IGNORECASE),
    description="Описательная часть",
    description_fill=(
        "как вопрос урегулирован сейчас, какой опыт других государств изучен, что меняется с принятием проекта."
    ),
    draft="Проект",
    text_is="Текст – версия {number} от {date} проекта закона «{title}».",
    units="Глав: {chapters}; статей: {articles}.",
    fingerprint="SHA-256 текста: {sha256}",
    preparation="Как готовился текст",
    took_part="В обсуждении участвовали:",
    seats="Организаций с местом за столом: {count}.",
    nobody_named="Участники договорились, что никто не называется.",
    sessions="Проведены заседания:",
    session="Заседание № {number}: {title}",
    versions_heads=("Версия", "Дата", "Что внесено"),
    amendments="Предложенные поправки",
    amendments_heads=("Состояние", "Число"),
    states={
        "adopted": "Приняты", "adopted_in_part": "Приняты частично", "not_adopted": "Не приняты",
        "superseded": "Учтены в других предложениях", "submitted": "Рассматриваются",
        "taken_up": "Оставлены в скобках", "withdrawn": "Отозваны авторами",
    },
    all_together="Всего предложено",
    changes="Что изменилось от версии {base} к версии {number}",
    first_version="Текст является первой версией.",
    nothing_changed="Текст не изменился.",
    changes_heads=("Структурная единица", "Изменение", "Обоснование"),
    kinds={
        "edited": "Иная редакция", "renumbered": "Другой номер", "edited_and_renumbered": "Иная редакция, другой номер",
        "moved": "Перенесено", "moved_and_edited": "Перенесено, иная редакция", "inserted": "Новое",
        "deleted": "Исключено",
    },
    of_text_without_chapter="До первой главы",
    discussion="Результаты обсуждения в рабочей группе",
    reached=(
        "Положений в тексте: {total}; из них согласовано: {agreed}, согласовано ad referendum: {ad_referendum}, "
        "спорных: {contested}, пока не согласовано: {other}."
    ),
    objections="Остающиеся возражения:",
    objection="{unit}: возражение",
    answered="Ответ группы",
    unanswered="Ответа пока нет.",
    objection_count="Положений и поправок, по которым остаются возражения: {count}.",
    reservations="Оговорки и разъяснения позиций:",
    kinds_of_words={
        "reservation": "оговорка", "explanation": "разъяснение позиции", "reserved": "за, с оговоркой",
    },
    count="Их число: {count}.",
    none="Нет.",
    forecasts="Прогнозы возможных последствий",
    forecast=(
        ("Социальные", "чью жизнь и как меняет проект, в том числе уязвимых групп; на чём основан прогноз."),
        ("Экономические", "влияние на экономику, цены, занятость и бюджет; на чём основан прогноз."),
        ("Правовые", "влияние на законодательство и его применение; пробелы и противоречия, которые возникают или "
         "устраняются."),
        ("Правозащитные", "какие права и свободы защищаются лучше или ограничиваются и почему ограничение необходимо и "
         "соразмерно."),
        ("Гендерные", "влияние на женщин и на мужчин и на равенство их возможностей."),
        ("Экологические", "влияние на окружающую среду либо то, что оно не ожидается."),
        ("Коррупционные", "коррупционные риски в положениях проекта и меры против них."),
    ),
    consultation="Информация о результатах общественного обсуждения",
    consultation_fill=(
        "где и с какого по какое число проект был опубликован для обсуждения, какие поступили предложения, какие из "
        "них учтены и почему не учтены остальные."
    ),
    held="Общественное обсуждение проекта проведено с {since} по {until}. Поступило отзывов: {count}.",
    of_these="Из них опубликовано: {accepted}, отклонено: {refused}, с публичным ответом: {answered}.",
    compliance="Анализ соответствия проекта законодательству",
    compliance_fill=(
        "соответствие Конституции, законам и вступившим в силу международным договорам; акты, которые вместе с ним "
        "требуют изменения или отмены."
    ),
    funding="Информация о необходимости финансирования",
    funding_fill="источники и объём средств либо то, что средств бюджета не требуется.",
    impact="Информация об анализе регулятивного воздействия",
    impact_fill=(
        "результаты анализа, если проект регулирует предпринимательскую деятельность; иначе – что не регулирует."
    ),
    signature="Инициатор проекта",
    signature_fill="кто вносит проект: должность, фамилия, имя, отчество, дата и подпись.",
)  # fmt: skip
KY = NoteWords(
    title="«{title}» мыйзам долбооруна негиздеме-маалымкат",
    skeleton=(
        "**Даярдама.** Долбоордун үстүндөгү иш жөнүндө белгилүү болгон маалыматтар киргизилди. **ТОЛТУРУЛА ЭЛЕК** "
        "деген сөздөрү бар алкак азырынча эч ким жаза элек бөлүктү белгилейт; ал долбоордун демилгечисинин билдирүүсү "
        "эмес. Баары толтурулгандан кийин алкактар алып салынсын."
    ),
    blank="**ТОЛТУРУЛА ЭЛЕК:** {what}",
    aims="Максаттары жана милдеттери",
    aims_fill="долбоор эмнеге жетүүгө тийиш, кайсы маселени чечет жана ал үчүн эмне себептен мыйзам керек.",
    aims_in_text="Долбоордун өзүндө максат жөнүндө мындай деп айтылат ({unit}):",
    aim=re.compile(r"\b(?:максат|милдет)", re.IGNORECASE),
    description="Баяндоо бөлүгү",
    description_fill=(
        "маселе азыр кандай жөнгө салынган, башка мамлекеттердин кандай тажрыйбасы изилденген, долбоор кабыл алынганда "
        "эмне өзгөрөт."
    ),
    draft="Долбоор",
    text_is="«{title}» мыйзам долбоору: {number}-версия, {date}.",
    units="Главалардын саны: {chapters}; беренелердин саны: {articles}.",
    fingerprint="Тексттин SHA-256 суммасы: {sha256}",
    preparation="Текст кандай даярдалган",
    took_part="Талкууга катышкандар:",
    seats="Столдо орду бар мекемелердин саны: {count}.",
    nobody_named="Катышуучулар эч кимди атабоого макулдашкан.",
    sessions="Өткөрүлгөн отурумдар:",
    session="№ {number} отурум: {title}",
    versions_heads=("Версия", "Күнү", "Эмне киргизилди"),
    amendments="Сунушталган түзөтүүлөр",
    amendments_heads=("Абалы", "Саны"),
    states={
        "adopted": "Кабыл алынды", "adopted_in_part": "Жарым-жартылай кабыл алынды",
        "not_adopted": "Кабыл алынган жок", "superseded": "Башка сунуштарда эске алынды", "submitted": "Каралууда",
        "taken_up": "Кашаада калтырылды", "withdrawn": "Сунуштагандар кайра алды",
    },
    all_together="Бардыгы сунушталды",
    changes="Эмне өзгөрдү, версиялар: {base} – {number}",
    first_version="Текст биринчи версия болуп саналат.",
    nothing_changed="Текст өзгөргөн жок.",
    changes_heads=("Түзүмдүк бирдик", "Өзгөртүү", "Негиздеме"),
    kinds={
        "edited": "Башка редакция", "renumbered": "Башка номер", "edited_and_renumbered": "Башка редакция, башка номер",
        "moved": "Которулду", "moved_and_edited": "Которулду, башка редакция", "inserted": "Жаңы",
        "deleted": "Алып салынды",
    },
    of_text_without_chapter="Биринчи главага чейин",
    discussion="Жумушчу топтогу талкуунун натыйжалары",
    reached=(
        "Тексттеги жоболордун саны: {total}; алардын ичинен макулдашылганы: {agreed}, ad referendum макулдашылганы: "
        "{ad_referendum}, талаштуусу: {contested}, азырынча макулдашыла элеги: {other}."
    ),
    objections="Калган каршылыктар:",
    objection="{unit}: каршылык",
    answered="Топтун жообу",
    unanswered="Азырынча жооп жок.",
    objection_count="Каршылык калган жоболордун жана түзөтүүлөрдүн саны: {count}.",
    reservations="Эскертмелер жана позицияны түшүндүрүүлөр:",
    kinds_of_words={
        "reservation": "эскертме", "explanation": "позицияны түшүндүрүү", "reserved": "эскертме менен колдойт",
    },
    count="Алардын саны: {count}.",
    none="Жок.",
    forecasts="Болжолдуу кесепеттердин божомолу",
    forecast=(
        ("Социалдык", "долбоор кимдин жашоосун кандайча өзгөртөт, анын ичинде аярлуу топтордун; божомол эмнеге "
         "негизделген."),
        ("Экономикалык", "экономикага, бааларга, жумуштуулукка жана бюджетке таасири; божомол эмнеге негизделген."),
        ("Укуктук", "мыйзамдарга жана аларды колдонууга таасири; пайда болгон же жоюлган боштуктар жана карама-"
         "каршылыктар."),
        ("Укук коргоо", "кайсы укуктар жана эркиндиктер жакшыраак корголот же чектелет жана чектөө эмне себептен зарыл "
         "жана өлчөмдөш."),
        ("Гендердик", "аялдарга жана эркектерге, алардын мүмкүнчүлүктөрүнүн теңдигине таасири."),
        ("Экологиялык", "курчап турган чөйрөгө таасири же андай таасир күтүлбөгөндүгү."),
        ("Коррупциялык", "долбоордун жоболорундагы коррупциялык тобокелдиктер жана аларга каршы чаралар."),
    ),
    consultation="Коомдук талкуунун натыйжалары жөнүндө маалымат",
    consultation_fill=(
        "долбоор талкуу үчүн кайда жана кайсы күндөн кайсы күнгө чейин жарыяланган, кандай сунуштар түшкөн, алардын "
        "кайсылары эске алынган жана калгандары эмне себептен эске алынган эмес."
    ),
    held="Долбоордун коомдук талкуусу өткөрүлдү: {since} – {until}. Түшкөн пикирлердин саны: {count}.",
    of_these="Алардын ичинен жарыяланганы: {accepted}, четке кагылганы: {refused}, ачык жооп берилгени: {answered}.",
    compliance="Долбоордун мыйзамдарга ылайык келүүсүнө талдоо",
    compliance_fill=(
        "Конституцияга, мыйзамдарга жана күчүнө кирген эл аралык келишимдерге ылайык келүүсү; аны менен бирге "
        "өзгөртүлүүгө же жокко чыгарылууга тийиш болгон актылар."
    ),
    funding="Каржылоонун зарылдыгы жөнүндө маалымат",
    funding_fill="каражаттын булактары жана көлөмү же бюджеттин каражаты талап кылынбагандыгы.",
    impact="Жөнгө салуучу таасирди талдоо жөнүндө маалымат",
    impact_fill="эгерде долбоор ишкердикти жөнгө салса, талдоонун натыйжалары; болбосо – жөнгө салбагандыгы.",
    signature="Долбоордун демилгечиси",
    signature_fill="долбоорду ким киргизет: кызматы, аты-жөнү, күнү жана колу.",
)  # fmt: skip
_BY_LANGUAGE = {"en": EN, "ru": RU, "ky": KY}


def note_words(language: str) -> NoteWords:
    """Other languages get English."""
    return _BY_LANGUAGE.get(language, EN)
