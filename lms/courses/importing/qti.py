"""Assessments of a cartridge (QTI 1.2.1, CC 1.3 §5): what a check here can ask becomes its questions.

One or several right options, true and false, words to be typed, pairs (several lists of one choice each) and steps (an
ordered list) have their like here. An essay becomes homework.
Patterns have none and are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from lms.courses.importing.builder import Builder
from lms.courses.importing.markup import Markup
from lms.courses.importing.markup_files import Fetch, PageOf


def read(
    builder: Builder, tree: Any, title: str, fetch: Fetch, page_of: PageOf = lambda _address: ""
) -> None:
    questions, essays = [], []
    for item in (one for one in tree.iter() if _local(one) == "item"):
        ask, pictures = rich(_question(item), fetch, builder, page_of)
        for block in pictures:  # a question has words only: what they speak of stands before the check
            builder.block(*block)
        profile = _profile(item)
        answers = _answers(item)
        if "essay" in profile:
            essays.append({"title": item.get("title") or title, "html": ask})
        elif answers is None or "pattern" in profile or not ask:
            builder.missed["question"] += 1
        else:
            questions.append({"ask": ask, "answers": answers, "why": _why(item)})
    for start in range(0, len(questions), 60):
        part = questions[start : start + 60]
        builder.block("check", {"title": title or _title(tree), "questions": part})
    for essay in essays:
        builder.block("homework", essay)


def rich(
    markup: str, fetch: Fetch, outside: Builder, page_of: PageOf = lambda _address: ""
) -> tuple[str, list[Any]]:
    """Words as clean markup, and the blocks (pictures, tables) that stood among them."""
    if not markup.strip():
        return "", []
    try:
        tree = lxml_html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "", []
    inside = Builder()
    inside.files, inside.places = outside.files, outside.places
    Markup(inside, fetch, page_of=page_of).read(tree)
    inside.close()
    outside.missed.update(inside.missed)
    blocks = [block for lesson in inside.lessons for block in lesson["blocks"]]
    words = "".join(block[1]["html"] for block in blocks if block[0] == "text")
    return words, [block for block in blocks if block[0] != "text"]


def _profile(item: Any) -> str:
    fields = [one for one in item.iter() if _local(one) == "qtimetadatafield"]
    pairs = [[" ".join(part.itertext()).strip() for part in one] for one in fields]
    return next((pair[1].lower() for pair in pairs if len(pair) == 2 and pair[0] == "cc_profile"), "")


def _answers(item: Any) -> dict[str, Any] | None:
    lists = [one for one in item.iter() if _local(one) in ("response_lid", "response_grp")]
    if len(lists) > 1:
        return _pairs(item, lists)
    if lists and (lists[0].get("rcardinality") or "").lower() == "ordered":
        return _steps(item, lists[0])
    labels = [one for one in item.iter() if _local(one) == "response_label"]
    right = [value for _of, value in _right(item)]
    if labels and any(_local(one) == "response_lid" for one in item.iter()):
        options = [{"text": _plain(_material(one)), "right": one.get("ident", "") in right} for one in labels]
        whole = (
            len(options) > 1 and any(one["right"] for one in options) and all(one["text"] for one in options)
        )
        return {"options": options, "accepted": []} if whole else None
    if right and any(_local(one) == "response_str" for one in item.iter()):
        return {"options": [], "accepted": right}
    return None


def _pairs(item: Any, lists: list[Any]) -> dict[str, Any] | None:
    """Each list has the words of one side and, as its options, all of the other."""
    right = dict(reversed(list(_right(item))))
    pairs, others = [], set[str]()
    for one in lists:
        texts = _labels(one)
        others |= set(texts.values())
        left, answer = _plain(_own_material(one)), texts.get(right.get(one.get("ident", ""), ""), "")
        if not left or not answer:
            return None
        pairs.append({"left": left, "right": answer})
    return {"pairs": pairs, "extra": sorted(others - {one["right"] for one in pairs} - {""})}


def _steps(item: Any, lid: Any) -> dict[str, Any] | None:
    texts = _labels(lid)
    placed = [texts.get(value, "") for _of, value in _right(item)]
    whole = len(texts) > 1 and sorted(placed) == sorted(texts.values()) and all(placed)
    return {"steps": placed} if whole else None


def _labels(lid: Any) -> dict[str, str]:
    found = (one for one in lid.iter() if _local(one) == "response_label")
    return {one.get("ident", ""): _plain(_material(one)) for one in found}


def _own_material(lid: Any) -> str:
    """Words of a list itself, not of its options."""
    parts = [one for one in lid if _local(one) == "material"]
    return "".join(_material(one) for one in parts)


def _question(item: Any) -> str:
    """The words before the answers; those of a list that is one of several belong to its pair."""
    lists = [one for one in item.iter() if _local(one) in ("response_lid", "response_grp")]
    return _material(item, "presentation", apart=lists if len(lists) > 1 else [])


def _right(item: Any) -> Iterator[tuple[str, str]]:
    """(which list, answer) where points are given; under `not` stands what must not be chosen."""
    for condition in (one for one in item.iter() if _local(one) == "respcondition"):
        if not any(_points(one) for one in condition.iter() if _local(one) == "setvar"):
            continue
        for one in condition.iter():
            denied = any(_local(above) == "not" for above in one.iterancestors())
            if _local(one) == "varequal" and not denied:
                yield one.get("respident", ""), (one.text or "").strip()


def _points(one: Any) -> bool:
    try:
        return float((one.text or "").strip()) > 0
    except ValueError:
        return False


def _material(item: Any, inside: str = "", apart: Sequence[Any] = ()) -> str:
    """The texts of the question itself, not of its options. Plain text is made markup."""
    parts = []
    for one in item.iter():
        if _local(one) != "mattext":
            continue
        above = [_local(up) for up in one.iterancestors()]
        own = above[: above.index(_local(item))] if _local(item) in above else above
        if inside and (inside not in own or "response_label" in own):
            continue
        if any(up in apart for up in one.iterancestors()):
            continue
        text = "".join(one.itertext())
        html = "html" in (one.get("texttype") or "") or "</" in text
        parts.append(text if html else f"<p>{_escaped(text)}</p>")
    return "".join(parts)


def _why(item: Any) -> str:
    """General feedback says why an answer is right."""
    found = next(
        (
            one
            for one in item.iter()
            if _local(one) == "itemfeedback" and "general" in (one.get("ident") or "")
        ),
        None,
    )
    return _plain(_material(found))[:300] if found is not None else ""


def _plain(markup: str) -> str:
    if not markup.strip():
        return ""
    return " ".join("".join(lxml_html.fragment_fromstring(markup, create_parent="div").itertext()).split())


def _title(tree: Any) -> str:
    return next((one.get("title", "") for one in tree.iter() if _local(one) == "assessment"), "")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _local(one: Any) -> str:
    return one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
