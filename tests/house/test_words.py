"""Every action on record, every fact noted with it, every kind of job and every setting has words for people."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask

from lms.admin.words import ACTIONS, JOBS, detail_words
from lms.admin.words.settings import SETTINGS
from lms.core.jobs.registry import KINDS
from lms.core.settings import Settings

ROOT = Path(__file__).parent.parent.parent
CODE = sorted(ROOT.glob("lms/**/*.py"))
OF_RECORD = {"path", "actor_id"}


def recorded(source: str) -> Iterator[tuple[str, set[str]]]:
    """(action, names of facts) of each `audit.record(…)`. An action handed to a function is looked for in its calls."""
    tree = ast.parse(source)
    for function in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]:
        own = function.args.args if isinstance(function, ast.FunctionDef) else []
        places = {argument.arg: place for place, argument in enumerate(own)}
        for call in calls(function, "record"):
            facts = {str(one.arg) for one in call.keywords} - OF_RECORD
            first = call.args[0]
            if isinstance(first, ast.Name) and first.id in places:
                asked = calls(tree, function.name)  # type: ignore[union-attr]
                yield from ((said(one.args[places[first.id]]), facts) for one in asked)
            elif function is tree:
                yield from [(said(first), facts)] if not isinstance(first, ast.Name) else []


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    """Of `audit.record` by its full name, of functions of the same file by theirs."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            by_audit = isinstance(called, ast.Attribute) and ast.unparse(called) == f"audit.{name}"
            if by_audit or (name != "record" and isinstance(called, ast.Name) and called.id == name):
                found.append(node)
    return found


def said(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) else f"not a plain text: {ast.unparse(node)}"


@pytest.mark.pure
def test_what_counts_as_recorded() -> None:
    source = """
def close(row):
    audit.record("class.closed", row, path=row.path, name=row.name)
def noted(place, action):
    audit.record(action, place)
noted(place, "people.exported")
audit.record(f"class.{verb}")
blueprint.record(keep)
"""
    assert sorted(recorded(source)) == [
        ("class.closed", {"name"}), ("not a plain text: f'class.{verb}'", set()), ("people.exported", set()),
    ]  # fmt: skip


@pytest.mark.pure
def test_every_action_on_record_has_words() -> None:
    found = {action: file for file in CODE for action, _facts in recorded(file.read_text("utf-8"))}
    assert len(found) > 10
    assert {action: str(file) for action, file in found.items() if action not in ACTIONS} == {}


def test_every_fact_on_record_has_words(app: Flask) -> None:
    found = {fact for file in CODE for _action, facts in recorded(file.read_text("utf-8")) for fact in facts}
    with app.test_request_context():
        assert {fact for fact in found - {"before", "after"} if detail_words(fact) == fact} == set()


@pytest.mark.pure
def test_every_kind_of_job_has_words() -> None:
    assert {kind for kind in KINDS if not kind.startswith("test.")} - set(JOBS) == set()


@pytest.mark.pure
def test_every_setting_has_words() -> None:
    assert {one.name for one in fields(Settings)} == set(SETTINGS)
