"""The SCORM 1.2 data model (RTE 1.2, 3.4.4) as a table.

Where content in the field depends on it this is milder than the book: identifiers may hold spaces and any script,
suspend_data has a limit that can be set. docs/decisions names each such place.
"""

from __future__ import annotations

from typing import Any

NUMBER = r"[ \t]*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[ \t]*"
WHOLE = r"[+-]?[0-9]+"
SPAN = r"(?:[0-9]{2,4}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,2})?)?"
CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,2})?)?"
IDENTIFIER = r"(?=.*[^ ])[^\u0000-\u001f\u007f]{1,255}"

TYPES: dict[str, dict[str, Any]] = {
    "text_255": {"check": "text", "max": 255},
    "text_4096": {"check": "text", "max": 4096},
    "suspend_data": {"check": "text", "spm": 4096, "max": 64000},
    "identifier": {"check": "pattern", "regex": IDENTIFIER},
    "decimal": {"check": "number", "regex": NUMBER, "empty": True},
    "score": {"check": "number", "regex": NUMBER, "min": 0, "max": 100, "empty": True},
    "time": {"check": "pattern", "regex": CLOCK},
    "timespan": {"check": "pattern", "regex": SPAN},
    "audio": {"check": "number", "regex": WHOLE, "min": -1, "max": 100},
    "speed": {"check": "number", "regex": WHOLE, "min": -100, "max": 100},
    "sign": {"check": "number", "regex": WHOLE, "min": -1, "max": 1},
    "lesson_status": {
        "check": "words",
        "words": ["passed", "completed", "failed", "incomplete", "browsed"],
    },
    "objective_status": {
        "check": "words",
        "words": ["passed", "completed", "failed", "incomplete", "browsed", "not attempted"],
    },
    "credit": {"check": "words", "words": ["credit", "no-credit"]},
    "entry": {"check": "words", "words": ["ab-initio", "resume", ""]},
    "exit": {"check": "words", "words": ["time-out", "suspend", "logout", ""]},
    "mode": {"check": "words", "words": ["normal", "review", "browse"]},
    "limit_action": {
        "check": "words",
        "words": ["exit,message", "exit,no message", "continue,message", "continue,no message", ""],
    },
    "interaction": {
        "check": "words",
        "words": [
            "true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert", "numeric",
        ],
    },
    "verdict": {"check": "words", "words": ["correct", "wrong", "unanticipated", "neutral"]},
    "result": {"check": "either", "types": ["verdict", "decimal"]},
    "feedback": {"check": "text", "max": 255},
}  # fmt: skip


def _leaf(type_: str, access: str = "rw", default: str = "", **more: Any) -> dict[str, Any]:
    return {"type": type_, "access": access, "default": default, **more}


def _group(*children: str, **more: Any) -> dict[str, Any]:
    return {"children": list(children) or None, **more}


def _score(path: str) -> dict[str, dict[str, Any]]:
    return {
        path: _group("raw", "min", "max"),
        f"{path}.raw": _leaf("score"),
        f"{path}.min": _leaf("score"),
        f"{path}.max": _leaf("score"),
    }


_CORE: dict[str, dict[str, Any]] = {
    "cmi": _group(errors={"no_children": "401", "container_get": "401", "container_set": "401"}),
    "cmi._version": _leaf("text_255", "r", "3.4", errors={"read_only": "401"}),
    "cmi.core": _group(
        "student_id", "student_name", "lesson_location", "credit", "lesson_status", "entry",
        "score", "total_time", "lesson_mode", "exit", "session_time",
    ),
    "cmi.core.student_id": _leaf("identifier", "r"),
    "cmi.core.student_name": _leaf("text_255", "r"),
    "cmi.core.lesson_location": _leaf("text_255"),
    "cmi.core.credit": _leaf("credit", "r", "credit"),
    "cmi.core.lesson_status": _leaf("lesson_status", default="not attempted"),
    "cmi.core.entry": _leaf("entry", "r", "ab-initio"),
    **_score("cmi.core.score"),
    "cmi.core.total_time": _leaf("timespan", "r", "0000:00:00.00"),
    "cmi.core.lesson_mode": _leaf("mode", "r", "normal"),
    "cmi.core.exit": _leaf("exit", "w"),
    "cmi.core.session_time": _leaf("timespan", "w"),
    "cmi.suspend_data": _leaf("suspend_data"),
    "cmi.launch_data": _leaf("text_4096", "r"),
    "cmi.comments": _leaf("text_4096"),
    "cmi.comments_from_lms": _leaf("text_4096", "r"),
    "cmi.student_data": _group("mastery_score", "max_time_allowed", "time_limit_action"),
    "cmi.student_data.mastery_score": _leaf("decimal", "r"),
    "cmi.student_data.max_time_allowed": _leaf("timespan", "r"),
    "cmi.student_data.time_limit_action": _leaf("limit_action", "r"),
    "cmi.student_preference": _group("audio", "language", "speed", "text"),
    "cmi.student_preference.audio": _leaf("audio"),
    "cmi.student_preference.language": _leaf("text_255"),
    "cmi.student_preference.speed": _leaf("speed"),
    "cmi.student_preference.text": _leaf("sign"),
}  # fmt: skip
_RECORDS: dict[str, dict[str, Any]] = {
    "cmi.objectives": _group("id", "score", "status", list=True),
    "cmi.objectives.n.id": _leaf("identifier"),
    **_score("cmi.objectives.n.score"),
    "cmi.objectives.n.status": _leaf("objective_status"),
    "cmi.interactions": _group(
        "id", "objectives", "time", "type", "correct_responses",
        "weighting", "student_response", "result", "latency",
        list=True,
    ),
    "cmi.interactions.n.id": _leaf("identifier", "w"),
    "cmi.interactions.n.objectives": _group(list=True),
    "cmi.interactions.n.objectives.n.id": _leaf("identifier", "w"),
    "cmi.interactions.n.time": _leaf("time", "w"),
    "cmi.interactions.n.type": _leaf("interaction", "w"),
    "cmi.interactions.n.correct_responses": _group(list=True),
    "cmi.interactions.n.correct_responses.n.pattern": _leaf("feedback", "w"),
    "cmi.interactions.n.weighting": _leaf("decimal", "w"),
    "cmi.interactions.n.student_response": _leaf("feedback", "w"),
    "cmi.interactions.n.result": _leaf("result", "w"),
    "cmi.interactions.n.latency": _leaf("timespan", "w"),
}  # fmt: skip
_STATES = {
    "Initialize": {"argument": "201", "argument_first": True, "running": "101", "terminated": "101"},
    "Terminate": {"argument": "201", "not initialized": "301", "terminated": "301"},
    "GetValue": {"not initialized": "301", "terminated": "301"},
    "SetValue": {"not initialized": "301", "terminated": "301"},
    "Commit": {"argument": "201", "not initialized": "301", "terminated": "301"},
    "GetLastError": {},
    "GetErrorString": {},
    "GetDiagnostic": {},
}
TABLE: dict[str, Any] = {
    "version": "1.2",
    "languages": "",
    "calls": _STATES,
    "names": {name: f"LMS{'Finish' if name == 'Terminate' else name}" for name in _STATES},
    "errors": {
        "empty_get": "201", "empty_set": "201", "unknown": ["201", "401", "201"], "container_get": "201",
        "container_set": "201", "no_children": "202", "no_count": "203", "no_version": "201",
        "keyword_set": "402", "read_only": "403", "write_only": "404", "not_set": "0",
        "index_get": "201", "index_set": "201", "type": "405", "range": "405", "too_long": "405",
        "dependency": "201", "duplicate": "201", "fixed": "201", "too_many": "201",
    },
    "strings": {
        "0": "No error", "101": "General exception", "201": "Invalid argument error",
        "202": "Element cannot have children", "203": "Element not an array - cannot have count",
        "301": "Not initialized", "401": "Not implemented error",
        "402": "Invalid set value, element is a keyword", "403": "Element is read only",
        "404": "Element is write only", "405": "Incorrect Data Type",
    },
    "types": TYPES,
    "elements": _CORE | _RECORDS,
}  # fmt: skip
