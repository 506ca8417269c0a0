"""Every finding has words for people, in both languages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale

from lms.player.change_texts import CHANGES
from lms.player.finding_groups import GROUPS
from lms.player.finding_texts import GROUP_OF, TEXTS, changes, explained
from scorm.package.check.remedies import REPAIRABLE
from scorm.package.codes import CODES


def test_no_code_lacks_its_sentence() -> None:
    assert set(TEXTS) == set(CODES)
    assert set(GROUP_OF.values()) == set(GROUPS)
    assert set(CHANGES) == set(REPAIRABLE.values()) | {"replace-file"}


def test_what_can_be_repaired_says_so() -> None:
    assert {code for code, group in GROUP_OF.items() if group == "read"} == set(REPAIRABLE)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_each_is_translated(language: str, app: Flask) -> None:
    findings = [
        {"code": code, "level": level, "where": "imsmanifest.xml:3"} for code, (level, _) in CODES.items()
    ]
    with app.test_request_context(), force_locale("en"):
        english = {text for one in explained(findings) for text in (one.text, one.meaning, one.advice)}
    with app.test_request_context(), force_locale(language):
        report = explained(findings)
        assert len(report) == len(CODES)
        for one in report:
            for text in (one.text, one.meaning, one.advice):
                assert text and text not in english, one.code
        assert all(
            text not in english for text, _ in changes([{"code": code, "where": ""} for code in CHANGES])
        )


def test_findings_of_one_code_are_told_once_with_all_their_places(app: Flask) -> None:
    findings = [
        {
            "code": "page-file-missing",
            "level": "warning",
            "where": f"{name}.html",
            "values": {"file": "a.png"},
        }
        for name in "abba"
    ]
    with app.test_request_context():
        (one,) = explained(findings)
    assert one.places == ("a.html · a.png", "b.html · a.png")


def test_what_a_page_weighs_is_told_in_words(app: Flask) -> None:
    figures = {"bytes": "13727", "seconds_at_8_mbit": "0.0", "seconds_at_64_kbit": "1.7"}
    findings = [{"code": "load-time", "level": "note", "where": "item first", "values": figures}]
    with app.test_request_context(), force_locale("ru"):
        (one,) = explained(findings)
    assert one.places == ("item first · 13,4 КБ; 1,7 с при 64 кбит/с, 0 с при 8 Мбит/с",)
