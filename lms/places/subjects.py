"""School subjects: one list of codes for every room, so that a course, a test and a book of one subject meet."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SUBJECTS = {
    "kazakh": _l("Kazakh language"),
    "kazakh-literature": _l("Kazakh literature"),
    "russian": _l("Russian language"),
    "russian-literature": _l("Russian literature"),
    "foreign": _l("Foreign language"),
    "mathematics": _l("Mathematics"),
    "algebra": _l("Algebra"),
    "geometry": _l("Geometry"),
    "informatics": _l("Informatics"),
    "physics": _l("Physics"),
    "chemistry": _l("Chemistry"),
    "biology": _l("Biology"),
    "science": _l("Natural science"),
    "geography": _l("Geography"),
    "history": _l("History of Kazakhstan"),
    "world-history": _l("World history"),
    "law": _l("Basics of law"),
    "society": _l("Man and society"),
    "culture": _l("World culture"),
    "art": _l("Fine art"),
    "music": _l("Music"),
    "technology": _l("Technology"),
    "drawing": _l("Technical drawing"),
    "sport": _l("Physical education"),
    "primary": _l("Primary school"),
    "literacy": _l("Literacy"),
    "reading-literacy": _l("Reading literacy"),
    "mathematical-literacy": _l("Mathematical literacy"),
    "other": _l("Other"),
}
