"""A text with gaps, typed or chosen from a list.

The author writes a gap into the text: [[water|Water vapour]] is typed, with its variants; [[=current|voltage|power]]
is chosen, and the first one is right. Stored, the text holds [[1]], [[2]] … and the gaps stand beside it.
"""

from __future__ import annotations

import html
import re
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, keyed, one
from lms.quizzes.questions.scoring import EACH, check_scoring, edited_scoring, most_of, scored
from lms.quizzes.questions.texts import cell_fits, tolerance_of
from lms.quizzes.questions.typed import from_html, to_html

_WRITTEN = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_STORED = re.compile(r"\[\[(\d+)\]\]")
MOST_GAPS = 30


class Gaps(Kind):
    name = "gaps"
    title = _l("Gaps in a text")
    about = _l("Words left out of a text, to be typed or chosen.")

    def _blank(self) -> Content:
        return {"text": "", "gaps": [], "scoring": EACH, "ignore_case": True, "ignore_letters": True}

    def most(self, content: Content) -> float:
        return most_of(content)

    def _check(self, content: Content) -> list[Any]:
        found, gaps = check_scoring(content), content["gaps"]
        if not 1 <= len(gaps) <= MOST_GAPS:
            found.append(_l("Write at least one gap into the text, like [[water]]."))
        if _STORED.findall(content["text"]) != [str(place) for place in range(1, len(gaps) + 1)]:
            found.append(_l("The question is not whole."))
        for gap in gaps:
            if gap["mode"] == "typed" and not any(text.strip() for text in gap["answers"]):
                found.append(_l("A gap has no right answer."))
            if gap["mode"] == "chosen" and not (
                len(set(gap["options"])) >= 2 and gap["right"] in gap["options"]
            ):
                found.append(_l("A gap to be chosen needs at least two different options."))
        return found

    def _public(self, content: Content, seed: int) -> Content:
        return {
            "pieces": _STORED.split(content["text"]),
            "gaps": {
                str(place): {"options": list(_seen(gap, place, seed).items())}
                if gap["mode"] == "chosen"
                else {}
                for place, gap in enumerate(content["gaps"], 1)
            },
        }

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        said = []
        for place, gap in enumerate(content["gaps"], 1):
            given = one(fields, f"gap{place}")[:200]
            said.append(_seen(gap, place, seed).get(given, "") if gap["mode"] == "chosen" else given)
        return said if any(said) else None

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        pairs = zip(content["gaps"], answer, strict=True)
        return scored(content, [bool(said) and _fits(gap, said, content) for gap, said in pairs])

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return [
            f"{place}) {gap['right'] if gap['mode'] == 'chosen' else ' / '.join(gap['answers'])}"
            for place, gap in enumerate(content["gaps"], 1)
        ]

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [f"{place}) {text or '…'}" for place, text in enumerate(answer or (), 1)]

    def _edited(self, fields: Fields) -> Content:
        gaps: list[Content] = []

        def keep(found: re.Match[str]) -> str:
            gaps.append(_gap(found[1]))
            return f"[[{len(gaps)}]]"

        text = to_html(_WRITTEN.sub(keep, one(fields, "text")))
        return {"text": text, "gaps": gaps, **edited_scoring(fields, EACH), **tolerance_of(fields)}

    def _typed(self, content: Content) -> Content:
        written = [_as_written(gap) for gap in content["gaps"]]
        text = from_html(content["text"])
        return {"text": _STORED.sub(lambda found: written[int(found[1]) - 1], text)}


def _gap(written: str) -> Content:
    chosen = written.startswith("=")
    parts = [html.unescape(part).strip() for part in written.lstrip("=").split("|")]
    parts = [part for part in parts if part]
    if chosen:
        return {"mode": "chosen", "options": parts, "right": parts[0] if parts else ""}
    return {"mode": "typed", "answers": parts}


def _as_written(gap: Content) -> str:
    if gap["mode"] == "typed":
        return f"[[{'|'.join(gap['answers'])}]]"
    others = [text for text in gap["options"] if text != gap["right"]]
    return f"[[={'|'.join([gap['right'], *others])}]]"


def _seen(gap: Content, place: int, seed: int) -> dict[str, str]:
    return keyed(gap.get("options", []), seed, f"gap{place}")


def _fits(gap: Content, said: str, content: Content) -> bool:
    return said == gap["right"] if gap["mode"] == "chosen" else cell_fits(said, gap["answers"], content)
