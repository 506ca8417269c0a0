"""Codes of courses in people's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.core.i18n import language
from lms.courses.activities import activity_kind
from lms.courses.outline import lessons_of, title_in
from lms.places.subjects import SUBJECTS as SUBJECTS

LANGUAGES = {"kk": _l("Kazakh"), "ru": _l("Russian")}
STATES = {"draft": _l("Draft"), "review": _l("In review"), "published": _l("Published")}
STATE_KINDS = {"draft": "", "review": "warning", "published": "good"}
RULES = {
    "opened": _l("The lesson has been opened"),
    "seen": _l("All of the page has been read"),
    "score": _l("The knowledge check is passed"),
    "activity": _l("The activity itself says that it is done"),
}
LICENCES = {
    "school": _l("For our schools only"),
    "cc-by": _l("CC BY: free for all who name the authors"),
    "cc-by-sa": _l("CC BY-SA: free for all who name the authors and pass it on likewise"),
    "public": _l("Free for everybody"),
}
GROUPS = {
    "text": _l("Text"), "media": _l("Pictures, sound, film"), "science": _l("Science"),
    "order": _l("Step by step"), "check": _l("Questions and tasks"),
}  # fmt: skip
DEEDS = {
    "add": _l("Block added"), "change": _l("Block changed"), "move": _l("Block moved"), "remove": _l("Block removed"),
}  # fmt: skip
CREDITS = {
    "author": _l("Author"),
    "copied": _l("Adapted the course"),
    "imported": _l("Brought the material in"),
}

# What a reader of documents may pass over.
MISSED = {
    "picture": _l("Pictures that cannot be shown here"), "drawing": _l("Drawings and charts"),
    "object": _l("Embedded objects"), "footnote": _l("Footnotes"), "comment": _l("Comments in the margin"),
    "text-box": _l("Text boxes"), "lesson": _l("Lessons beyond the first 200"), "activity": _l("Activities of another system"),
    "script": _l("Scripts: they are not taken over"), "frame": _l("Pages of other sites shown in a frame"),
    "form": _l("Fields and buttons of forms"), "audio": _l("Sounds that cannot be played here"),
    "video": _l("Films that cannot be played here"), "link": _l("Links to other pages and files of the document"),
    "file": _l("Files of a kind that is not taken"), "formula": _l("Formulas that cannot be read"),
    "page": _l("Pages that cannot be read"), "unused": _l("Files to which no page leads"),
    "too-deep": _l("Parts that are nested too deeply"), "question": _l("Questions of a kind there is not here"),
    "tool": _l("Links to tools of other systems"), "hidden": _l("Hidden slides"),
    "resource": _l("Parts that are missing in the file"),
}  # fmt: skip
# Why a model in three dimensions is refused, and what to do.
SOLID_FAULTS = {
    "not-a-model": _l("The inside of this file is not what its name says."),
    "damaged": _l("This model is damaged: its parts do not fit together. Save it anew as one .glb file."),
    "outside": _l("Parts of this model lie in other files. Save it as one .glb file with everything inside."),
    "packed": _l("This model needs what cannot be shown here: %(names)s. Save it without compression and additions."),
    "too-much": _l("This model is too much for old computers. At most %(triangles)s triangles and %(pictures)s pictures of %(side)s points fit."),
    "empty": _l("There are no surfaces in this model, so there is nothing to be seen."),
}  # fmt: skip
# Why a document is refused, and what to do.
REFUSED = {
    "foreign-scorm": _l("This is a SCORM package made in another program. It cannot be taken apart into lessons: put it on the shelf under “Packages”, and from there give it to classes as it is."),
    "nothing-known": _l("There is neither a page of HTML nor a course in this zip. Pack the pages together with their pictures and try again."),
    "not-a-zip": _l("The file cannot be opened: it is damaged, or it is of another kind than its name says. Save it once more in its program."),
    "not-a-document": _l("There is no document in this file. Save it once more in its program and try again."),
    "not-a-text": _l("The text is not in UTF-8. Save it with this encoding and try again."),
    "damaged": _l("The file is damaged. Make it once more and try again."),
    "encrypted": _l("The file is locked with a password. Take the password off and try again."),
    "too-large": _l("The file is too large inside. Split it into several."),
    "too-many": _l("There are too many files in this zip. Split it into several."),
    "time": _l("Reading the document takes too long. Split it into several."),
    "memory": _l("The document is too large to be read. Split it into several."),
    "answer-too-large": _l("The document is too large to be read. Split it into several."),
}  # fmt: skip
ARRIVALS = {
    "reading": _l("Being read"), "refused": _l("Refused"), "read": _l("Waiting for your word"),
    "keeping": _l("Being brought in"), "kept": _l("Brought in"), "undone": _l("Taken back"),
}  # fmt: skip
ARRIVAL_KINDS = {"read": "warning", "kept": "good", "refused": "bad"}
# Words a reader puts into a lesson, in the language of the document.
FOUND_WORDS = {
    "notes": _l("Notes to the slide"),
    "true": _l("True"),
    "false": _l("False"),
    "slide": _l("The whole slide as it was drawn; its words and pictures stand below."),
}


def why_refused(code: str) -> str:
    return str(
        REFUSED.get(code)
        or _l("The document cannot be opened safely (%(code)s). Nothing of it was kept.", code=code)
    )


def rule_words(lesson: Any) -> str:
    """The condition as one sentence for the pupil."""
    kind = activity_kind(lesson["activity"])
    if lesson["rule"] == "score" and kind:
        return str(_l("Done when its result reaches %(score)s %%.", score=lesson["pass_score"]))
    if lesson["rule"] == "activity" and kind:
        return str(kind.done)
    if lesson["rule"] == "score":
        return str(_l("Done when the knowledge check reaches %(score)s %%.", score=lesson["pass_score"]))
    return str(_RULES[lesson["rule"]])


_RULES = {
    "opened": _l("Done when you have opened it."),
    "seen": _l("Done when you have read all of it."),
    "activity": _l("Done when the activity says so."),
}


def waits_words(lessons: Sequence[Any], language: str) -> str:
    """What a lesson waits for, by name."""
    names = ", ".join(title_in(one, language) for one in lessons)
    return str(_l("Opens when these are done: %(lessons)s", lessons=names))


def stays(outline: Mapping[str, Any]) -> list[str]:
    """What a course leaves behind when it is taken out, in words."""
    found = [_l("The days on which lessons open and close belong to the class and stay here.")]
    names = [title_in(one, language()) for one in lessons_of(outline) if one["activity"]]
    if names:
        found.append(
            _l("These steps lie in other rooms and stay here: %(steps)s. Take packages and tests out where they lie.",
               steps=", ".join(names))
        )  # fmt: skip
    if any(one["in_order"] or one.get("after") for one in lessons_of(outline)):
        found.append(
            _l("SCORM keeps the order of the lessons; the folder, the book and paper open all of them.")
        )
    return [str(one) for one in found]


def activity_title(code: str) -> str:
    kind = activity_kind(code)
    return str(kind.title) if kind else str(_l("Activity"))


ACTIVITY_RULES = {
    "activity": _l("The activity itself says that it is done"),
    "score": _l("Its result is good enough"),
    "opened": _l("It has been opened"),
}


def duration(seconds: float) -> str:
    """Minutes, and hours when there are some."""
    minutes = round(seconds / 60)
    if minutes < 60:
        return str(_l("%(minutes)s min", minutes=minutes))
    return str(_l("%(hours)s h %(minutes)s min", hours=minutes // 60, minutes=minutes % 60))


PLAN_ROWS = {
    "teacher": _l("Teacher"),
    "class": _l("Class"),
    "date": _l("Date"),
    "topic": _l("Topic of the lesson"),
}


def minutes_of(stages: Any) -> str:
    """How long the stages take together."""
    total = sum(
        int(one["minutes"])
        for one in stages
        if str(one.get("minutes", "")).isdecimal() and len(one["minutes"]) < 4
    )
    return str(_l("In all: %(minutes)s minutes.", minutes=total))
