"""Tables of courses, one file per theme."""

from lms.courses.models.arrivals import CourseArrival
from lms.courses.models.course import Course, CourseBlock, CourseLesson, CourseModule
from lms.courses.models.curriculum import CurriculumObjective
from lms.courses.models.editions import CourseEdition, EditionLesson
from lms.courses.models.files import CourseFile, ModelPart
from lms.courses.models.plans import LessonPlan
from lms.courses.models.taking import CourseEvent, CourseNote, CourseProgress, CourseTarget, GivenCourse
from lms.courses.models.workshop import BlockChange, CourseComment, LessonPresence

__all__ = [
    "BlockChange", "Course", "CourseArrival", "CourseBlock", "CourseComment", "CourseEdition", "CourseEvent",
    "CourseFile", "CourseLesson", "CourseModule", "CourseNote", "CourseProgress", "CourseTarget",
    "CurriculumObjective", "EditionLesson", "GivenCourse", "LessonPlan", "LessonPresence", "ModelPart",
]  # fmt: skip
