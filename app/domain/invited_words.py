"""How columns, roles, parts in a delegation and languages may be written in a list of people to invite."""

from collections.abc import Mapping
from typing import TypeVar

from app.domain.permissions import Role

Meant = TypeVar("Meant")

COLUMNS = {
    "name": ("name", "full name", "имя", "фио", "ф и о", "имя и фамилия", "фамилия и имя", "полное имя", "аты",
             "аты-жөнү", "аты жөнү", "ысымы", "толук аты", "аты жана фамилиясы"),
    "email": ("email", "e-mail", "mail", "e-mail address", "email address", "почта", "эл почта", "электронная почта",
              "адрес электронной почты", "электрондук почта", "электрондук дарек", "эл дарек"),
    "institution": ("institution", "organisation", "organization", "организация", "учреждение", "ведомство", "орган",
                    "мекеме", "мекемеси", "уюм", "уюму"),
    "role": ("role", "роль", "ролу", "роль в проекте", "долбоордогу ролу"),
    "part": ("part", "part in the delegation", "место в делегации", "в делегации", "делегация", "делегациядагы орду",
             "делегацияда"),
    "language": ("language", "язык", "тил", "тили"),
}  # fmt: skip
ROLES = {
    Role.OBSERVER: ("observer", "наблюдатель", "байкоочу"),
    Role.COMMENTER: ("commenter", "комментатор", "комментирующий", "комментарий жазуучу"),
    Role.REPRESENTATIVE: ("representative", "представитель", "өкүл"),
    Role.FACILITATOR: ("facilitator", "фасилитатор"),
    Role.ADMINISTRATOR: ("administrator", "администратор"),
}
PARTS = {
    "head": ("head", "head of delegation", "глава", "глава делегации", "руководитель", "башчы", "делегация башчысы",
             "жетекчи"),
    "authorised": ("authorised", "authorized", "уполномоченный", "уполномоченная", "ыйгарым укуктуу"),
    "member": ("member", "член", "член делегации", "участник", "мүчө", "делегация мүчөсү"),
}  # fmt: skip
LANGUAGES = {
    "en": ("en", "english", "английский", "англисче", "англис тили"),
    "ru": ("ru", "russian", "русский", "орусча", "орус тили", "на русском"),
    "ky": ("ky", "kg", "kyrgyz", "кыргызский", "киргизский", "кыргызча", "кыргыз тили"),
}


def bare(word: str) -> str:
    """A word as it is looked up: small letters, single spaces, without dots, colons, asterisks and underscores."""
    return " ".join(word.casefold().replace("_", " ").replace(".", " ").replace("*", " ").replace(":", " ").split())


def column(typed: str) -> str | None:
    """Which column a heading means."""
    return _found(COLUMNS, typed)


def role(typed: str) -> Role | None:
    return _found(ROLES, typed)


def part(typed: str) -> str | None:
    return _found(PARTS, typed)


def language(typed: str) -> str | None:
    return _found(LANGUAGES, typed)


def _found(words: Mapping[Meant, tuple[str, ...]], typed: str) -> Meant | None:
    word = bare(typed)
    return next((meant for meant, written in words.items() if word in written), None)
