"""Random but repeatable calls, as a SCO might make them: mostly sensible, often nearly so, sometimes wild."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from scorm.datamodel.tables import TABLES, model

GIVEN = {
    "1.2": {
        "cmi.core.student_id": "u1",
        "cmi.core.student_name": "Ахметова, Аружан",
        "cmi.launch_data": "d",
        "cmi.student_data.mastery_score": "60",
    },
    "2004": {
        "cmi.learner_id": "u1",
        "cmi.learner_name": "Ахметова, Аружан",
        "cmi.launch_data": "d",
        "cmi.completion_threshold": "0.6",
        "cmi.scaled_passing_score": "0.5",
    },
}
# What only our own two halves are given: shared data, narrower access, live answers.
MORE = {
    "values": {"adl.data.0.id": "a", "adl.data.0.store": "x", "adl.data.1.id": "b", "adl.data.2.id": "c"},
    "live": {"adl.nav.request_valid.continue": "true", "adl.nav.request_valid.choice.{target=a.b}": "true"},
    "access": {"adl.data.1.store": "r", "adl.data.2.store": "w"},
}


def given(version: str, tame: bool = False) -> dict[str, Any]:
    more = MORE if version == "2004" and not tame else {"values": {}, "live": {}, "access": {}}
    store = more | {"values": GIVEN[version] | more["values"]}
    return {"version": version, "store": store, "suspend_limit": None}


VALUES = (
    "", " ", "0", "1", "-1", "0.5", "-0.5", "1.0000001", "1.5", "100", "100.5", "1e2", ".5", "5.", "+1", " 7", "٣",
    "NaN", "Infinity", "true", "false", "t", "passed", "Passed", "completed", "incomplete", "failed", "unknown",
    "not attempted", "browsed", "correct", "incorrect", "wrong", "neutral", "suspend", "logout", "normal", "time-out",
    "continue", "previous", "exitAll", "{target=a}choice", "{target=}choice", "{target=a}jump", "_none_", "PT1H",
    "P1Y2M3DT4H5M6.78S", "P", "PT", "PT1.123S", "P1W", "PT1H5", "00:00:01", "0:30:00", "0000:00:00.00", "9999:99:99",
    "24:00:00", "23:59:59.99", "2026", "2026-11-21", "2026-11-21T08:00:00", "2026-11-21T08:00:00.00Z", "2026-13-01",
    "2026-11-21T08:00:00.1+05:30", "2039-01-01", "1969-12-31", "2026-02-31", "kk", "kk-KZ", "x-klingon", "i-mi",
    "english", "{lang=kk}сәлем", "{lang=zz}x", "{lang=}x", "{lang=kk}", "true-false", "choice", "fill-in",
    "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other", "a", "b", "a[,]b",
    "a[,]a", "a[,]", "[,]", "a[.]b", "a[.]b[,]c[.]d", "a[.]", "[.]b", "a[.]b[.]c", "1[:]2", "2[:]1", "[:]", "[:]5",
    "1[:]x", "{order_matters=false}a[,]b", "{order_matters=maybe}a", "{case_matters=true}x",
    "{case_matters=true}{order_matters=false}x[,]y", "{order_matters=true}a[.]1", "{lang=ru}да[,]{lang=kk}иә",
    "{order_matters=false}{order_matters=true}a", "urn:isbn:5", "urn:", "URN:a1:x", "http://x/y z", "a b", "ә", "😀",
    "\ud83d", "\n", "a\nb", "\u2028", "\x00", "t,f", "a,b", "a.b", "{", "}", "{}", "{a=b}c", "__proto__", "n" * 250,
    "n" * 251, "n" * 255, "n" * 256, "😀" * 128, "n" * 1001, "n" * 4001, "n" * 4096, "n" * 4097,
)  # fmt: skip
LONG = ("ә" * 64000, "ә" * 64001, "{order_matters=true}" + "a[,]" * 9000 + "a")
CODES = ("", "0", "101", "103", "201", "301", "351", "401", "403", "406", "408", "999", "abc", "__proto__")
NAMES = ("", "cmi", "x", "cmi.x", "cmi.core", "cmi.objectives", "cmi.objectives.0", "cmi.objectives.n.id", "cmi..x",
         "cmi.objectives.0.id.x", "cmi.interactions.0.objectives", "adl", "adl.nav.request_valid.choice", ".", "cmi.",
         "adl.nav.request_valid.choice.{target=a.b}", "adl.nav.request_valid.jump.{target=}", "constructor",
         "adl.nav.request_valid.choice.{target}", "cmi._count\n", "__proto__", "cmi.__proto__", "CMI.core.score.raw")  # fmt: skip
MARKS = (
    *"{}[],.:-+eEPTHSYMDW 0189 \t\n=/#%'\"\\^`|<>~_",
    "",
    "",
    "\u00a0",
    "\u2028",
    "ə",
    "😀",
    "[,]",
    "[.]",
    "[:]",
    "{lang=kk}",
)
INDICES = ("0",) * 8 + ("1",) * 4 + ("2", "3", "00", "01", "-1", "x", "n", "1e0", "999999999", "9999999999")


@cache
def fitting(version: str, type_: str) -> tuple[str, ...]:
    """The values a type takes."""
    checker = model(version).checker
    return tuple(value for value in VALUES if checker.check(type_, value) is None)


class Caller:
    """One stream of calls. `tame` leaves out what only tests the two halves of our own against each other."""

    def __init__(self, version: str, seed: int, tame: bool = False) -> None:
        self.random = random.Random(f"{version} {seed}")
        self.version = version
        self.tame = tame
        elements = TABLES[version]["elements"]
        self.paths = [path for path in elements if path != "adl.data.n.store" or not tame]
        self.leaves = [path for path in self.paths if "type" in elements[path]]

    def calls(self, number: int) -> list[list[str]]:
        begin = [["Initialize", ""]] if self.tame or self.random.random() < 0.9 else []
        found = begin
        while len(found) < number:
            found += self.some()
        return found[:number]

    def some(self) -> list[list[str]]:
        dice = self.random.random()
        if dice < 0.42:
            path = self.random.choice(self.leaves)
            element = self.element(path)
            again = [["GetValue", element]] if self.random.random() < 0.7 else []
            return [["SetValue", element, self.value(path)], *again]
        if dice < 0.62:
            return self.record()
        if dice < 0.85:
            return [["GetValue", self.element(self.random.choice(self.paths))]]
        if dice < 0.93:
            name = self.odd_name()
            return [self.random.choice([["GetValue", name], ["SetValue", name, self.random.choice(VALUES)]])]
        return [self.other()]

    def other(self) -> list[str]:
        dice = self.random.random()
        if dice < 0.3:
            return ["Commit", "" if dice < 0.25 else "x"]
        if dice < 0.5 and not self.tame:
            name = self.random.choice(["GetErrorString", "GetDiagnostic"])
            return [name, self.random.choice(CODES)]
        if dice < 0.6:
            return ["Initialize", self.random.choice(["", "x"])]
        if dice < 0.7:
            return ["Terminate", self.random.choice(["", "", "x"])]
        return ["GetLastError"]

    def record(self) -> list[list[str]]:
        """An interaction with its type, then something that hangs on the type."""
        at = f"cmi.interactions.{self.random.choice('0001')}"
        path = "cmi.interactions.n."
        answer = "student_response" if self.version == "1.2" else "learner_response"
        leaf = self.random.choice([answer, "correct_responses.n.pattern", "result", "objectives.n.id"])
        kinds = fitting(self.version, "interaction")
        kind = self.random.choice(kinds)
        type_ = TABLES[self.version]["elements"][path + leaf]["type"]
        fits = fitting(self.version, type_ if isinstance(type_, str) else type_["types"][kind])
        value = self.random.choice(fits if self.random.random() < 0.6 and fits else VALUES)
        element = f"{at}.{leaf.replace('.n.', '.' + self.random.choice('0001') + '.')}"
        return [
            ["SetValue", f"{at}.id", "i1"],
            ["SetValue", f"{at}.type", kind],
            ["SetValue", element, value],
            ["GetValue", element],
        ]

    def element(self, path: str) -> str:
        element = "".join(
            f".{self.index()}" if part == "n" else f".{part}" for part in path.split(".")
        ).removeprefix(".")
        element = element.replace("{target}", "{target=a.b}")
        return (
            element + self.random.choice(["._children", "._count", "._version"])
            if self.random.random() < 0.08
            else element
        )

    def index(self) -> str:
        return self.random.choice("00001") if self.tame else self.random.choice(INDICES)

    def value(self, path: str) -> str:
        if not self.tame and self.random.random() < 0.01:
            return self.random.choice(LONG)
        type_ = TABLES[self.version]["elements"][path]["type"]
        fits = fitting(self.version, type_) if isinstance(type_, str) else ()
        value = self.random.choice(fits if fits and self.random.random() < 0.6 else VALUES)
        return value if self.tame or self.random.random() < 0.85 else self.nearly(value)

    def nearly(self, value: str) -> str:
        """The value with one character more, less or other."""
        at = self.random.randrange(len(value) + 1)
        skipped = self.random.choice([0, 1])
        return value[:at] + self.random.choice(MARKS) + value[at + skipped :]

    def odd_name(self) -> str:
        if self.random.random() < 0.5:
            return self.random.choice(NAMES)
        element = self.element(self.random.choice(self.paths))
        return self.random.choice(
            [element[:-1], element + ".x", element.rpartition(".")[0], element.upper(), element + " "]
        )
