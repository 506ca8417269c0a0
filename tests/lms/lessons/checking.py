"""An independent checker: reads problem and answer as plain data and compares minutes of the clock, nothing of ours."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

MOST = {0: 4, 1: 4, 2: 5, 3: 5, 4: 5, 5: 6, 6: 6}


def violations(problem: dict[str, Any], lessons: list[dict[str, Any]]) -> list[str]:
    asked = {one["id"]: one for one in problem["demands"]}
    teachers = {one["id"]: one for one in problem["teachers"]}
    classes = {one["id"]: one for one in problem["classes"]}
    schools = {one["id"]: one for one in problem["schools"]}

    def span(one: dict[str, Any]) -> tuple[int, int, int]:
        bells = schools[teachers[asked[one["demand"]]["teacher"]]["school"]]["bells"]
        begin, end = (int(text[:2]) * 60 + int(text[3:]) for text in bells[one["period"]])
        return one["day"], begin, end

    def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
        (day, begin, end), (day2, begin2, end2) = span(one), span(other)
        return day == day2 and begin < end2 and begin2 < end

    found = []
    hours = Counter(one["demand"] for one in lessons)
    found += [f"hours of {key}" for key, one in asked.items() if hours[key] != one["hours"]]
    for one, other in combinations(lessons, 2):
        if overlap(one, other):
            first, second = asked[one["demand"]], asked[other["demand"]]
            if first["teacher"] == second["teacher"]:
                found.append(f"teacher {first['teacher']} twice")
            if set(first["classes"]) & set(second["classes"]):
                found.append(f"class {set(first['classes']) & set(second['classes'])} twice")
            if one.get("room") and one.get("room") == other.get("room"):
                found.append(f"room {one['room']} twice")
    for one in lessons:
        demand = asked[one["demand"]]
        if [one["day"], one["period"]] in teachers[demand["teacher"]].get("off", []):
            found.append(f"teacher {demand['teacher']} is off")
    for key, group in classes.items():
        for day in range(problem.get("days", 5)):
            today = [one for one in lessons if one["day"] == day and key in asked[one["demand"]]["classes"]]
            if len(today) > group.get("most_per_day", MOST.get(group["grade"], 7)):
                found.append(f"too many lessons of {key}")
            if sum(bool(asked[one["demand"]].get("live")) for one in today) > group.get(
                "most_live_per_day", 2
            ):
                found.append(f"too many live lessons of {key}")
            limit = group.get("most_weight_per_day", 0)
            if limit and sum(asked[one["demand"]].get("weight", 5) for one in today) > limit:
                found.append(f"too difficult a day of {key}")
    for key, school in schools.items():
        live = [
            one for one in lessons
            if asked[one["demand"]].get("live") and any(classes[group]["school"] == key for group in asked[one["demand"]]["classes"])
        ]  # fmt: skip
        for one in live:
            if sum(overlap(one, other) for other in live) > school.get("streams", 1):
                found.append(f"too many streams into {key}")
    for (demand, _day), times in Counter((one["demand"], one["day"]) for one in lessons).items():
        if times > asked[demand].get("most_per_day", 1):
            found.append(f"{demand} twice a day")
    return found
