"""Any service that is entered by an address: it knows nothing of us, and we nothing of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from lms.core.settings import Settings
from lms.lessons.models import StreamedLesson
from lms.lessons.providers.base import NO_WAY, Way


class Link:
    def is_set(self, settings: Settings) -> bool:
        return True

    def open(self, settings: Settings, lesson: StreamedLesson) -> None:
        pass

    def way(self, settings: Settings, lesson: StreamedLesson, name: str, leads: bool) -> Way:
        return Way(lesson.link) if urlsplit(lesson.link).scheme == "https" else NO_WAY
