"""Tables of streaming lessons, one file per theme."""

from lms.lessons.models.changes import TimetableNotice, TimetableSpell
from lms.lessons.models.network import HubPairing, SpeedMeasurement, SpeedMeter, TeachingModel
from lms.lessons.models.observing import LessonObservation
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
from lms.lessons.models.themes import ThematicPlan, ThematicTopic
from lms.lessons.models.timetable import CalendarFeed, Timetable, TimetableDay
from lms.lessons.models.wanted import TaughtHours, TeacherWish

__all__ = [
    "PROVIDERS", "QUESTION_KINDS", "CalendarFeed", "HubPairing", "LessonObservation", "SpeedMeasurement",
    "SpeedMeter", "StreamedClass", "StreamedEvent", "StreamedLesson", "StreamedPresence", "StreamedQuestion",
    "StreamedSlide", "TaughtHours", "TeacherWish", "TeachingModel", "ThematicPlan", "ThematicTopic", "Timetable",
    "TimetableDay", "TimetableNotice", "TimetableSpell",
]  # fmt: skip
