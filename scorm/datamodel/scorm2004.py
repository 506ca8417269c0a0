"""The SCORM 2004 4th Edition data model (RTE 4.2, SN 5.6 for adl.nav, RTE 4.3 for adl.data) as a table.

The third edition's model is this one without adl.data and jump; content of that edition never asks for them.
"""

from __future__ import annotations

from typing import Any

from scorm.datamodel.languages import PRIMARY

DECIMAL = r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01])"
_ZONE = r"(?:Z|[+-](?:[01][0-9]|2[0-3])(?::[0-5][0-9])?)"
_CLOCK = rf"(?:[01][0-9]|2[0-3])(?::[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{{1,2}}{_ZONE}?)?)?)?"
TIME = rf"(?:19[7-9][0-9]|20[0-2][0-9]|203[0-8])(?:-(?:0[1-9]|1[0-2])(?:-{_DAY}(?:T{_CLOCK})?)?)?"
INTERVAL = (
    r"P(?=[0-9]|T[0-9])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
    r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]{1,2})?S)?)?"
)
_URI = r'[^\u0000-\u0020\u007f-\u00a0<>"{}|\\^`\[\]]+'
IDENTIFIER = rf"(?:[uU][rR][nN]:[A-Za-z0-9][A-Za-z0-9\-]{{1,31}}:{_URI}|(?![uU][rR][nN]:){_URI})"
_TARGET = r"\{target=[^{}]+\}"
REQUEST = (
    r"continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_|" + _TARGET + r"(?:choice|jump)"
)
# What the books call a smallest permitted maximum is no upper bound; these are ours, against floods.
LONG, RESPONSE = 64000, 262144


def _text(spm: int, most: int = LONG) -> dict[str, Any]:
    return {"check": "text", "spm": spm, "max": most}


def _items(item: str, most: int = RESPONSE, **more: Any) -> dict[str, Any]:
    return {"check": "list", "separator": "[,]", "item": item, "most": most, **more}


_TRUTH = ["true", "false"]
_CASE = {"case_matters": {"words": _TRUTH, "default": "false"}}
_ORDER = {"order_matters": {"words": _TRUTH, "default": "true"}}
TYPES: dict[str, dict[str, Any]] = {
    "text_250": _text(250),
    "text_1000": _text(1000),
    "text_4000": _text(4000),
    "suspend_data": _text(64000),
    "store": _text(64000),
    "localized_250": {"check": "localized", "spm": 250, "max": LONG},
    "localized_4000": {"check": "localized", "spm": 4000, "max": LONG},
    "language": {"check": "language", "empty": True},
    "identifier": {"check": "pattern", "regex": IDENTIFIER, "spm": 4000, "max": LONG},
    "short_identifier": {"check": "pattern", "regex": IDENTIFIER, "spm": 250, "max": LONG},
    "time": {"check": "pattern", "regex": TIME},
    "interval": {"check": "pattern", "regex": INTERVAL, "max": 1000},
    "decimal": {"check": "number", "regex": DECIMAL},
    "scaled": {"check": "number", "regex": DECIMAL, "min": -1, "max": 1},
    "fraction": {"check": "number", "regex": DECIMAL, "min": 0, "max": 1},
    "level": {"check": "number", "regex": DECIMAL, "min": 0},
    "completion": {"check": "words", "words": ["completed", "incomplete", "not attempted", "unknown"]},
    "success": {"check": "words", "words": ["passed", "failed", "unknown"]},
    "credit": {"check": "words", "words": ["credit", "no-credit"]},
    "entry": {"check": "words", "words": ["ab-initio", "resume", ""]},
    "exit": {"check": "words", "words": ["time-out", "suspend", "logout", "normal", ""]},
    "mode": {"check": "words", "words": ["browse", "normal", "review"]},
    "limit_action": {
        "check": "words",
        "words": ["exit,message", "continue,message", "exit,no message", "continue,no message"],
    },
    "captioning": {"check": "words", "words": ["-1", "0", "1"]},
    "interaction": {
        "check": "words",
        "words": [
            "true-false", "choice", "fill-in", "long-fill-in", "matching",
            "performance", "sequencing", "likert", "numeric", "other",
        ],
    },
    "verdict": {"check": "words", "words": ["correct", "incorrect", "unanticipated", "neutral"]},
    "result": {"check": "either", "types": ["verdict", "decimal"]},
    "truth": {"check": "words", "words": _TRUTH},
    # RTE 4.2.9.1 and 4.2.9.2: the shapes of responses and of correct patterns, by kind of interaction
    "choices": _items("short_identifier", empty=True, distinct=True),
    "blanks": _items("localized_250"),
    "blanks_pattern": _items("localized_250", marks=_CASE | _ORDER),
    "essay_pattern": {"check": "localized", "spm": 4000, "max": LONG, "marks": _CASE},
    "pair": {"check": "parts", "separator": "[.]", "parts": ["short_identifier", "short_identifier"]},
    "pairs": _items("pair"),
    "pairs_given": _items("pair", empty=True),
    "step_name": {"check": "either", "types": ["nothing", "short_identifier"]},
    "nothing": {"check": "words", "words": [""]},
    "step": {"check": "parts", "separator": "[.]", "parts": ["step_name", "text_250"], "some": True},
    "steps": _items("step", empty=True),
    "steps_pattern": _items("step", marks=_ORDER),
    "order": _items("short_identifier"),
    "order_given": _items("short_identifier", empty=True),
    "span": {"check": "span", "separator": "[:]", "item": "decimal"},
    "request": {"check": "pattern", "regex": REQUEST, "max": LONG},
    "answer": {"check": "words", "words": ["true", "false", "unknown"]},
}  # fmt: skip
RESPONSES = {
    "true-false": "truth",
    "choice": "choices",
    "fill-in": "blanks",
    "long-fill-in": "localized_4000",
    "matching": "pairs_given",
    "performance": "steps",
    "sequencing": "order_given",
    "likert": "short_identifier",
    "numeric": "decimal",
    "other": "text_4000",
}
PATTERNS = RESPONSES | {
    "fill-in": "blanks_pattern",
    "long-fill-in": "essay_pattern",
    "matching": "pairs",
    "performance": "steps_pattern",
    "sequencing": "order",
    "numeric": "span",
}


def _leaf(type_: Any, access: str = "rw", default: str | None = None, **more: Any) -> dict[str, Any]:
    return {"type": type_, "access": access, **({} if default is None else {"default": default}), **more}


def _group(*children: str, **more: Any) -> dict[str, Any]:
    return {"children": list(children) or None, **more}


def _score(path: str) -> dict[str, dict[str, Any]]:
    return {
        path: _group("scaled", "raw", "min", "max"),
        f"{path}.scaled": _leaf("scaled"),
        f"{path}.raw": _leaf("decimal"),
        f"{path}.min": _leaf("decimal"),
        f"{path}.max": _leaf("decimal"),
    }


def _comments(path: str, access: str) -> dict[str, dict[str, Any]]:
    return {
        path: _group("comment", "location", "timestamp", list=True),
        f"{path}.n.comment": _leaf("localized_4000", access),
        f"{path}.n.location": _leaf("text_250", access),
        f"{path}.n.timestamp": _leaf("time", access),
    }


_CORE: dict[str, dict[str, Any]] = {
    "cmi": _group(),
    "cmi._version": _leaf("text_250", "r", "1.0"),
    **_comments("cmi.comments_from_learner", "rw"),
    **_comments("cmi.comments_from_lms", "r"),
    "cmi.completion_status": _leaf(
        "completion",
        default="unknown",
        derive={
            "measure": "cmi.progress_measure",
            "threshold": "cmi.completion_threshold",
            "met": "completed",
            "unmet": "incomplete",
            "open": "unknown",
        },
    ),
    "cmi.completion_threshold": _leaf("fraction", "r"),
    "cmi.credit": _leaf("credit", "r", "credit"),
    "cmi.entry": _leaf("entry", "r", "ab-initio"),
    "cmi.exit": _leaf("exit", "w", ""),
    "cmi.launch_data": _leaf("text_4000", "r"),
    "cmi.learner_id": _leaf("identifier", "r"),
    "cmi.learner_name": _leaf("localized_250", "r"),
    "cmi.learner_preference": _group("audio_level", "language", "delivery_speed", "audio_captioning"),
    "cmi.learner_preference.audio_level": _leaf("level", default="1"),
    "cmi.learner_preference.language": _leaf("language", default=""),
    "cmi.learner_preference.delivery_speed": _leaf("level", default="1"),
    "cmi.learner_preference.audio_captioning": _leaf("captioning", default="0"),
    "cmi.location": _leaf("text_1000"),
    "cmi.max_time_allowed": _leaf("interval", "r"),
    "cmi.mode": _leaf("mode", "r", "normal"),
    "cmi.progress_measure": _leaf("fraction"),
    "cmi.scaled_passing_score": _leaf("scaled", "r"),
    **_score("cmi.score"),
    "cmi.session_time": _leaf("interval", "w"),
    "cmi.success_status": _leaf(
        "success",
        default="unknown",
        derive={
            "measure": "cmi.score.scaled",
            "threshold": "cmi.scaled_passing_score",
            "met": "passed",
            "unmet": "failed",
            "open": "unknown",
        },
    ),
    "cmi.suspend_data": _leaf("suspend_data"),
    "cmi.time_limit_action": _leaf("limit_action", "r", "continue,no message"),
    "cmi.total_time": _leaf("interval", "r", "PT0H0M0S"),
}
_INTERACTIONS: dict[str, dict[str, Any]] = {
    "cmi.interactions": _group(
        "id", "type", "objectives", "timestamp", "correct_responses",
        "weighting", "learner_response", "result", "latency", "description",
        list=True, first="id",
    ),
    "cmi.interactions.n.id": _leaf("identifier"),
    "cmi.interactions.n.type": _leaf("interaction"),
    "cmi.interactions.n.objectives": _group(list=True, needs=["id"], unique={"child": "id"}),
    "cmi.interactions.n.objectives.n.id": _leaf("identifier"),
    "cmi.interactions.n.timestamp": _leaf("time"),
    "cmi.interactions.n.correct_responses": _group(
        list=True,
        needs=["id", "type"],
        unique={"child": "pattern", "by": "type", "values": ["choice", "sequencing"]},
        at_most={"by": "type", "limits": {"true-false": 1, "likert": 1, "numeric": 1, "other": 1}},
    ),
    "cmi.interactions.n.correct_responses.n.pattern": _leaf(
        {"by": "type", "beside": "list", "types": PATTERNS}
    ),
    "cmi.interactions.n.weighting": _leaf("decimal"),
    "cmi.interactions.n.learner_response": _leaf({"by": "type", "types": RESPONSES}, needs=["type"]),
    "cmi.interactions.n.result": _leaf("result"),
    "cmi.interactions.n.latency": _leaf("interval"),
    "cmi.interactions.n.description": _leaf("localized_250"),
}  # fmt: skip
_OBJECTIVES: dict[str, dict[str, Any]] = {
    "cmi.objectives": _group(
        "id", "score", "success_status", "completion_status", "progress_measure", "description",
        list=True, first="id", unique={"child": "id"},
    ),
    "cmi.objectives.n.id": _leaf("identifier", fixed=True),
    **_score("cmi.objectives.n.score"),
    "cmi.objectives.n.success_status": _leaf("success", default="unknown"),
    "cmi.objectives.n.completion_status": _leaf("completion", default="unknown"),
    "cmi.objectives.n.progress_measure": _leaf("fraction"),
    "cmi.objectives.n.description": _leaf("localized_250"),
}  # fmt: skip
_ASKED = ("continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
_ADL: dict[str, dict[str, Any]] = {
    "adl": _group(),
    "adl.nav": _group(),
    "adl.nav.request": _leaf("request", default="_none_"),
    "adl.nav.request_valid": _group(),
    **{f"adl.nav.request_valid.{name}": _leaf("answer", "r", "unknown", live=True) for name in _ASKED},
    "adl.nav.request_valid.choice": _group(),
    "adl.nav.request_valid.choice.{target}": _leaf("answer", "r", "false", live=True),
    "adl.nav.request_valid.jump": _group(),
    "adl.nav.request_valid.jump.{target}": _leaf("answer", "r", "false", live=True),
    "adl.data": _group("id", "store", list=True, closed=True),
    "adl.data.n.id": _leaf("identifier", "r"),
    "adl.data.n.store": _leaf("store", blank=True),
}
_STATES = {
    "Initialize": {"argument": "201", "argument_first": True, "running": "103", "terminated": "104"},
    "Terminate": {"argument": "201", "not initialized": "112", "terminated": "113"},
    "GetValue": {"not initialized": "122", "terminated": "123"},
    "SetValue": {"not initialized": "132", "terminated": "133"},
    "Commit": {"argument": "201", "not initialized": "142", "terminated": "143"},
    "GetLastError": {},
    "GetErrorString": {},
    "GetDiagnostic": {},
}
TABLE: dict[str, Any] = {
    "version": "2004",
    "languages": PRIMARY,
    "calls": _STATES,
    "names": {name: name for name in _STATES},
    "errors": {
        "empty_get": "301", "empty_set": "351", "unknown": ["401"], "container_get": "401",
        "container_set": "401", "no_children": "301", "no_count": "301", "no_version": "301",
        "keyword_set": "404", "read_only": "404", "write_only": "405", "not_set": "403",
        "index_get": "301", "index_set": "351", "type": "406", "range": "407", "too_long": "351",
        "dependency": "408", "duplicate": "351", "fixed": "351", "too_many": "351",
    },
    "strings": {
        "0": "No Error", "101": "General Exception", "102": "General Initialization Failure",
        "103": "Already Initialized", "104": "Content Instance Terminated",
        "111": "General Termination Failure", "112": "Termination Before Initialization",
        "113": "Termination After Termination", "122": "Retrieve Data Before Initialization",
        "123": "Retrieve Data After Termination", "132": "Store Data Before Initialization",
        "133": "Store Data After Termination", "142": "Commit Before Initialization",
        "143": "Commit After Termination", "201": "General Argument Error",
        "301": "General Get Failure", "351": "General Set Failure", "391": "General Commit Failure",
        "401": "Undefined Data Model Element", "402": "Unimplemented Data Model Element",
        "403": "Data Model Element Value Not Initialized", "404": "Data Model Element Is Read Only",
        "405": "Data Model Element Is Write Only", "406": "Data Model Element Type Mismatch",
        "407": "Data Model Element Value Out Of Range", "408": "Data Model Dependency Not Established",
    },
    "types": TYPES,
    "elements": _CORE | _INTERACTIONS | _OBJECTIVES | _ADL,
}  # fmt: skip
