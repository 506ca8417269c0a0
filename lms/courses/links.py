"""Links from one lesson to another. In a text they name the lesson by its key; where it lies depends on who shows it.

A reader of documents, which knows no keys yet, names a lesson by the number of its page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

LESSON, PAGE = "lesson", "page"
_LINK = {
    kind: re.compile(rf'(<a [^>]*?)href="#{kind}-([0-9a-f-]{{1,36}})"')
    for kind in (LESSON, PAGE)
}  # fmt: skip


def named(content: Any, keys: Mapping[str, str], before: str = LESSON, after: str = LESSON) -> Any:
    """The same content; links whose lesson is in `keys` lead to the lesson named there."""
    if isinstance(content, dict):
        return {name: named(value, keys, before, after) for name, value in content.items()}
    if isinstance(content, list):
        return [named(one, keys, before, after) for one in content]
    if not isinstance(content, str) or f'"#{before}-' not in content:
        return content
    return _LINK[before].sub(
        lambda one: f'{one[1]}href="#{after}-{keys[one[2]]}"' if one[2] in keys else one[0], content
    )


def shown(markup: str, address: Callable[[str], str]) -> str:
    """Links lead where the lesson lies; one that lies nowhere here is plain text."""
    if f'"#{LESSON}-' not in markup:
        return markup
    return _LINK[LESSON].sub(lambda one: _there(one[1], address(one[2])), markup)


def _there(begin: str, address: str) -> str:
    return f'{begin}href="{escape(address)}"' if address else begin
