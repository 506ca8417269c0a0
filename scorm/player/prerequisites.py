"""adlcp:prerequisites of SCORM 1.2: the AICC script language (CMI Guidelines 3.5, "aicc_script").

A              item A is done: passed or completed (a block: all of it)
A = "passed"   A has this status; <> is the opposite. A status may be given by its first letter
~ & |          not, and, or, binding in this order; parentheses
{A, B}         all of them          2*{A, B, C}    two or more of them
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Statuses = Mapping[str, str]
Test = Callable[[Statuses], bool]

TOKEN = re.compile(r'\s*(<>|[&|~=(){},*]|"[^"]*"|[^\s&|~=<>(){},*"]+)')
DONE = frozenset({"passed", "completed"})
WORDS = ("passed", "completed", "failed", "incomplete", "browsed", "not attempted")
LETTERS = {word[0]: word for word in WORDS}
DEPTH = 50  # nobody nests deeper, and no script may use up the stack


class Unreadable(ValueError):
    """The script is none. Whoever asks decides; the player then lets the learner in."""


@dataclass(frozen=True)
class Script:
    test: Test
    items: frozenset[str]  # the identifiers it asks about


def parse(text: str) -> Script:
    parser = _Parser(_tokens(text))
    test = parser.alternatives()
    if parser.rest:
        raise Unreadable(text)
    return Script(test, frozenset(parser.items))


def met(text: str, statuses: Statuses) -> bool:
    """Whether the way is free. A script that cannot be read, or asks about items there are not, never locks."""
    if not text.strip():
        return True
    try:
        script = parse(text)
    except Unreadable:
        return True
    return not script.items <= statuses.keys() or script.test(statuses)


def _tokens(text: str) -> list[str]:
    tokens, place = [], 0
    text = text.strip()
    while place < len(text):
        found = TOKEN.match(text, place)
        if not found:
            raise Unreadable(text)
        tokens.append(found[1])
        place = found.end()
    return tokens


class _Parser:
    """Recursive descent; each method takes its tokens off the front."""

    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens[::-1]
        self.items: set[str] = set()
        self.depth = 0

    def take(self, *wanted: str) -> str | None:
        return self.rest.pop() if self.rest and self.rest[-1] in wanted else None

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise Unreadable(wanted)

    def alternatives(self) -> Test:
        self.depth += 1
        if self.depth > DEPTH:
            raise Unreadable("too deep")
        tests = [self.together()]
        while self.take("|"):
            tests.append(self.together())
        self.depth -= 1
        return lambda statuses: any(test(statuses) for test in tests)

    def together(self) -> Test:
        tests = [self.negated()]
        while self.take("&"):
            tests.append(self.negated())
        return lambda statuses: all(test(statuses) for test in tests)

    def negated(self) -> Test:
        times = 0
        while self.take("~"):
            times += 1
        test = self.single()
        return (lambda statuses: not test(statuses)) if times % 2 else test

    def single(self) -> Test:
        if self.take("("):
            test = self.alternatives()
            self.need(")")
            return test
        if self.take("{"):
            return self.group(None)
        name = self.word()
        if name.isdigit() and self.take("*"):
            self.need("{")
            return self.group(int(name))
        return self.item(name)

    def group(self, least: int | None) -> Test:
        tests = [self.alternatives()]
        while self.take(","):
            tests.append(self.alternatives())
        self.need("}")
        wanted = len(tests) if least is None else least
        return lambda statuses: sum(test(statuses) for test in tests) >= wanted

    def item(self, name: str) -> Test:
        self.items.add(name)
        sign = self.take("=", "<>")
        if not sign:
            return lambda statuses: statuses.get(name) in DONE
        word = self.word().lower()
        status = LETTERS.get(word, word)
        if status not in WORDS:
            raise Unreadable(word)
        return lambda statuses: (statuses.get(name) == status) is (sign == "=")

    def word(self) -> str:
        if not self.rest or self.rest[-1] in ("<>", *"&|~=(){},*"):
            raise Unreadable("a name is missing")
        return self.rest.pop().strip('"')
