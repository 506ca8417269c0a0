"""Who may do what: one table. A role counts at its place and everywhere below it."""

from __future__ import annotations

from lms.core.permissions import EVERYONE

ADMIN = {"administrator"}
OFFICERS = {"district_officer", "oblast_officer", "republic_officer"}
LEADERS = {"director", "deputy_director"}
STAFF = {"teacher", "methodologist"} | LEADERS | ADMIN
SCHOOL_STAFF = {"teacher"} | LEADERS | ADMIN
OFFICE = LEADERS | ADMIN

# What a session begun with pictures or a card may do: lessons, but no profile, messages or results.
OPEN_WHEN_LIMITED = frozenset({"home.see", "package.play", "course.take", "lesson.join", "test.take"})

PERMISSIONS: dict[str, frozenset[str]] = {
    name: frozenset(roles)
    for name, roles in {
        "home.see": {EVERYONE},
        "job.follow": {EVERYONE},
        "job.see": ADMIN,
        "job.retry": ADMIN,
        "audit.see": {"director"} | ADMIN,
        "audit.check": ADMIN,
        "health.see": ADMIN,
        "health.examine": ADMIN,
        "setting.see": ADMIN,
        "school.see": STAFF | OFFICERS,
        "school.change": {"director"} | ADMIN,
        "school.found": ADMIN,
        "school.import": ADMIN,
        "upload.send": STAFF | OFFICERS,
        "person.see": SCHOOL_STAFF,
        "person.change": OFFICE,
        "person.identity": OFFICE,
        "role.give": OFFICE,
        "class.see": SCHOOL_STAFF,
        "class.change": OFFICE,
        "sign_in.help": SCHOOL_STAFF,
        "device.register": SCHOOL_STAFF,
        "year.see": STAFF | OFFICERS,
        "year.change": ADMIN,
        "import.bring": {"methodologist"} | OFFICE,
        "people.import": OFFICE,
        "staff.import": {"director"} | ADMIN,
        "people.export": OFFICE,
        "package.give": SCHOOL_STAFF,
        "package.play": {EVERYONE},
        "results.see": SCHOOL_STAFF | {"methodologist"},
        "item.see": STAFF,
        "item.change": STAFF,
        "paper.make": STAFF,
        "test.give": SCHOOL_STAFF,
        "test.take": {EVERYONE},
        "test.results": SCHOOL_STAFF | {"methodologist"},
        "test.mark": SCHOOL_STAFF,
        "study.make": STAFF | OFFICERS,
        "test.oversee": {"methodologist"} | OFFICE,
        "account.own": {EVERYONE},
        "child.see": {EVERYONE},
        "objective.bring": {"methodologist"} | OFFICE,
        "course.see": STAFF | OFFICERS,
        "course.write": STAFF,
        "course.publish": {"methodologist"} | LEADERS | ADMIN,
        "course.give": SCHOOL_STAFF,
        "course.take": {EVERYONE},
        "package.see": STAFF | OFFICERS,
        "package.upload": STAFF,
        "api.manage": ADMIN,
        "package.publish": {"methodologist"} | ADMIN,
        "lesson.join": {EVERYONE},
        "lesson.see": STAFF | OFFICERS,
        "lesson.teach": SCHOOL_STAFF,
        "lesson.lead": OFFICE,
        "lesson.assist": SCHOOL_STAFF,
        "network.see": STAFF | OFFICERS,
        "network.decide": OFFICERS | ADMIN,
        "speed.measure": SCHOOL_STAFF,
        "meter.manage": OFFICE,
        "timetable.see": STAFF | OFFICERS,
        "timetable.change": OFFICE | OFFICERS,
        "timetable.own": {EVERYONE},
        "timetable.wish": {"teacher"} | LEADERS,
        "thematic.see": STAFF | OFFICERS,
        "thematic.write": SCHOOL_STAFF,
        "thematic.approve": OFFICE,
        "observation.own": STAFF | OFFICERS,
        "observation.see": {"methodologist"} | OFFICE | OFFICERS,
        "observation.make": {"methodologist"} | LEADERS | ADMIN,
        "library.see": {EVERYONE},
        "library.figures": STAFF | OFFICERS,
        "library.carry": STAFF,
        "library.bring": {"methodologist"} | OFFICE,
        "dictionary.load": {"methodologist"} | ADMIN,
        "resource.add": STAFF,
        "resource.use": SCHOOL_STAFF | {"methodologist"},
        "resource.approve": {"methodologist"} | OFFICE,
        "resource.take_down": {"methodologist"} | ADMIN,
        "council.see": STAFF | OFFICERS,
        "council.lead": {"methodologist", "oblast_officer", "republic_officer"} | ADMIN,
    }.items()
}
