"""Moodle XML the way Moodle itself writes it: files beside their text, feedback, categories, its own spellings."""

from __future__ import annotations

import base64

from tests.lms.quizzes.exchange import made

KINDS = 8


def export(count: int) -> bytes:
    """`count` questions of all the kinds that come along, each with a picture and a formula."""
    questions = "".join(_question(number) for number in range(count))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{questions}</quiz>\n'.encode()


def _question(number: int) -> str:
    kind, inside, more = (
        _choice, _choices, _true_false, _short, _numerical, _matching, _cloze, _essay,
    )[number % KINDS](number)  # fmt: skip
    category = f"Физика/{number // 50}-бөлім"
    head = f'<question type="category"><category><text>$course$/top/{category}</text></category></question>\n'
    data = base64.b64encode(made.picture(number % 12)).decode()
    stem = (
        f"<p>№{number}: $$ v_{{{number}}} = \\frac{{s}}{{t}} &lt; 3 $$ және \\( \\sqrt{{x}} \\) {more}"
        f'<img src="@@PLUGINFILE@@/сурет%20{number}.png" alt="сызба {number}"></p>'
    )
    return f"""{head if number % 50 == 0 else ""}<question type="{kind}">
  <name><text>Сұрақ {number}</text></name>
  <questiontext format="html"><text><![CDATA[{stem}]]></text><file name="сурет {number}.png" path="/" encoding="base64">{data}</file></questiontext>
  <generalfeedback format="html"><text><![CDATA[<p>Себебі \\( {number} \\)</p>]]></text></generalfeedback>
  <defaultgrade>{1 + number % 3}.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden><idnumber></idnumber>
  {inside}
  <hint format="html"><text><![CDATA[<p>Ойланыңыз {number}</p>]]></text></hint>
</question>
"""


def _answer(text: str, fraction: float) -> str:
    return f'<answer fraction="{fraction:g}" format="html"><text><![CDATA[{text}]]></text><feedback format="html"><text></text></feedback></answer>'


def _choice(number: int) -> tuple[str, str, str]:
    answers = "".join(
        _answer(f"<p>\\( {place} \\) см &amp; {number}</p>", 100 * (place == number % 4))
        for place in range(4)
    )
    return "multichoice", f"<single>true</single><shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>{answers}", ""  # fmt: skip


def _choices(number: int) -> tuple[str, str, str]:
    answers = "".join(
        _answer(f"нұсқа {place} · {number}", 50 if place in (1, 3) else -50) for place in range(5)
    )
    return "multichoice", f"<single>false</single><shuffleanswers>0</shuffleanswers>{answers}", ""


def _true_false(number: int) -> tuple[str, str, str]:
    right = number % 16 == 2
    return "truefalse", _answer("true", 100 * right) + _answer("false", 100 * (not right)), ""


def _short(number: int) -> tuple[str, str, str]:
    answers = f'<answer fraction="100" format="moodle_auto_format"><text>қысым {number}</text></answer><answer fraction="100"><text>5 \\* {number}</text></answer>'
    return "shortanswer", f"<usecase>{number % 16 // 8}</usecase>{answers}", ""


def _numerical(number: int) -> tuple[str, str, str]:
    units = "<unitgradingtype>0</unitgradingtype><units><unit><multiplier>1</multiplier><unit_name>м</unit_name></unit><unit><multiplier>0.001</multiplier><unit_name>км</unit_name></unit></units>"
    return "numerical", f'<answer fraction="100"><text>{number / 4}</text><tolerance>0.05</tolerance></answer>{units}', ""  # fmt: skip


def _matching(number: int) -> tuple[str, str, str]:
    pairs = "".join(
        f'<subquestion format="html"><text><![CDATA[<p>шама {place}</p>]]></text><answer><text>өлшем {place} &lt; {number}</text></answer></subquestion>'
        for place in range(3)
    )
    lonely = '<subquestion format="html"><text></text><answer><text>артық</text></answer></subquestion>'
    return "matching", f"<shuffleanswers>true</shuffleanswers>{pairs}{lonely}", ""


def _cloze(number: int) -> tuple[str, str, str]:
    return (
        "cloze",
        "",
        f"Су {{1:SHORTANSWER:=мұз {number}~=қар}} не {{2:MULTICHOICE:ток~=кернеу~күш}} болады.",
    )


def _essay(number: int) -> tuple[str, str, str]:
    limits = f"<minwordlimit>{number}</minwordlimit><maxwordlimit>{number + 100}</maxwordlimit>"
    return "essay", f"<responseformat>editor</responseformat>{limits}<graderinfo format='html'><text></text></graderinfo>", ""  # fmt: skip
