"""What was refused or changed on the way in or out, in the reader's language."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.quizzes.exchange.reading import FileRefused, Note
from lms.quizzes.questions import KINDS

FILES: dict[str, Any] = {
    "empty": _l("The file is empty."),
    "not_moodle": _l("This is XML, but not a Moodle question file: its first element must be “quiz”."),
    "not_qti": _l("No QTI questions were found in the file."),
    "xml_doctype": _l("The XML declares a document type. Such files are not opened; save it without one."),
    "xml_not_well_formed": _l("The XML is damaged: it is not well-formed."),
    "xml_too_large": _l("The XML is too large. Export fewer questions at once."),
    "xml_too_deep": _l("The XML is nested too deeply to be a question file."),
    "xml_too_many_elements": _l("The XML is too large. Export fewer questions at once."),
    "xml_too_many_attributes": _l("The XML is not a question file."),
    "broken_archive": _l("The archive is damaged or encrypted."),
    "too_large_inside": _l("The archive unpacks to too much data."),
    "too_large": _l("The file is larger than %(most)s MB."),
    "too_many": _l("The file holds more than %(most)s questions. Split it into several files."),
    "encoding": _l("The letters of the file cannot be read. Save it as UTF-8 text."),
    "no_question_column": _l("The first line of the table must name the columns, one of them “Question”. Take our template."),
    "old_office": _l("This is a file of the old DOC or XLS kind. Save it as text and bring that."),
}  # fmt: skip

NOTES: dict[str, Any] = {
    "unknown_kind": _l("Questions of the kind “%(kind)s” cannot come along."),
    "interaction": _l("Questions with “%(kind)s” cannot come along."),
    "damaged": _l("The question is damaged and cannot be read."),
    "not_whole": _l("The question is not whole: %(problems)s"),
    "parts_in_single": _l("One option must be right: shares of a mark for several options of one choice cannot come along."),
    "wildcard": _l("Answers with * for any letters cannot come along; list the variants."),
    "several_numbers": _l("A number question must have exactly one right number."),
    "no_question": _l("The line has no question."),
    "empty_option": _l("An option is empty between two others. Move them together, so that the letters are right."),
    "no_answer": _l("No right answer is marked: put a star before the option or write the answer below."),
    "unknown_letter": _l("The answer names an option that is not there."),
    "member_missing": _l("The package names a file that is not in it."),
    "not_an_item": _l("This file of the package is not a question."),
    "kind_not_in_format": _l("The format has no such kind of question: %(kind)s."),
    "penalty_dropped": _l("A wrong option cost points there; here it is worth nothing."),
    "scoring_changed": _l("Points are given differently there; check how the question is scored."),
    "part_answers_dropped": _l("Answers worth a part of the mark were left out."),
    "gap_tolerance_dropped": _l("A number in a gap had a tolerance; here it must be exact."),
    "grader_info_dropped": _l("Notes for the marker were left out; write criteria instead."),
    "picture_missing": _l("A picture is not in the file: %(address)s"),
    "picture_elsewhere": _l("A picture lies on another site and was left out: %(address)s"),
    "scoring_as_tag": _l("The way of scoring is kept as a tag only; other programs score the question in their own way."),
    "hints_left_behind": _l("Hints stay behind: the format has no place for them."),
    "units_left_behind": _l("Units stay behind: the format has no place for them."),
    "rubric_left_behind": _l("Criteria stay behind: the format has no place for them."),
    "sound_left_behind": _l("Sounds stay behind: the format has no place for them."),
    "picture_on_the_right": _l("Pictures on the right side of a matching question stay behind."),
}  # fmt: skip


def file_sentence(refused: FileRefused) -> str:
    text = FILES.get(refused.code) or NOTES.get(refused.code)
    return str(text) % refused.facts if text is not None else _("The file cannot be read.")


def note_sentence(note: Note) -> str:
    facts = {"address": "", **note.facts}
    facts = {name: " ".join(value) if isinstance(value, list) else value for name, value in facts.items()}
    if note.code == "kind_not_in_format":
        facts["kind"] = str(KINDS[facts["kind"]].title)
    text = NOTES.get(note.code) or FILES.get(note.code)
    return str(text) % facts if text is not None else _("The question is damaged and cannot be read.")
