"""Tables of tests, one file per theme."""

from lms.quizzes.models.bank import LEVELS, Item, ItemVersion, QuestionFile
from lms.quizzes.models.papers import Paper, PaperVersion
from lms.quizzes.models.practice import Practice
from lms.quizzes.models.sheets import AnswerSheet, SheetPhoto
from lms.quizzes.models.sittings import (
    MODES,
    AnswerEntry,
    AnswerFile,
    GivenAnswer,
    ItemExposure,
    QuizAttempt,
    SealedPaper,
    Sitting,
    SittingEvent,
    SittingTarget,
)
from lms.quizzes.models.studies import KeptClinic, Study
from lms.quizzes.models.verdicts import Appeal, Certificate, KeyChange, ResultNotice, SecondMark

__all__ = [
    "LEVELS", "MODES", "AnswerEntry", "AnswerFile", "AnswerSheet", "Appeal", "Certificate", "GivenAnswer", "Item",
    "ItemExposure", "ItemVersion", "KeptClinic", "KeyChange", "Paper", "PaperVersion", "Practice", "QuestionFile", "QuizAttempt",
    "ResultNotice", "SealedPaper", "SecondMark", "SheetPhoto", "Sitting", "SittingEvent", "SittingTarget", "Study",
]  # fmt: skip
