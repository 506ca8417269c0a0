"""Answers of the questions inside lessons: typed as lines, marked alike here and in a package, answered without script."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lxml import html as lxml_html

from lms.courses import marking, showing
from lms.courses.blocks import KINDS, answer_parts
from lms.courses.blocks.answers import as_text
from tests.cast import Cast
from tests.lms.courses.test_blocks import CANARY
from tests.scorm.adapter.peers import NODE

PAIRS = "метр -> ұзындық\nкилограмм → масса\n-> салмақ"
STEPS = "1. Өлшеу\n2) Есептеу\n3. Салыстыру"
GAPS = "Су [[100|жүз]] °C-та қайнап, [[=бу|мұз]] болады"


@pytest.mark.pure
@pytest.mark.parametrize(
    "typed, given, right",
    [
        ("* Сырдария\nІле", ["0"], True), ("* Сырдария\nІле", ["1"], False), ("* a\n* b\nc", ["0", "1"], True),
        ("* a\n* b\nc", ["0"], False), ("= 9,8 ± 0,1", ["9.75"], True), ("= 9,8 ± 0,1", ["9,6"], False),
        ("= 1 000", ["1000"], True), ("= Сырдария\n= Сыр", ["сырдария"], True), ("= Тұмар", ["тумар"], True),
        ("= Тұмар", [""], False), ("* a\nb", [], False), ("= 5", ["nan"], False), ("= 5", ["1e999"], False),
        (PAIRS, ["2", "0"], True), (PAIRS, ["0", "2"], False), (PAIRS, ["2"], False), (PAIRS, ["", "0"], False),
        (PAIRS, ["2", "9"], False), (STEPS, ["1", "3", "2"], True), (STEPS, ["1", "2", "3"], False), (STEPS, [], False),
        (GAPS, ["100,0", "бу"], True), (GAPS, ["жүз", "БУ"], True), (GAPS, ["99", "бу"], False), (GAPS, ["", ""], False),
    ],
)  # fmt: skip
def test_marking_is_the_same_here_and_in_a_package(
    typed: str, given: list[str], right: bool, packed_marking: Callable[[Any, list[str]], bool]
) -> None:
    answers = KINDS["question"].clean({"answers": typed})["answers"]
    assert marking.mark(answers, given) is right
    assert packed_marking(answers, given) is right
    assert KINDS["question"].clean({"answers": as_text(answers)})["answers"] == answers


@pytest.fixture(scope="module")
def packed_marking() -> Iterator[Callable[[Any, list[str]], bool]]:
    """marking.ts in Node, a line for each question."""
    program = """
      import { transformSync } from "esbuild";
      import { readFileSync } from "node:fs";
      import { createInterface } from "node:readline";
      const { code } = transformSync(readFileSync("lms/web/assets/courses/marking.ts", "utf8"), { loader: "ts" });
      const { mark } = await import("data:text/javascript," + encodeURIComponent(code));
      for await (const line of createInterface({ input: process.stdin })) console.log(mark(...JSON.parse(line)));
    """
    command = [NODE, "--input-type=module", "-e", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
        assert node.stdin and node.stdout

        def ask(answers: Any, given: list[str]) -> bool:
            node.stdin.write(json.dumps([answers, given]) + "\n")  # type: ignore[union-attr]
            node.stdin.flush()  # type: ignore[union-attr]
            return node.stdout.readline() == "true\n"  # type: ignore[union-attr]

        yield ask
        node.stdin.close()


@pytest.mark.pure
@pytest.mark.parametrize(
    "typed", ["метр -> ұзындық", "1. бір\n2. бір", "су [[=бу]]", "метр ->\nсекунд -> уақыт"]
)
def test_half_an_answer_with_parts_is_noticed(typed: str, cast: Cast) -> None:
    with cast.app.test_request_context():
        assert (
            len(KINDS["question"].missing(KINDS["question"].clean({"ask": "<p>?</p>", "answers": typed})))
            == 1
        )


@pytest.mark.pure
def test_what_is_shown_of_parts_does_not_tell_their_order() -> None:
    answers = KINDS["question"].clean({"answers": STEPS})["answers"]
    assert answers["shown"] != sorted(answers["shown"]) and sorted(answers["shown"]) == [0, 1, 2]
    pairs = KINDS["question"].clean({"answers": PAIRS})["answers"]
    assert pairs["values"] == ["масса", "салмақ", "ұзындық"]
    assert answer_parts.said(pairs, ["2", ""]) == "метр → ұзындық; килограмм → …"
    assert answer_parts.said(answers, ["2", "3", "1"]).count("; ") == 2


@pytest.mark.parametrize("typed", ["PAIRS", "STEPS", "GAPS"])
def test_parts_are_answered_without_script_and_printed(typed: str, cast: Cast) -> None:
    kind, text = KINDS["question"], globals()[typed]
    content = kind.clean({"ask": "<p>?</p>", "answers": text})
    block = {"id": "b1", "kind": "question", "kk": content, "ru": None}
    with cast.app.test_request_context():
        shown = showing.Shown({}, str, "kk", answer_to=lambda key: f"/answer/{key}")
        page = lxml_html.fromstring(str(showing.markup(block, shown)))
        printed = " ".join(piece.text + str(piece.rows) for piece in kind.pieces(content))
    fields = page.xpath("//select | //input[@name='a-b1-0']")
    assert len(fields) == {"PAIRS": 2, "STEPS": 3, "GAPS": 2}[typed]
    for one in fields:
        assert one.get("aria-label") or page.xpath(f"//label[@for='{one.get('id')}']")
    assert "___" in printed and "100" not in printed


def test_no_word_of_a_stranger_becomes_markup_in_a_part(cast: Cast) -> None:
    typed = [f"{CANARY} -> {CANARY}\nb -> c", f"1. {CANARY}\n2. b", f"{CANARY} [[=a|{CANARY}]] [[b]]"]
    with cast.app.test_request_context():
        for text in typed:
            content = KINDS["question"].clean({"ask": "<p>?</p>", "answers": text})
            assert content["answers"]["kind"] in ("pairs", "order", "gaps")
            for packed in (True, False):
                shown = showing.Shown({}, str, "kk", packed=packed)
                block = {"id": "b1", "kind": "question", "kk": content, "ru": None}
                tree = lxml_html.fragment_fromstring(str(showing.markup(block, shown)), create_parent="div")
                assert not tree.xpath("//script | //img | //a | //*[@onerror]")
