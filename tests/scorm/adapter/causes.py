"""Why scorm-again and this engine part: each cause once, recognised by what the engine says was wrong.

docs/scorm-again-differences.md names every cause with the clause that decides. The order here matters: the first cause
that fits is the one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scorm.datamodel.walk import pattern_of


@dataclass(frozen=True)
class Parting:
    """One call that was answered differently, the first of its sequence."""

    version: str
    call: tuple[str, ...]
    reason: str  # the engine's own, "" where it found nothing wrong
    ours: tuple[str, str]
    theirs: tuple[str, str]

    @property
    def path(self) -> str:
        return pattern_of(self.call[1]) if len(self.call) > 1 else ""

    @property
    def value(self) -> str:
        return self.call[2] if len(self.call) > 2 else ""

    @property
    def accepted_there(self) -> bool:
        return self.theirs[1] == "0" and self.theirs[0] != "false"

    @property
    def read(self) -> bool:
        return self.call[0] == "GetValue"


Cause = Callable[[Parting], bool]
KEYWORDS = {"no_children", "no_count", "no_version", "keyword_set"}
PROTOTYPE = ("__proto__", "constructor")
NUMBERS = ("score.", "weighting", "result", "audio", "speed", "student_preference.text", "progress")


def _ok(it: Parting) -> bool:
    return it.reason == "" and it.ours[1] == "0"


def _refused(it: Parting) -> bool:
    return _ok(it) and not it.read and it.theirs[0] == "false"


def _both_read(it: Parting) -> bool:
    return _ok(it) and it.read and it.theirs[1] == "0"


CAUSES: dict[str, Cause] = {
    "names-of-the-language": lambda it: it.reason == "unknown" and it.path.endswith(PROTOTYPE),
    "containers": lambda it: it.reason in {"container_get", "container_set"},
    "record-without-child": lambda it: it.reason == "unknown" and it.path.endswith(".n"),
    "no-name": lambda it: it.reason in {"empty_get", "empty_set"},
    "records-that-are-not-there": lambda it: it.reason == "index_get",
    "never-set": lambda it: it.reason == "not_set",
    "gaps": lambda it: it.reason == "index_set",
    "keywords": lambda it: it.reason in KEYWORDS,
    "target-with-a-tail": lambda it: it.reason == "unknown" and "request_valid" in it.path,
    "unknown-names": lambda it: it.reason == "unknown",
    "after-the-end": lambda it: it.version == "1.2" and it.ours[1] == "301",
    "argument-or-state": lambda it: it.theirs[1] == "201" and it.call[0] in {"Commit", "Terminate"},
    "id-first": lambda it: it.reason == "dependency",
    "read-only": lambda it: it.reason == "read_only",
    "length": lambda it: it.reason == "too_long" or (_refused(it) and len(it.value) > 250),
    "request-is-readable": lambda it: _ok(it) and it.read and it.path == "adl.nav.request",
    "stale-error": lambda it: _ok(it) and (it.call[0] == "GetLastError" or (it.read and it.ours[0] == it.theirs[0])),
    "order-of-children": lambda it: _both_read(it) and it.path.endswith("_children"),
    "unknown-target": lambda it: _both_read(it) and "request_valid" in it.path,
    "marks-of-patterns": lambda it: _both_read(it) and ("pattern" in it.path or "response" in it.path),
    "defaults-at-launch": _both_read,
    "second-interaction-id": lambda it: _refused(it) and it.theirs[1] == "351" and it.path.endswith("interactions.n.id"),
    "upper-bound-of-preferences": lambda it: _refused(it) and it.theirs[1] == "407",
    "empty-values": lambda it: _refused(it) and it.value == "",
    "open-ends-of-a-range": lambda it: _refused(it) and "[:]" in it.value,
    "line-breaks": lambda it: _refused(it) and any(character < " " or character == "\u2028" for character in it.value),
    "forms-of-numbers": lambda it: _refused(it) and any(name in it.path for name in NUMBERS),
    "identifiers": lambda it: it.path.endswith("id") and (it.reason == "type" or _refused(it)),
    "braces-in-texts": lambda it: _refused(it) and it.value.startswith("{"),
    "languages": lambda it: it.reason == "type" and it.path.endswith("language"),
    "result-incorrect": lambda it: it.reason == "type" and it.value == "incorrect",
    "shapes-of-responses": lambda it: (it.reason == "type" or _refused(it)) and it.path.endswith(("response", "pattern")),
}  # fmt: skip


def cause_of(parting: Parting) -> str | None:
    return next((name for name, fits in CAUSES.items() if fits(parting)), None)
