"""The blueprint all view files of this room share."""

from __future__ import annotations

from typing import Any

from flask import current_app

from lms.core import clock
from lms.core.rooms import room
from lms.core.settings import Settings
from lms.lessons import labels, subjects

blueprint = room("lessons", "lms.lessons")


@blueprint.context_processor
def words() -> dict[str, Any]:
    return {"lesson_labels": labels, "subjects": subjects.SUBJECTS, "teaching_models": subjects.MODELS}


@blueprint.app_template_filter("hours")
def hours(value: Any) -> str:
    """The time of day in Kazakhstan."""
    return str(value.astimezone(clock.KAZAKHSTAN).strftime("%H:%M")) if value else ""


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


@blueprint.app_template_filter("format_values")
def format_values(text: str, values: dict[str, Any]) -> str:
    """A reason with its figures: "%(speed)s Mbit/s" and {"speed": 7.9}."""
    return text % values
