"""A small calculator of its own: numbers, letters, + − · / ^, brackets and school functions. Nothing is ever executed.

    parse("2x^2 - sin(x)", {"x"}).value({"x": 1.5})

expression := term (("+" | "-") term)*        term   := factor (("*" | "/" | nothing) factor)*
factor     := "-" factor | power              power  := atom ("^" factor)?
atom       := number | name | function ["^" factor] argument | "(" expression ")" | "|" expression "|"
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

LONGEST, DEEPEST = 300, 40
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sin": math.sin, "cos": math.cos, "tg": math.tan, "tan": math.tan, "ctg": lambda x: 1 / math.tan(x),
    "cot": lambda x: 1 / math.tan(x), "arcsin": math.asin, "arccos": math.acos, "arctg": math.atan,
    "ln": math.log, "lg": math.log10, "log": math.log10, "exp": math.exp, "sqrt": math.sqrt, "abs": abs,
}  # fmt: skip
CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}
_SAME = str.maketrans(
    {"−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "÷": "/", ":": "/", "[": "(", "]": ")"}
)
_POWERS = {"²": "^2", "³": "^3", "√": " sqrt "}
_TOKEN = re.compile(r"\s*(\d+(?:[.,]\d+)?|\*\*|[-+*/^()|]|[^\W\d_]+\d*)")


class NotAnExpression(ValueError):
    """What was typed cannot be read as an expression."""


@dataclass(frozen=True)
class Expression:
    """A tree of plain tuples: ("+", left, right), ("sin", inside), ("x",), (3.5,)."""

    tree: tuple[object, ...]

    def value(self, letters: Mapping[str, float]) -> float | None:
        """None where it is not defined: a root of a negative number, a division by nothing, beyond all bounds."""
        try:
            found = _value(self.tree, letters)
        except (ValueError, ZeroDivisionError, OverflowError):
            return None
        return found if isinstance(found, float) and math.isfinite(found) else None


def parse(text: str, letters: Set[str]) -> Expression:
    for sign, written in _POWERS.items():
        text = text.replace(sign, written)
    if len(text) > LONGEST:
        raise NotAnExpression("too long")
    return _Reader(_tokens(text.translate(_SAME), letters), letters).all()


def _tokens(text: str, letters: Set[str]) -> list[str]:
    found: list[str] = []
    place, text = 0, text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match:
            raise NotAnExpression(text[place])
        found += _names(match[1], letters) if match[1][0].isalpha() else [match[1].replace("**", "^")]
        place = match.end()
    return found


def _names(word: str, letters: Set[str]) -> list[str]:
    """xy is x times y, unless it is a letter's or a function's own name; sinx is the sine of x."""
    known = sorted({*letters, *FUNCTIONS, *CONSTANTS}, key=len, reverse=True)
    found = []
    while word:
        name = next((one for one in known if word.startswith(one)), None)
        if name is None:
            if word[0].isdigit():
                name = re.match(r"\d+", word)[0]  # type: ignore[index]
            else:
                raise NotAnExpression(word)
        found.append(name)
        word = word[len(name) :]
    return found


class _Reader:
    def __init__(self, tokens: list[str], letters: Set[str]) -> None:
        self.tokens, self.letters, self.place, self.depth, self.bars = tokens, letters, 0, 0, 0

    def all(self) -> Expression:
        tree = self.expression()
        if self.here is not None:
            raise NotAnExpression(self.here)
        return Expression(tree)

    @property
    def here(self) -> str | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def take(self, *wanted: str) -> str | None:
        token = self.here
        if token is not None and token in wanted:
            self.place += 1
            return token
        return None

    def expression(self) -> tuple[object, ...]:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotAnExpression("too deep")
        tree = self.term()
        while sign := self.take("+", "-"):
            tree = (sign, tree, self.term())
        self.depth -= 1
        return tree

    def term(self) -> tuple[object, ...]:
        tree = self.factor()
        while True:
            if sign := self.take("*", "/"):
                tree = (sign, tree, self.factor())
            elif self._goes_on():
                tree = ("*", tree, self.power())
            else:
                return tree

    def _goes_on(self) -> bool:
        """2x, 3(x + 1): a product without a sign."""
        here = self.here
        return here is not None and (here == "(" or here[0].isalnum() or (here == "|" and self.bars == 0))

    def factor(self) -> tuple[object, ...]:
        if self.take("-"):
            self._deeper()
            tree = ("neg", self.factor())
            self.depth -= 1
            return tree
        self.take("+")
        return self.power()

    def power(self) -> tuple[object, ...]:
        tree = self.atom()
        if self.take("^"):
            self._deeper()
            tree = ("^", tree, self.factor())
            self.depth -= 1
        return tree

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotAnExpression("too deep")

    def atom(self) -> tuple[object, ...]:
        token = self.here
        if token is None:
            raise NotAnExpression("the end")
        self.place += 1
        if token[0].isdigit():
            return (float(token.replace(",", ".")),)
        if token == "(":
            return self.closed(")")
        if token == "|":
            self.bars += 1
            tree = ("abs", self.closed("|"))
            self.bars -= 1
            return tree
        if token in self.letters or token in CONSTANTS:
            return (token,)
        if token in FUNCTIONS:
            return self.applied(token)
        raise NotAnExpression(token)

    def applied(self, name: str) -> tuple[object, ...]:
        """sin(x)^2 and sin^2 x are the square of a sine, sin x^2 is the sine of a square."""
        self._deeper()
        exponent = self.factor() if self.take("^") else None
        tree = (name, self.atom() if self.here == "(" else self.power())
        self.depth -= 1
        return tree if exponent is None else ("^", tree, exponent)

    def closed(self, end: str) -> tuple[object, ...]:
        tree = self.expression()
        if not self.take(end):
            raise NotAnExpression(end)
        return tree


def _value(tree: tuple[object, ...], letters: Mapping[str, float]) -> float:
    head, *parts = tree
    if isinstance(head, float):
        return head
    if not parts:
        name = str(head)
        return float(letters[name]) if name in letters else CONSTANTS[name]
    values = [_value(part, letters) for part in parts]  # type: ignore[arg-type]
    if head in FUNCTIONS:
        return float(FUNCTIONS[str(head)](values[0]))
    return float(_SIGNS[str(head)](*values))


def _power(base: float, exponent: float) -> float:
    return math.pow(base, exponent)


_SIGNS: dict[str, Callable[..., float]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    "^": _power, "neg": lambda a: -a,
}  # fmt: skip
