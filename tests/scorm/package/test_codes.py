"""The list of codes is whole: nothing is said that is not in it, and each is a word with a line."""

import re
from pathlib import Path

import pytest

import scorm.package
from scorm.package.codes import CODES
from scorm.package.report import Report

pytestmark = pytest.mark.pure

HERE = Path(scorm.package.__file__).parent
OF_READING = ("archive", "manifest")
FILES = [
    path
    for path in HERE.rglob("*.py")
    if path.parent.name in OF_READING
    or path.name
    in {
        "encoding.py",
        "files.py",
        "hrefs.py",
        "metadata.py",
        "names.py",
        "objectives.py",
        "sequencing.py",
        "values.py",
        "xml.py",
    }
]


def raised():
    for path in FILES:
        for found in re.finditer(
            r"(?:PackageRefused|BadHref|report\.add|_within)\(\s*\"([a-z0-9-]+)\"", path.read_text("utf-8")
        ):
            yield found.group(1)


def test_every_code_that_is_said_is_explained():
    assert set(raised()) <= set(CODES)


def test_codes_are_words_and_explanations_are_lines():
    for code, (level, explanation) in CODES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert level in ("error", "warning", "note")
        assert explanation
        assert "\n" not in explanation


def test_a_report_says_each_thing_once():
    report = Report()
    report.add("junk-dropped", "a")
    report.add("junk-dropped", "a")
    report.add("junk-dropped", "b")
    assert [one.where for one in report.findings] == ["a", "b"]
