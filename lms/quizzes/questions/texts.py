"""When a typed text is the wanted one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from lms.core.text import search_key
from lms.quizzes.questions.base import Content, Fields, ticked
from lms.quizzes.questions.numbers import number_of

_QUOTES = str.maketrans("«»“”„’‘`", '"""""\'\'\'')
_DASHES = str.maketrans("–—−", "---")


def fits(given: str, wanted: Iterable[str], ignore_case: bool = True, ignore_letters: bool = True) -> bool:
    """Spaces, quotes and dashes never matter; case and Kazakh letters typed as Russian ones when allowed."""
    mine = _compared(given, ignore_case, ignore_letters)
    return any(mine == _compared(one, ignore_case, ignore_letters) for one in wanted)


def _compared(text: str, ignore_case: bool, ignore_letters: bool) -> str:
    text = unicodedata.normalize("NFC", text).translate(_QUOTES).translate(_DASHES)
    text = re.sub(r"\s+", " ", text).strip().rstrip(".")
    if ignore_letters:
        # The house's own folding; it also evens out case, so case is compared beside it when it matters.
        folded = search_key(text)
        return folded if ignore_case else f"{folded}\x01{_case_of(text)}"
    return text.casefold() if ignore_case else text


def _case_of(text: str) -> str:
    return "".join("u" if letter.isupper() else "l" for letter in text if letter.isalpha())


def cell_fits(given: str, wanted: Iterable[str], content: Content) -> bool:
    """A number may be written in any usual way: 0,5 and 0.50 are one."""
    mine = number_of(given)
    if mine is not None and any(number_of(one) == mine for one in wanted):
        return True
    return fits(given, wanted, content.get("ignore_case", True), content.get("ignore_letters", True))


def tolerance_of(fields: Fields) -> dict[str, Any]:
    return {"ignore_case": ticked(fields, "ignore_case"), "ignore_letters": ticked(fields, "ignore_letters")}
