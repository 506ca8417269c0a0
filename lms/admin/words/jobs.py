"""Kinds and states of jobs in people's words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

JOBS = {
    "player.inspect-package": _l("Examining an uploaded package"),
    "player.webhook": _l("Telling another program of a result"),
    "player.xapi": _l("Sending a result to the record store"),
    "player.close-stale": _l("Closing attempts that were left open"),
    "courses.read-document": _l("Reading a document that is to become lessons"),
    "courses.keep-document": _l("Making lessons of a document"),
    "courses.film": _l("Making smaller sizes of a film"),
    "courses.pack": _l("Packing a course that is taken out"),
    "quizzes.end-overdue": _l("Ending tests whose time is up"),
    "quizzes.read-sheets": _l("Reading photographs of answer sheets"),
    "quizzes.clinic": _l("Computing the item analysis of a test"),
    "quizzes.study": _l("Computing a study of answers"),
    "library.read": _l("Reading the text of an uploaded resource"),
    "library.make-carrier": _l("Making a file of the library for a stick or a disk"),
    "library.look-into": _l("Looking into a file of another library"),
    "library.unlist": _l("Taking what was undone out of the library's search"),
    "library.harvest": _l("Harvesting descriptions from another library"),
    "library.harvest-nightly": _l("Asking other libraries for what is new, every night"),
    "library.mirror": _l("Making a course or package findable in the library"),
    "library.mirror-all": _l("Making all courses and packages findable in the library, every night"),
    "library.index": _l("Bringing the library's search up to date"),
    "library.rebuild-index": _l("Building the library's search anew"),
    "library.council-deadlines": _l("Reminders and deadlines of the expert council"),
    "core.sweep-files": _l("Removing files that nothing needs any more"),
    "core.sweep-uploads": _l("Removing uploads that were never finished"),
    "core.sweep-scratch": _l("Removing temporary folders of work that was cut off"),
    "core.sweep-events": _l("Removing old live events"),
    "core.forget-old-jobs": _l("Forgetting jobs done a month ago"),
    "lessons.make-slides": _l("Making slides of an uploaded file"),
    "lessons.solve-timetable": _l("Making a timetable"),
    "lessons.replan": _l("Finding a plan for days on which somebody cannot come"),
    "lessons.sweep-speeds": _l("Removing old measurements of lines"),
    "lessons.open-voice": _l("Opening the room for voice and video"),
    "lessons.keep-voice": _l("Keeping the voice of a live lesson"),
    "admin.examine": _l("Thorough examination of the system"),
    "admin.check-chain": _l("Checking the chain of the audit log"),
}
STATES = {
    "waiting": (_l("Waiting"), ""),
    "running": (_l("Running"), "warning"),
    "done": (_l("Done"), "good"),
    "failed": (_l("Failed"), "bad"),
}
FAILURES = {
    "worker-lost": _l("The program that did it was lost many times over this job."),
}


def job_words(kind: str) -> str:
    return str(JOBS.get(kind, kind))


def failure_words(code: str, text: str) -> str:
    """A refusal is a sentence already; other errors are given as the log has them."""
    return str(FAILURES[code]) if code in FAILURES else text or code
