"""Voice and video come from elsewhere: a link, BigBlueButton by its API, or our own Janus. One stream goes into a
school: the classroom's screen takes it, pupils' devices take events only. Without any of them the lesson goes on."""

from __future__ import annotations

from flask import current_app

from lms.core.settings import Settings
from lms.lessons.models import StreamedLesson
from lms.lessons.providers.base import NO_WAY, CannotOpen, Provider, Way
from lms.lessons.providers.bigbluebutton import BigBlueButton
from lms.lessons.providers.janus import Janus
from lms.lessons.providers.link import Link

__all__ = ["CannotOpen", "Provider", "Way", "provider_of", "way_for"]
PROVIDERS: dict[str, Provider] = {"link": Link(), "bigbluebutton": BigBlueButton(), "janus": Janus()}


def provider_of(lesson: StreamedLesson) -> Provider | None:
    """The one that was chosen for the lesson, if this server has it."""
    settings: Settings = current_app.extensions["settings"]
    found = PROVIDERS.get(lesson.provider)
    return found if found and found.is_set(settings) else None


def way_for(lesson: StreamedLesson, name: str, leads: bool = False) -> Way:
    """How the page of somebody of that name gets voice and video, or no way at all."""
    found = provider_of(lesson)
    return found.way(current_app.extensions["settings"], lesson, name, leads) if found else NO_WAY
