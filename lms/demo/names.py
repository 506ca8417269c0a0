"""Invented people: Kazakh and Russian names put together by chance."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

KK_SURNAMES = [
    "Әбдірахман",
    "Әлімжан",
    "Байсейіт",
    "Бекболат",
    "Ғабит",
    "Дәулет",
    "Ержан",
    "Жанболат",
    "Жүнісбек",
    "Қайрат",
    "Қалдыбай",
    "Құдайберген",
    "Мұқаметжан",
    "Нұрлан",
    "Оразбай",
    "Өтеген",
    "Рахымжан",
    "Сағындық",
    "Сейітжан",
    "Тоқтар",
    "Төлеген",
    "Үмбет",
    "Шәкәрім",
    "Ысқақ",
]
KK_BOYS = [
    "Алдияр",
    "Арман",
    "Асқар",
    "Әлихан",
    "Бауыржан",
    "Бекзат",
    "Дамир",
    "Ерасыл",
    "Ернар",
    "Жандос",
    "Ислам",
    "Қанат",
    "Мадияр",
    "Мирас",
    "Нұрасыл",
    "Олжас",
    "Рамазан",
    "Санжар",
    "Темірлан",
    "Ұлан",
    "Шыңғыс",
]
KK_GIRLS = [
    "Айару",
    "Айым",
    "Ақбота",
    "Аружан",
    "Әсел",
    "Балнұр",
    "Гүлназ",
    "Дана",
    "Еркежан",
    "Жанерке",
    "Зере",
    "Інжу",
    "Қарақат",
    "Көркем",
    "Мөлдір",
    "Назерке",
    "Нұрай",
    "Перизат",
    "Сымбат",
    "Томирис",
    "Үміт",
]
KK_FATHERS = [
    "Айдос",
    "Берік",
    "Болат",
    "Ғалым",
    "Дархан",
    "Ерлан",
    "Жомарт",
    "Қуаныш",
    "Марат",
    "Нұржан",
    "Серік",
    "Талғат",
]
RU_SURNAMES = [
    "Белов",
    "Воронин",
    "Гордеев",
    "Зимин",
    "Климов",
    "Лебедев",
    "Морозов",
    "Орлов",
    "Панин",
    "Савин",
    "Тихонов",
    "Фомин",
]
RU_BOYS = ["Артём", "Данил", "Егор", "Иван", "Кирилл", "Максим", "Никита", "Роман"]
RU_GIRLS = ["Алина", "Вера", "Дарья", "Елена", "Ксения", "Мария", "Полина", "София"]
RU_FATHERS = {
    "Алексей": "Алексеев",
    "Виктор": "Викторов",
    "Игорь": "Игорев",
    "Олег": "Олегов",
    "Павел": "Павлов",
}


@dataclass(frozen=True)
class Name:
    surname: str
    first_name: str
    patronymic: str
    sex: str


def invented(chance: Random, language: str, surname: str | None = None, with_patronymic: bool = True) -> Name:
    """A name of this language; `surname` is given for brothers, sisters and parents."""
    sex = chance.choice("mf")
    make = _kazakh if language == "kk" else _russian
    name = make(chance, sex, surname)
    return name if with_patronymic else Name(name.surname, name.first_name, "", sex)


def _kazakh(chance: Random, sex: str, surname: str | None) -> Name:
    first = chance.choice(KK_BOYS if sex == "m" else KK_GIRLS)
    father = chance.choice(KK_FATHERS) + ("ұлы" if sex == "m" else "қызы")
    return Name(surname or chance.choice(KK_SURNAMES), first, father, sex)


def _russian(chance: Random, sex: str, surname: str | None) -> Name:
    first = chance.choice(RU_BOYS if sex == "m" else RU_GIRLS)
    father = chance.choice(list(RU_FATHERS.values())) + ("ич" if sex == "m" else "на")
    stem = (surname or chance.choice(RU_SURNAMES)).removesuffix("а")
    return Name(stem if sex == "m" else stem + "а", first, father, sex)
