"""The command line: what it offers, and that it says so when asked for something else."""

from __future__ import annotations

import io

import pytest

from scorm.__main__ import main
from scorm.commands.play import play
from scorm.datamodel.tables import as_json

pytestmark = pytest.mark.pure


def test_the_tables_are_printed_as_they_are_committed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables"]) == 0
    assert capsys.readouterr().out == as_json()


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_anything_else_is_answered_with_what_there_is(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert "play" in capsys.readouterr().err


def test_play_answers_line_by_line_and_passes_over_empty_ones() -> None:
    out = io.StringIO()
    assert play([b"\n", b'{"do": "state"}\n', b"\xff\xfe\n"], out, "2026-11-20T08:00:00Z") == 0
    assert out.getvalue().count('"fault"') == len(out.getvalue().splitlines()) == 2
