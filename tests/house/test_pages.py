"""Every template compiles and has a title; every page renders in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment

from tests.cast import Cast
from tests.site_map import pages

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = sorted(ROOT.glob("lms/**/templates/**/*.html"))


def test_every_template_compiles(app: Flask) -> None:
    environment: Environment = app.jinja_env
    for file in TEMPLATES:
        environment.parse(file.read_text("utf-8"), filename=str(file))


def test_every_page_template_has_a_title() -> None:
    for file in TEMPLATES:
        text = file.read_text("utf-8")
        if "{% extends" in text:
            # A page that is one form is told its title.
            wanted = "{% set title" if "components/form_page.html" in text else "{% block title %}"
            assert wanted in text, f"{file} has no title"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_page_renders_in(language: str, cast: Cast) -> None:
    seen = 0
    for role, path in pages(cast):
        browser = cast.signed_in(role, language=language) if role else cast.visitor(language)
        answer = browser.get(path)
        assert answer.status_code == 200, f"{path} as {role}: {answer.status_code} {answer.location}"
        assert f'<html lang="{language}"' in answer.text, path
        title = re.search(r"<title>([^<]*)</title>", answer.text)
        assert title and title[1].split("·")[0].strip(), f"{path} has an empty title"
        seen += 1
    assert seen > 3
