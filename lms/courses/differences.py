"""Two states of a text compared word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 4000  # words; beyond that two texts are shown whole


@dataclass(frozen=True)
class Part:
    """`what`: same, gone, new."""

    what: str
    text: str


def words_apart(before: str, after: str) -> list[Part]:
    old, new = re.findall(r"\S+|\s+", before), re.findall(r"\S+|\s+", after)
    if max(len(old), len(new)) > LONGEST:
        return [Part("gone", before), Part("new", after)]
    parts: list[Part] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Part("same", _short("".join(old[i:j]))))
            continue
        parts += [Part("gone", "".join(old[i:j]))] if j > i else []
        parts += [Part("new", "".join(new[k:m]))] if m > k else []
    return parts


def _short(text: str) -> str:
    """A long stretch that stayed is only shown at its ends."""
    return text if len(text) < 240 else f"{text[:100]} … {text[-100:]}"
