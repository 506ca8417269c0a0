"""Tables of streaming lessons, one file per theme."""

from lms.lessons.models.network import HubPairing, SpeedMeasurement, SpeedMeter, TeachingModel
from lms.lessons.models.streamed import (
    PROVIDERS,
    QUESTION_KINDS,
    StreamedClass,
    StreamedEvent,
    StreamedLesson,
    StreamedPresence,
    StreamedQuestion,
    StreamedSlide,
)
from lms.lessons.models.timetable import CalendarFeed, Timetable, TimetableDay

__all__ = [
    "PROVIDERS", "QUESTION_KINDS", "CalendarFeed", "HubPairing", "SpeedMeasurement",
    "SpeedMeter", "StreamedClass", "StreamedEvent", "StreamedLesson", "StreamedPresence", "StreamedQuestion",
    "StreamedSlide", "TeachingModel", "Timetable", "TimetableDay",
]  # fmt: skip
