"""A network of two hubs and six satellites: two sets of bells, combined classes, live lessons, a laboratory."""

from __future__ import annotations

from typing import Any

BELLS = [
    ["08:30", "09:15"],
    ["09:20", "10:05"],
    ["10:15", "11:00"],
    ["11:20", "12:05"],
    ["12:10", "12:55"],
    ["13:00", "13:45"],
]
LATE = [
    ["09:00", "09:45"],
    ["09:50", "10:35"],
    ["10:45", "11:30"],
    ["11:50", "12:35"],
    ["12:40", "13:25"],
    ["13:30", "14:15"],
]
OWN = (("physics", 2), ("chemistry", 2), ("mathematics", 4), ("kazakh", 4), ("history", 2))


def network(hubs: int = 2, satellites: int = 3, grades: range = range(5, 10)) -> dict[str, Any]:
    found: dict[str, Any] = {name: [] for name in ("schools", "teachers", "classes", "rooms", "demands")}
    for number in range(hubs):
        hub = f"h{number}"
        _school(found, hub, BELLS, len(OWN), grades, 2)
        found["rooms"].append({"id": f"{hub}-lab", "school": hub, "kinds": ["lab"]})
        for grade in grades:
            for place, (subject, hours) in enumerate(OWN):
                room = {"room": "lab"} if subject == "chemistry" else {}
                _demand(
                    found,
                    f"{hub}-{subject}-{grade}",
                    subject,
                    [f"{hub}-{grade}"],
                    f"{hub}-t{place}",
                    hours,
                    **room,
                )
        near = [f"{hub}s{place}" for place in range(satellites)]
        for place, key in enumerate(near):
            _school(found, key, LATE if place == 1 else BELLS, 2, grades, 1)
            for pair in ((5, 6), (7, 8)):
                _demand(
                    found, f"{key}-art-{pair[0]}", "art", [f"{key}-{grade}" for grade in pair], f"{key}-t1", 2
                )
            for grade in grades:
                _demand(
                    found, f"{key}-mathematics-{grade}", "mathematics", [f"{key}-{grade}"], f"{key}-t0", 4
                )
                _demand(found, f"{key}-kazakh-{grade}", "kazakh", [f"{key}-{grade}"], f"{key}-t1", 3)
        for grade in sorted({7, 8, 9} & set(grades)):
            groups = [f"{key}-{grade}" for key in near]
            _demand(found, f"{hub}-live-{grade}", "physics", groups, f"{hub}-t0", 2, live=True, weight=9)
    return found


def _school(
    found: dict[str, Any], key: str, bells: list[list[str]], teachers: int, grades: range, streams: int
) -> None:
    found["schools"].append({"id": key, "bells": bells, "streams": streams})
    found["teachers"] += [{"id": f"{key}-t{place}", "school": key} for place in range(teachers)]
    found["classes"] += [
        {"id": f"{key}-{grade}", "school": key, "grade": grade, "most_weight_per_day": 45} for grade in grades
    ]


def _demand(
    found: dict[str, Any], key: str, subject: str, classes: list[str], teacher: str, hours: int, **more: Any
) -> None:
    found["demands"].append(
        {"id": key, "subject": subject, "classes": classes, "teacher": teacher, "hours": hours, **more}
    )
