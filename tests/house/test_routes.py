"""Every route is guarded or on a short list, and its address reads well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

ROOT = Path(__file__).parent.parent.parent
# Pages for people who are not signed in, and questions of machines. Everything else names a permission.
PUBLIC = {
    "static", "health.healthz", "health.readyz", "health.metrics",
    "people.sign_in", "people.sign_in_now", "people.sign_out", "people.choose_language",
    "player.exchange", "player.begin", "player.beat", "player.commit", "player.content", "player.page", "player.handing",
    "player.page_file",
    "player.api_description", "player.api_docs",
    # With a token of a program instead of a person who is signed in; tests/lms/player/api holds their guards.
    "api.registrations", "api.make_registration", "api.registration", "api.remove_registration",
    "api.make_launch_link", "api.packages", "api.put_package", "api.package_version",
    "lessons.say", "lessons.meter_ping", "lessons.meter_down", "lessons.meter_up", "lessons.meter_result",
    "lessons.school_lessons", "lessons.school_lesson", "lessons.school_slide", "lessons.school_state", "lessons.school_says",
    "courses.model_part", "lessons.feed",
    "web.look", "web.change_look", "help.index", "help.topic", "help.about",
    "people.one_time_code", "people.use_one_time_code", "people.card", "people.card_sign_in",
    "people.picture_classes", "people.picture_names", "people.picture_choice", "people.picture_sign_in",
    "people.second_factor", "people.pass_second_factor", "people.set_up_second_factor",
    "library.check_mark", "library.oai", "quizzes.check_certificate", "people.enrol_second_factor", "people.join", "people.join_now", "people.outside", "people.outside_back",
}  # fmt: skip


def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def test_every_route_names_its_permission_or_is_on_the_public_list(app: Flask) -> None:
    for rule in rules(app):
        view = app.view_functions[rule.endpoint]
        assert hasattr(view, "permission"), f"{rule.endpoint} is neither @needs nor @public"
        assert (view.permission is None) == (rule.endpoint in PUBLIC), rule.endpoint
        assert view.permission is None or view.permission in app.extensions["permissions"], rule.endpoint


def test_no_permission_is_left_over(app: Flask) -> None:
    """Each is asked for by a view, or by a query that looks at one object."""
    code = "".join(
        file.read_text("utf-8") for file in ROOT.glob("lms/**/*.*") if file.suffix in (".py", ".html")
    )
    table = (ROOT / "lms" / "permission_map.py").read_text("utf-8")
    asked = code.replace(table, "")
    assert [name for name in app.extensions["permissions"] if f'"{name}"' not in asked] == []


@pytest.mark.parametrize(
    "part, good", [("schools", True), ("new-room", True), ("newRoom", False), ("new_room", False)]
)
def test_what_kebab_case_means(part: str, good: bool) -> None:
    assert bool(KEBAB.match(part)) == good


KEBAB = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?$")


def test_addresses_are_kebab_case_and_typed(app: Flask) -> None:
    for rule in rules(app):
        if rule.endpoint == "static":
            continue
        for part in filter(None, re.sub(r"<[^>]+>", "", rule.rule).split("/")):
            assert KEBAB.match(part.strip(".-")) or not part.strip(".-"), rule.rule
        for argument in re.findall(r"<([^>]+)>", rule.rule):
            assert ":" in argument, f"{rule.rule}: say what kind of value {argument} is"
