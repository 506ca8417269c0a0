"""Every page a person can open: (role that opens it, path). Journeys, weights and languages go through it.

It is made from the URL map, so that no page can be forgotten: a GET route is here unless it is named in
NOT_A_PAGE, and an argument nobody taught us to fill is an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, url_for
from werkzeug.routing import Rule

from tests.cast import Cast
from tests.fillers import fillers

NOT_A_PAGE = {
    "courses.file",
    "courses.print_plan",
    "courses.take_out",
    # Of a job of one's own: tests of the room open them.
    "courses.packing",
    "courses.packed_file",
    "courses.model_part",
    "player.content",
    "player.original",
    "player.page",
    "player.handing",
    "player.page_file",
    "player.export_results",
    "player.api_description",
    "api.registrations",
    "api.registration",
    "api.packages",
    "api.package_version",
    "lessons.board",
    "lessons.cards",
    "lessons.evidence",
    "lessons.feed",
    "lessons.free_hours",
    "lessons.write_observation",  # leads on from one that is finished; drafts are their observer's
    "lessons.export_thematic_plan",
    "lessons.hours_schools",  # leads on to the only school
    "lessons.export_report",
    "lessons.meter_down",
    "lessons.meter_ping",
    "lessons.school_lesson",
    "lessons.school_lessons",
    "lessons.school_slide",
    "lessons.school_state",
    "lessons.pack",
    "lessons.panel_board",
    "lessons.slide",
    "lessons.state",
    "lessons.voice",
    "quizzes.export_test",
    "quizzes.export_paper",
    "quizzes.taken_out",
    "quizzes.media",
    "quizzes.answered_file",
    "quizzes.certificate",
    "quizzes.paper_file",
    "quizzes.paper_selftest",
    "quizzes.question_template",
    "quizzes.sealed_paper",
    "quizzes.second_marking",
    "quizzes.answer_sheets",
    "quizzes.sheet_line",
    # They lead on to another page: to what a pupil has handed in, to the next answer or question.
    "quizzes.take",
    "quizzes.marking_queue",
    "quizzes.next_question",
    "library.file",
    "library.download",
    "library.subtitles",
    "library.minutes",
    "library.qr",
    "library.carrier_file",
    "library.oai",
    "library.record_file",
    "library.suggestions",
    "library.word_card",
    "library.word_suggestions",
    "static",
    "health.healthz",
    "health.readyz",
    "health.metrics",
    "jobs.state",
    "uploads.state",
    "places.top",
    "places.export_schools",
    "imports.example",
    "imports.bad_rows",
    "people.export_people",
    "people.export_oneroster",
    "admin.export_audit_log",
    # They need something that is not there at first: a registered computer, a password just typed, a provider.
    "people.picture_names",
    "people.picture_choice",
    "people.second_factor",
    "people.set_up_second_factor",
    "people.outside",
    "people.outside_back",
    "people.connect_outside",
}
# Who opens a page when several may: the first of these whose role has the permission.
# A page about a place above schools opens for those who look after it.
OPENER_OF = {
    "places.place": "administrator",
    "quizzes.childs_tests": "guardian",
    "quizzes.childs_result": "guardian",
    "quizzes.tests": "student",
    "quizzes.test": "student",
    "quizzes.test_result": "student",
    "quizzes.practise": "student",
}
OPENERS = ("teacher", "director", "administrator", "student", "guardian", "methodologist")


def page_rules(app: Flask) -> list[Rule]:
    rules = (rule for rule in app.url_map.iter_rules() if rule.methods and "GET" in rule.methods)
    return sorted((rule for rule in rules if rule.endpoint not in NOT_A_PAGE), key=lambda rule: rule.rule)


def pages(cast: Cast) -> Iterator[tuple[str, str]]:
    own = fillers(cast, own=True)
    with cast.app.test_request_context(base_url="http://localhost:8000"):
        for rule in page_rules(cast.app):
            path = url_for(rule.endpoint, **{name: own[name] for name in rule.arguments})
            yield opener(cast.app, rule), path.removeprefix("http://localhost:8000")


def opener(app: Flask, rule: Rule) -> str:
    if rule.endpoint in OPENER_OF:
        return OPENER_OF[rule.endpoint]
    permission = getattr(app.view_functions[rule.endpoint], "permission", None)
    if permission is None:
        return ""
    roles = app.extensions["permissions"][permission]
    return next(role for role in OPENERS if role in roles or "everyone" in roles)
