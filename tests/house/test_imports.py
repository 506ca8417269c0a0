"""Imports flow upstream, and stand at the top of their file."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from importlinter import cli

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parent.parent.parent
CODE = sorted([*ROOT.glob("lms/**/*.py"), *ROOT.glob("scorm/**/*.py")])


def test_imports_flow_upstream() -> None:
    assert cli.lint_imports(config_filename=str(ROOT / "setup.cfg"), no_cache=True) == 0


def late_imports(source: str) -> list[int]:
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [
        one.lineno
        for function in functions
        for one in ast.walk(function)
        if isinstance(one, ast.Import | ast.ImportFrom)
    ]


def test_no_import_hides_in_a_function() -> None:
    assert late_imports("def f():\n    import os") == [2]
    assert {str(file): lines for file in CODE if (lines := late_imports(file.read_text("utf-8")))} == {}


def test_functions_and_files_stay_readable() -> None:
    long_files = [f"{file}: {n}" for file in CODE if (n := len(file.read_text("utf-8").splitlines())) > 350]
    assert long_files == []
    assert [place for file in CODE for place in _long_functions(file)] == []


def _long_functions(file: Path) -> list[str]:
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    functions = (node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [
        f"{file}:{one.lineno} {one.name}" for one in functions if (one.end_lineno or 0) - one.lineno >= 50
    ]
