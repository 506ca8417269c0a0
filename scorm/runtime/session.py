"""One SCO's session with the API (RTE 4th Ed. chapter 3, RTE 1.2 3.3), as a value that goes to JSON and back.

The table says which errors a call gets in which state; this file only holds the states and the error discipline:
every successful call sets the error to 0, the three calls that ask about errors leave it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scorm.datamodel.tables import model
from scorm.datamodel.walk import Answer, Model, Store

NOT_INITIALIZED, RUNNING, TERMINATED = "not initialized", "running", "terminated"
CALLS = (
    "Initialize",
    "Terminate",
    "GetValue",
    "SetValue",
    "Commit",
    "GetLastError",
    "GetErrorString",
    "GetDiagnostic",
)
# Both versions' names lead to the same calls.
BY_NAME = {name: name for name in CALLS} | {f"LMS{name}": name for name in CALLS} | {"LMSFinish": "Terminate"}
# An element that is refused for want of another may be accepted once that one is there.
WAITING = frozenset({"dependency", "index_set"})


@dataclass
class Session:
    version: str
    store: Store
    state: str = NOT_INITIALIZED
    error: str = "0"
    about: str = ""  # the reason and the element of that error, for GetDiagnostic
    written: dict[str, str] = field(default_factory=dict)  # what the SCO set in this session
    changes: dict[str, str] = field(default_factory=dict)  # of that, what no Commit has carried away yet
    suspend_limit: int | None = None

    # -- as JSON ------------------------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        plain = {name: getattr(self, name) for name in _PLAIN} | {
            name: dict(getattr(self, name)) for name in _DICTS
        }
        kept = {name: dict(getattr(self.store, name)) for name in ("values", "live", "access")}
        return plain | {"store": kept}

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Session:
        kept = data["store"]
        store = Store.of(kept["values"], live=dict(kept["live"]), access=dict(kept["access"]))
        rest: dict[str, Any] = {name: dict(data[name]) for name in _DICTS}
        return cls(store=store, **rest, **{name: data[name] for name in _PLAIN})

    # -- what it knows ------------------------------------------------------------------------------------

    @property
    def model(self) -> Model:
        return model(self.version, self.suspend_limit)

    @property
    def lasting(self) -> bool:
        """Whether what the SCO writes is kept: in review and browse mode nothing is (RTE 4.2.12)."""
        mode = "cmi.core.lesson_mode" if self.version == "1.2" else "cmi.mode"
        return self.store.values.get(mode, "normal") == "normal"

    def value(self, element: str) -> str:
        """What the SCO would be told, or "" where it would get an error; the error stays as it is."""
        return self.model.get(self.store, element).value

    # -- the calls ----------------------------------------------------------------------------------------

    def call(self, name: str, *arguments: str) -> str:
        """A call by either version's name. What is missing counts as ""."""
        first, second = (*arguments, "", "")[:2]
        plain = BY_NAME[name]
        if plain == "SetValue":
            return self.set_value(first, second)
        methods: dict[str, Callable[[str], str]] = {
            "Initialize": self.initialize,
            "Terminate": self.terminate,
            "GetValue": self.get_value,
            "Commit": self.commit,
            "GetLastError": lambda _: self.error,
            "GetErrorString": self.get_error_string,
            "GetDiagnostic": self.get_diagnostic,
        }
        return methods[plain](first)

    def initialize(self, argument: str = "") -> str:
        return self._step("Initialize", argument, RUNNING)

    def terminate(self, argument: str = "") -> str:
        return self._step("Terminate", argument, TERMINATED)

    def commit(self, argument: str = "") -> str:
        return self._step("Commit", argument, self.state)

    def get_value(self, element: str) -> str:
        if self._barred("GetValue", ""):
            return ""
        return self._settle(self.model.get(self.store, element), element).value

    def set_value(self, element: str, value: str) -> str:
        if self._barred("SetValue", ""):
            return "false"
        answer = self._settle(self._put(element, value), element)
        return "true" if answer.ok else "false"

    def get_error_string(self, code: str) -> str:
        strings: Mapping[str, str] = self.model.table["strings"]
        return strings.get(code, "")

    def get_diagnostic(self, code: str) -> str:
        """Of the last error: the reason and where; of another code its name; "" asks about the last error."""
        if code in ("", self.error) and self.error != "0":
            return self.about[:255]
        return self.get_error_string(code)

    # -- inside -------------------------------------------------------------------------------------------

    def _step(self, call: str, argument: str, after: str) -> str:
        if self._barred(call, argument):
            return "false"
        self.state, self.error, self.about = after, "0", ""
        return "true"

    def _barred(self, call: str, argument: str) -> bool:
        rules = self.model.table["calls"][call]
        of_state, of_argument = rules.get(self.state), rules.get("argument") if argument != "" else None
        code = (of_argument or of_state) if rules.get("argument_first") else (of_state or of_argument)
        if code:
            self.error, self.about = code, f"{call}: {self.state if code == of_state else 'argument'}"
        return bool(code)

    def _settle(self, answer: Answer, element: str) -> Answer:
        self.error, self.about = answer.error, "" if answer.ok else f"{answer.reason}: {element}"
        return answer

    def _put(self, element: str, value: str) -> Answer:
        answer = self.model.set(self.store, element, value)
        if answer.ok:
            self.written[element] = self.changes[element] = self.store.values[element]
        return answer

    # -- for the server -----------------------------------------------------------------------------------

    def take_changes(self) -> dict[str, str]:
        """What has been set since the last time somebody asked."""
        taken, self.changes = self.changes, {}
        return taken

    def apply(self, values: Mapping[str, str]) -> dict[str, str]:
        """A browser's delta, checked again: element → error code of those refused; the others are set.

        The delta comes in the order of the first SetValue of each element; where that was lost, an element that
        waits for another is tried again after it.
        """
        refused = {
            one: self.model.refuse("type").error
            for one, value in values.items()
            if not isinstance(value, str)
        }
        waiting = {one: value for one, value in values.items() if one not in refused}
        while waiting:
            answers = {element: self._put(element, value) for element, value in waiting.items()}
            refused |= {
                one: answer.error for one, answer in answers.items() if answer.reason not in ("", *WAITING)
            }
            again = {one: waiting[one] for one, answer in answers.items() if answer.reason in WAITING}
            if len(again) == len(waiting):
                return refused | {one: answers[one].error for one in again}
            waiting = again
        return refused


_PLAIN = ("version", "state", "error", "about", "suspend_limit")
_DICTS = ("written", "changes")
