"""Twelve schools in three districts: two hubs, six satellites, two small and two ordinary ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from lms.core.db import db
from lms.places import service
from lms.places.models import Place, School

OBLAST = "KZ-10"


@dataclass(frozen=True)
class Plan:
    """A school to be: where, of what kind, how large, how connected."""

    district: int
    settlement: tuple[str, str]
    name: tuple[str, str]
    kind: str
    pupils: int
    languages: tuple[str, ...]
    technology: str
    contract: float
    at: tuple[float, float]


DISTRICTS = (
    ("Көкдала ауданы", "Кокдалинский район"),
    ("Тасөзек ауданы", "Тасозекский район"),
    ("Сарыбел ауданы", "Сарыбельский район"),
)
PLANS = (
    Plan(0, ("Көкдала ауылы", "село Кокдала"), ("Көкдала тірек мектебі", "Кокдалинская опорная школа"), "hub", 110, ("kk", "ru"), "fibre", 100, (49.62, 78.90)),
    Plan(0, ("Бұлақты ауылы", "село Булакты"), ("Бұлақты орта мектебі", "Булактинская средняя школа"), "satellite", 35, ("kk",), "satellite", 8, (49.71, 79.20)),
    Plan(0, ("Жусанды ауылы", "село Жусанды"), ("Жусанды орта мектебі", "Жусандинская средняя школа"), "satellite", 35, ("kk",), "radio", 20, (49.40, 78.60)),
    Plan(0, ("Шілікті ауылы", "село Шиликты"), ("Шілікті негізгі мектебі", "Шиликтинская основная школа"), "satellite", 35, ("kk",), "satellite", 8, (49.90, 78.70)),
    Plan(1, ("Тасөзек ауылы", "село Тасозек"), ("Тасөзек тірек мектебі", "Тасозекская опорная школа"), "hub", 110, ("kk", "ru"), "fibre", 100, (48.75, 80.10)),
    Plan(1, ("Қамысты ауылы", "село Камысты"), ("Қамысты орта мектебі", "Камыстинская средняя школа"), "satellite", 35, ("kk",), "mobile", 10, (48.60, 80.50)),
    Plan(1, ("Ақбекет станциясы", "станция Акбекет"), ("Ақбекет орта мектебі", "Акбекетская средняя школа"), "satellite", 35, ("ru",), "radio", 20, (48.95, 79.80)),
    Plan(1, ("Үшбиік ауылы", "село Ушбиик"), ("Үшбиік орта мектебі", "Ушбиикская средняя школа"), "satellite", 35, ("kk",), "satellite", 8, (48.50, 79.90)),
    Plan(2, ("Сарыбел кенті", "посёлок Сарыбел"), ("№ 1 Сарыбел орта мектебі", "Сарыбельская средняя школа № 1"), "ordinary", 60, ("kk", "ru"), "fibre", 50, (47.90, 81.40)),
    Plan(2, ("Сарыбел кенті", "посёлок Сарыбел"), ("№ 2 Сарыбел мектеп-гимназиясы", "Сарыбельская школа-гимназия № 2"), "ordinary", 60, ("kk",), "fibre", 50, (47.92, 81.43)),
    Plan(2, ("Қызылүй ауылы", "село Кызылуй"), ("Қызылүй шағын жинақты мектебі", "Кызылуйская малокомплектная школа"), "small", 25, ("kk",), "satellite", 8, (47.60, 81.90)),
    Plan(2, ("Терісаққан ауылы", "село Терисаккан"), ("Терісаққан шағын жинақты мектебі", "Терисакканская малокомплектная школа"), "small", 25, ("kk",), "none", 0, (47.40, 81.10)),
)  # fmt: skip
BELLS = [
    ["08:30", "09:15"],
    ["09:20", "10:05"],
    ["10:15", "11:00"],
    ["11:20", "12:05"],
    ["12:10", "12:55"],
    ["13:00", "13:45"],
]
AFTERNOON = [
    ["14:00", "14:45"],
    ["14:50", "15:35"],
    ["15:45", "16:30"],
    ["16:50", "17:35"],
    ["17:40", "18:25"],
]


def build_places() -> list[School]:
    """The schools in the order of PLANS."""
    service.found_republic()
    oblast = db.session.scalars(select(Place).where(Place.code == OBLAST)).one()
    districts = [
        service.found_place("district", kk, ru, oblast, f"DEMO-{n}") for n, (kk, ru) in enumerate(DISTRICTS)
    ]
    settlements: dict[str, Place] = {}
    return [
        _school(number, plan, districts[plan.district], settlements) for number, plan in enumerate(PLANS, 1)
    ]


def _school(number: int, plan: Plan, district: Place, settlements: dict[str, Place]) -> School:
    kk, ru = plan.settlement
    if kk not in settlements:
        settlements[kk] = service.found_place("settlement", kk, ru, district)
    school = service.found_school(settlements[kk], *plan.name, code=f"DEMO-S{number:02}", **_facts(plan))
    service.furnish_room(school, None, _room("12" if plan.pupils > 40 else "1", plan))
    return school


def _facts(plan: Plan) -> dict[str, Any]:
    second = [AFTERNOON] if plan.kind in ("hub", "ordinary") else []
    return {
        "kind": plan.kind,
        "languages": list(plan.languages),
        "last_grade": 9 if "негізгі" in plan.name[0] else 11,
        "combined_classes": plan.kind in ("small", "satellite"),
        "shifts": 1 + len(second),
        "bells": [BELLS, *second],
        "latitude": plan.at[0],
        "longitude": plan.at[1],
        "pupils": plan.pupils,
        "computers": max(4, plan.pupils // 5),
        "technology": plan.technology,
        "provider": "Дала Байланыс" if plan.contract else "",
        "contract_down": plan.contract or None,
        "contract_up": plan.contract / 4 or None,
    }


def _room(name: str, plan: Plan) -> dict[str, Any]:
    equipment = (
        ["board", "camera", "microphone", "speakers"] if plan.kind == "hub" else ["projector", "speakers"]
    )
    return {
        "name": name,
        "seats": 24 if plan.pupils > 40 else 12,
        "computers": 12 if plan.pupils > 40 else 4,
        "equipment": equipment,
    }
