"""Marks of every kind, by hand-made cases. Each line: what is filled in, what it is worth, how many mistakes."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest

from lms.quizzes.questions import KINDS, kind_of
from tests.lms.quizzes.samples import SAMPLES, options, sample

pytestmark = pytest.mark.pure
SEED = 7


def filled(name: str, content: dict[str, Any], answer: Any) -> float:
    return kind_of(name).mark(content, answer, SEED).points


def sent(name: str, content: dict[str, Any], **fields: Any) -> float:
    """The way of a form: the fields as a browser sends them."""
    lists = {key: value if isinstance(value, list) else [value] for key, value in fields.items()}
    kind = kind_of(name)
    return kind.mark(content, kind.answer(content, SEED, lists), SEED).points


def shown_key(name: str, content: dict[str, Any], part: str, text: str) -> str:
    """The opaque key behind which the answerer sees this text."""
    found = kind_of(name).public(content, SEED)[part]
    return next(row["key"] for row in found if row["text"] == text)


def test_there_is_a_sample_of_every_kind_and_each_is_whole() -> None:
    assert set(SAMPLES) == set(KINDS)
    assert {name: kind_of(name).check(content) for name, content in SAMPLES.items()} == dict.fromkeys(
        KINDS, []
    )


# Six options of which three are right: mistakes = (3 − c) + w.
@pytest.mark.parametrize(
    "chosen, mistakes, points",
    [
        ("abd", 0, 2), ("ab", 1, 1), ("abdc", 1, 1), ("a", 2, 0), ("abc", 2, 0), ("abdce", 2, 0),
        ("cef", 6, 0), ("abcdef", 3, 0), ("", 3, 0),
    ],
)  # fmt: skip
def test_several_by_the_number_of_mistakes(chosen: str, mistakes: int, points: float) -> None:
    mark = kind_of("several").mark(SAMPLES["several"], list(chosen) or None)
    assert mark.points == points and (not chosen or mark.mistakes == mistakes)
    assert mark.most == 2


@pytest.mark.parametrize("right", ["a", "ab", "abc", "bdf", "abcdef"])
def test_mistakes_of_every_choice_of_six_are_counted_by_the_rule(right: str) -> None:
    """All 63 choices for T = 1, 2, 3, 3 and 6 right options: mistakes = (T − c) + w, points by the table."""
    table = {"0": 4, "1": 3, "2": 1}
    content = sample(options=options(*"123456", right=right), scoring="mistakes", table=table)
    for size in range(1, 7):
        for chosen in combinations("abcdef", size):
            c, w = len(set(chosen) & set(right)), len(set(chosen) - set(right))
            mark = kind_of("several").mark(content, list(chosen))
            assert (mark.mistakes, mark.points) == (
                len(right) - c + w,
                table.get(str(len(right) - c + w), 0),
            ), chosen


# The same table of mistakes in the other kinds that can be scored by it: none 2 points, one 1, more nothing.
@pytest.mark.parametrize(
    "kind, answers, points",
    [
        ("matching", [["v1", "v2"], ["v1", "v4"], ["v2", "v1"]], [2, 1, 0]),
        ("ordering", [list("abcd"), ["a", "b", "c", ""], list("abdc")], [2, 1, 0]),
        ("gaps", [["жүз", "газ"], ["99", "газ"], ["99", "қатты"]], [2, 1, 0]),
        ("classification", [["g1", "g1", "g2"], ["g1", "g2", "g2"], ["g2", "g2", "g2"]], [2, 1, 0]),
        ("table", [["Н", "6"], ["Н", "7"], ["Па", "7"]], [2, 1, 0]),
        ("hot_spot", [[[50, 40], [15, 15]], [[50, 40], [90, 90]], [[90, 90], [91, 91]]], [2, 1, 0]),
    ],
)  # fmt: skip
def test_other_kinds_by_the_number_of_mistakes(kind: str, answers: list[Any], points: list[float]) -> None:
    content = {**SAMPLES[kind], "scoring": "mistakes", "table": {"0": 2, "1": 1}}
    assert kind_of(kind).check(content) == []
    assert [filled(kind, content, one) for one in (*answers, None)] == [*points, 0]
    assert [kind_of(kind).mark(content, one).mistakes for one in answers] == [0, 1, 2]


@pytest.mark.parametrize(
    "mode, chosen, points",
    [
        ("all", "abd", 3), ("all", "ab", 0), ("all", "abdc", 0),
        ("each", "abd", 3), ("each", "ab", 2), ("each", "abc", 1), ("each", "cef", 0), ("each", "abdcef", 0),
    ],
)  # fmt: skip
def test_several_in_other_modes(mode: str, chosen: str, points: float) -> None:
    assert filled("several", {**SAMPLES["several"], "scoring": mode, "points": 3}, list(chosen)) == points


def test_an_empty_answer_is_worth_nothing_even_when_few_options_are_right() -> None:
    """One right option, nothing chosen: one mistake by the rule, yet no point."""
    content = sample(options=options("1", "2", "3", right="a"), scoring="mistakes", table={"0": 2, "1": 1})
    assert kind_of("several").mark(content, None).points == 0


def test_single() -> None:
    assert [filled("single", SAMPLES["single"], one) for one in ("a", "b", "zz", None)] == [1, 0, 0, 0]
    key = shown_key("single", SAMPLES["single"], "options", "Ньютон")
    assert sent("single", SAMPLES["single"], choice=key) == 1
    assert sent("single", SAMPLES["single"], choice="a") == 0, "the author's own names mean nothing outside"


@pytest.mark.parametrize("right, choice, points", [(True, "true", 1), (True, "false", 0), (False, "false", 1), (False, "", 0)])  # fmt: skip
def test_true_false(right: bool, choice: str, points: float) -> None:
    assert sent("true_false", sample(right=right), choice=choice) == points


@pytest.mark.parametrize(
    "text, points",
    [
        ("Қысым", 1), ("қысым", 1), ("КЫСЫМ", 1), (" кысым  куши ", 1), ("қысым күші.", 1), ("қысымм", 0), ("", 0),
    ],
)  # fmt: skip
def test_short_text_with_tolerance(text: str, points: float) -> None:
    assert sent("short_text", SAMPLES["short_text"], text=text) == points


@pytest.mark.parametrize(
    "case, letters, text, points",
    [
        (False, False, "Әл-Фараби", 1), (False, False, "әл-фараби", 0), (False, False, "Ал-Фараби", 0),
        (True, False, "әл-фараби", 1), (True, False, "ал-фараби", 0), (False, True, "Ал-Фараби", 1),
        (False, True, "ал-Фараби", 0), (True, True, "ал–фараби", 1),
    ],
)  # fmt: skip
def test_short_text_without_it(case: bool, letters: bool, text: str, points: float) -> None:
    content = sample(answers=["Әл-Фараби"], ignore_case=case, ignore_letters=letters)
    assert sent("short_text", content, text=text) == points


@pytest.mark.parametrize(
    "text, points",
    [
        ("9,8", 1), ("9.8", 1), ("9,9", 1), ("9,7", 1), ("9,95", 0), ("9,65", 0), ("9,8 м/с²", 1), ("9,8м/с^2", 1),
        ("980 см/с²", 1), ("980", 0), ("9,8 кг", 0), ("49/5", 1), ("0,98·10^1", 1), ("98e-1", 1), ("көп", 0), ("-9,8", 0),
        ("1/0", 0), ("9" * 70, 0),
    ],
)  # fmt: skip
def test_number_with_tolerance_and_units(text: str, points: float) -> None:
    assert sent("number", SAMPLES["number"], text=text) == points


def test_number_in_percent_and_with_a_needed_unit() -> None:
    content = {**SAMPLES["number"], "value": 2000, "tolerance": 1, "in_percent": True, "unit_needed": True}
    given = ["2 020 м/с²", "2021 м/с²", "2000", "−2000 м/с²"]
    assert [sent("number", content, text=text) for text in given] == [1, 0, 0, 0]


def test_matching_row_by_row() -> None:
    content = SAMPLES["matching"]
    assert [filled("matching", content, one) for one in (["v1", "v2"], ["v1", "v3"], ["v2", "v1"], ["", "v2"])] == [2, 1, 0, 1]  # fmt: skip
    strict = {**content, "scoring": "mistakes", "table": {"0": 2, "1": 1}}
    assert [filled("matching", strict, one) for one in (["v1", "v2"], ["v1", "v3"], ["v4", "v3"])] == [
        2,
        1,
        0,
    ]
    rows = {row["text"]: row["key"] for row in kind_of("matching").public(content, SEED)["rows"]}
    fields = {
        f"row{rows['Күш']}": shown_key("matching", content, "values", "Н"),
        f"row{rows['Қуат']}": shown_key("matching", content, "values", "Вт"),
    }
    assert sent("matching", content, **fields) == 2
    assert sent("matching", content) == 0


def test_ordering() -> None:
    content = SAMPLES["ordering"]
    assert [filled("ordering", content, list(one)) for one in ("abcd", "abdc", "dcba")] == [1, 0, 0]
    each = {**content, "scoring": "each", "points": 4}
    assert [filled("ordering", each, list(one)) for one in ("abcd", "abdc", "dcba")] == [4, 2, 0]
    keys = {row["text"]: row["key"] for row in kind_of("ordering").public(content, SEED)["steps"]}
    numbers = {f"step{keys[text]}": str(place) for place, text in enumerate(("бір", "екі", "үш", "төрт"), 1)}
    assert sent("ordering", content, **numbers) == 1
    twice = {**numbers, f"step{keys['екі']}": "1"}
    assert sent("ordering", each, **twice) == 2, "a place that two claim is spoilt"


def test_gaps() -> None:
    content = SAMPLES["gaps"]
    options_of = dict(kind_of("gaps").public(content, SEED)["gaps"]["2"]["options"])
    gas = next(key for key, text in options_of.items() if text == "газ")
    assert sent("gaps", content, gap1="100", gap2=gas) == 2
    assert sent("gaps", content, gap1="100,0", gap2=gas) == 2
    assert sent("gaps", content, gap1="ЖУЗ") == 1
    assert sent("gaps", content, gap1="99", gap2="газ") == 0
    assert sent("gaps", {**content, "scoring": "all"}, gap1="100") == 0


def test_classification() -> None:
    content = SAMPLES["classification"]
    assert [filled("classification", content, one) for one in (["g1", "g1", "g2"], ["g1", "g2", "g2"], ["", "", "g2"])] == [3, 2, 1]  # fmt: skip


@pytest.mark.parametrize(
    "x, y, points",
    [
        (["50", "15"], ["40", "15"], 2), (["50"], ["40"], 1), (["57", "15"], ["47", "15"], 2), (["58"], ["48"], 0),
        (["50", "50"], ["40", "41"], 1), (["30", "29,5"], ["20", "20"], 1), (["200"], ["40"], 0), ([""], [""], 0),
    ],
)  # fmt: skip
def test_hot_spot(x: list[str], y: list[str], points: float) -> None:
    assert sent("hot_spot", SAMPLES["hot_spot"], x=x, y=y) == points


def test_table() -> None:
    assert sent("table", SAMPLES["table"], cell1="ньютон", cell2="6,0") == 2
    assert sent("table", SAMPLES["table"], cell1="Дж", cell2="6") == 1
    assert sent("table", SAMPLES["table"]) == 0


@pytest.mark.parametrize(
    "expression, text, points",
    [
        ("2*(x+1)", "2x + 2", 1), ("2*(x+1)", "2(x+1)", 1), ("2*(x+1)", "2x+1", 0), ("2*(x+1)", "(x+1)+(1+x)", 1),
        ("x^2-1", "(x-1)(x+1)", 1), ("x^2-1", "x²−1", 1), ("x^2-1", "-1+x*x", 1), ("x^2-1", "x^2+1", 0),
        ("-x^2", "-(x^2)", 1), ("-x^2", "(-x)^2", 0), ("sin(x)^2+cos(x)^2", "1", 1), ("sin(x)^2", "sin^2(x)", 1), ("sin(x)^2", "sin x^2", 0), ("x/3", "x:3", 1),
        ("0,5x", "x/2", 1), ("|x|", "sqrt(x^2)", 1), ("x", "__import__('os')", 0), ("x", "x;x", 0), ("x", "", 0),
        ("x", "((((x", 0), ("x", "9^9^9^9^9", 0), ("x", "(" * 100 + "x" + ")" * 100, 0), ("x", "y", 0),
        ("2^x", "e^(x*ln(2))", 1), ("x", "1/0", 0), ("x", "-" * 200 + "x", 0),
    ],
)  # fmt: skip
def test_formula(expression: str, text: str, points: float) -> None:
    assert sent("formula", {**SAMPLES["formula"], "expression": expression}, text=text) == points


def test_calculated_draws_from_the_seed() -> None:
    content, kind = SAMPLES["calculated"], kind_of("calculated")
    stems = {kind.public(content, seed)["stem"] for seed in range(40)}
    assert len(stems) > 10 and all("{" not in stem for stem in stems)
    for seed in range(40):
        first, second = (
            kind.public(content, seed)["stem"].removeprefix("<p>").split(" нешеге")[0].split(" + ")
        )
        wanted = float(first.replace(",", ".")) + float(second.replace(",", "."))
        assert kind.mark(content, str(wanted).replace(".", ","), seed).points == 1
        assert kind.mark(content, str(wanted + 0.5), seed).points == 0


@pytest.mark.parametrize("name", ["essay", "file", "audio", "drawing"])
def test_what_a_person_marks_waits_for_them(name: str) -> None:
    kind = kind_of(name)
    fields = {
        "text": ["Менің ойымша"],
        "file": ["b" * 64],
        "name": ["дәптер.jpg"],
        "strokes": ["1,2 3,4;5,6 7,8"],
    }
    answer = kind.answer(SAMPLES[name], SEED, fields)
    assert kind.mark(SAMPLES[name], answer).by_hand
    nothing = kind.mark(SAMPLES[name], kind.answer(SAMPLES[name], SEED, {}))
    assert (nothing.by_hand, nothing.points) == (False, 0), "nobody has to read what was not written"
    assert kind.most(SAMPLES["essay"]) == 3 if name == "essay" else True


def test_a_context_is_read_and_worth_nothing() -> None:
    assert kind_of("context").mark(SAMPLES["context"], None).most == 0


@pytest.mark.parametrize("name", sorted(KINDS))
def test_hostile_fields_are_no_answer_and_never_an_error(name: str) -> None:
    kind, content = kind_of(name), SAMPLES[name]
    bad = ["\0", "-1", "999", "𝟙", "NaN", "inf", "1e999", "<script>", "a" * 30_000, "²"]
    names = ["choice", "text", "x", "y", "file", "name", "strokes", *(f"{part}{n}" for part in ("row", "step", "gap", "cell") for n in range(1, 5))]  # fmt: skip
    for value in bad:
        answer = kind.answer(content, SEED, dict.fromkeys(names, [value, value]))
        mark = kind.mark(content, answer, SEED)
        assert 0 <= mark.points <= mark.most
        json.dumps(answer, allow_nan=False)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_broken_content_is_told_and_never_an_error(name: str) -> None:
    kind = kind_of(name)
    for key in SAMPLES[name]:
        for broken in (None, 5, "x", [], [None], {}, [{"id": 1}]):
            assert isinstance(kind.check({**SAMPLES[name], key: broken}), list)
    assert kind.check({}) != [] and kind.check(kind.blank()) != []


SECRETS: dict[str, list[str]] = {
    "single": ['"right"', "KEYWORD", '"a"'], "several": ['"right"', "KEYWORD", "table"], "true_false": ["right"],
    "short_text": ["ысым", "answers"], "number": ["9.8", "tolerance", "value"], "matching": ['"value"', "v1"],
    "ordering": ['"a"', "id"], "gaps": ["жүз", '"right"', "answers"], "classification": ['"group"', "g1"],
    "hot_spot": ["areas", "50", "40"], "table": ["ньютон", "answers"], "formula": ["x+1", "expression"],
    "calculated": ["expression", "parameters"], "essay": ["rubric"], "file": ["rubric"], "audio": ["rubric"],
    "drawing": ["rubric"], "context": ["KEYWORD"],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(KINDS))
def test_what_is_shown_holds_no_key(name: str) -> None:
    shown = json.dumps(kind_of(name).public(SAMPLES[name], SEED), ensure_ascii=False)
    assert [secret for secret in (*SECRETS[name], "explanation", "KEYWORD") if secret in shown] == []


# The same question twice, only its key differs.
OTHER_KEYS: dict[str, dict[str, Any]] = {
    "single": {"right": "c"},
    "several": {"options": options("2", "3", "4", "5", "6", "9", right="cf")},
    "true_false": {"right": False},
    "short_text": {"answers": ["Күш"]},
    "number": {"value": 17, "tolerance": 3},
    "matching": {"rows": [{"text": "Күш", "value": "v4"}, {"text": "Қуат", "value": "v3"}]},
    "gaps": {"gaps": [{"mode": "typed", "answers": ["0"]}, {**SAMPLES["gaps"]["gaps"][1], "right": "қатты"}]},
    "classification": {"cards": [{"text": text, "group": "g2"} for text in ("Темір", "Мыс", "Күкірт")]},
    "hot_spot": {"areas": [{"x": 90, "y": 90, "r": 5}, {"x": 1, "y": 1, "r": 1}]},
    "table": {"rows": [[{"given": "Күш"}, {"answers": ["Дж"]}], [{"given": "2 · 3"}, {"answers": ["5"]}]]},
    "formula": {"expression": "x"},
    "calculated": {"expression": "a - b", "tolerance": 2},
    "essay": {
        "rubric": [{"text": "Басқа", "levels": [{"points": 3, "text": "иә"}, {"points": 0, "text": "жоқ"}]}]
    },
}


@pytest.mark.parametrize("name", sorted(OTHER_KEYS))
def test_two_keys_look_the_same_to_whoever_answers(name: str) -> None:
    other = {**SAMPLES[name], **OTHER_KEYS[name]}
    assert kind_of(name).check(other) == []
    for seed in range(20):
        assert kind_of(name).public(SAMPLES[name], seed) == kind_of(name).public(other, seed)


def test_the_order_of_options_does_not_give_the_author_s_away() -> None:
    firsts = {kind_of("single").public(SAMPLES["single"], seed)["options"][0]["text"] for seed in range(40)}
    assert len(firsts) == 4
