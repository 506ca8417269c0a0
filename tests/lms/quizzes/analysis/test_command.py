"""`lms quizzes analyse` as whoever has a table from elsewhere uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from lms.commands import main
from lms.quizzes.analysis.responses import ResponsesRefused, read_responses
from tests.lms.quizzes.analysis import lsat6
from tests.lms.quizzes.analysis.simulated import truth

pytestmark = pytest.mark.pure


def analysed(folder: Path, table: bytes, *options: str) -> Result:
    file = folder / "responses.csv"
    file.write_bytes(table)
    return CliRunner().invoke(main, ["quizzes", "analyse", str(file), *options])


def told(folder: Path, table: bytes, *options: str) -> dict[str, Any]:
    result = analysed(folder, table, "--json", *options)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def table_of(marks: np.ndarray, header: bool = True, names: bool = True) -> bytes:
    rows = [[f"p{number}", *row] for number, row in enumerate(marks.astype(int).astype(str), start=1)]
    rows = [["id", *(f"q{n}" for n in range(1, marks.shape[1] + 1))], *rows] if header else rows
    return "\n".join(",".join(row if names else row[1:]) for row in rows).encode()


def test_lsat_6_in_figures(tmp_path: Path) -> None:
    found = told(tmp_path, table_of(lsat6.marks()), "--model", "2pl")
    assert (found["pupils"], found["model"], found["notes"]) == (1000, "2pl", [])
    assert [row["item"] for row in found["items"]] == ["q1", "q2", "q3", "q4", "q5"]
    assert [row["b"] for row in found["items"]] == pytest.approx(lsat6.TWO_B.tolist(), abs=0.005)
    assert [row["a"] for row in found["items"]] == pytest.approx(lsat6.TWO_A.tolist(), abs=0.005)
    assert len(found["persons"]) == 1000 and found["persons"][0]["pupil"] == "p1"


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("names", [True, False])
def test_header_and_names_are_found_out(header: bool, names: bool) -> None:
    marks = truth("rasch", 40, 6, 1).marks
    found = read_responses(table_of(marks, header, names))
    assert found.marks.tolist() == marks.tolist()
    assert len(found.items) == 6
    assert found.items[0] == ("q1" if header else "i1")
    assert found.pupils[0] == ("p1" if names else "1")


def test_empty_cells_are_items_that_were_not_given() -> None:
    found = read_responses("оқушы;1;2;3\nАйгүл;1;;0\nБолат;0;1\n\n".encode("utf-16"))
    assert found.pupils == ("Айгүл", "Болат")
    assert np.isnan(found.marks).tolist() == [[False, True, False], [False, False, True]]


@pytest.mark.parametrize(
    ("table", "code", "line"),
    [(b"", "empty", 0), (b"id,a,b\n", "empty", 0), (b"id,a,b\nx,1,0\ny,2,0\n", "value", 3),
     (b"id,a\nx,1\ny,1,0\n", "wide", 3), (b"id,a,b\nx,1,\xe2\x88\x9e\n", "value", 2)],
)  # fmt: skip
def test_what_is_no_table_of_answers_is_refused_by_line(table: bytes, code: str, line: int) -> None:
    with pytest.raises(ResponsesRefused) as refused:
        read_responses(table)
    assert (refused.value.code, refused.value.line) == (code, line)


def test_a_refusal_is_a_sentence_in_the_readers_language(tmp_path: Path) -> None:
    result = analysed(tmp_path, b"id,a,b\nx,1,0\ny,B,0\n", "--language", "ru")
    assert result.exit_code == 1
    assert "Строка 3, задание a: «B» — не ответ" in result.stderr


def test_a_table_to_read_says_what_to_do(tmp_path: Path) -> None:
    marks = truth("rasch", 60, 12, 3).marks
    marks[:, 4] = 1 - marks[:, 4]
    in_russian = analysed(tmp_path, table_of(marks), "--model", "3pl", "--language", "ru").stdout
    assert "Учеников меньше" not in in_russian
    assert "применена самая сильная из тех" in in_russian
    assert "q5: Слабые ученики отвечают на это лучше сильных: проверьте ключ" in in_russian
    in_kazakh = analysed(tmp_path, table_of(marks), "--language", "kk").stdout
    assert "Оқушылар: 60" in in_kazakh and "кілті мен сөздерін тексеріңіз" in in_kazakh


def test_eight_pupils_get_facility_only(tmp_path: Path) -> None:
    found = told(tmp_path, table_of(truth("rasch", 8, 5, 1).marks), "--model", "2pl")
    assert (found["asked"], found["model"], found["notes"]) == ("2pl", None, ["too_few"])
    assert "b" not in found["items"][0]
