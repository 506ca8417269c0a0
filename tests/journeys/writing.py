"""Writing a course in a browser as a teacher does it: a block is chosen, its file taken, its form filled and saved."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from playwright.sync_api import Locator, Page

from lms.courses.blocks import KINDS
from lms.courses.blocks.fields import Attached, Field, Rows
from lms.demo.courses.solid import cart
from tests.coursed import picture

MODEL = b"<!doctype html><html lang=kk><title>m</title><h1>Model</h1></html>"
SUBTITLES = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nСәлем\n"
TYPED = {"formula": "v = \\frac{s}{t}", "element": "Fe"}


def media(folder: Path) -> dict[str, Path]:
    """A small file of every family."""
    model = io.BytesIO()
    with zipfile.ZipFile(model, "w") as archive:
        archive.writestr("index.html", MODEL)
    found = {
        "picture": ("сурет.png", picture(800, 500)),
        "audio": ("дыбыс.mp3", b"ID3" + b"\0" * 400),
        "video": ("бейне.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 400),
        "subtitles": ("сөз.vtt", SUBTITLES.encode()),
        "file": ("кесте.csv", b"a;b"),
        "model": ("модель.zip", model.getvalue()),
        "solid": ("арба.glb", cart()),
    }
    for name, data in found.values():
        (folder / name).write_bytes(data)
    return {family: folder / name for family, (name, _data) in found.items()}


def adds(page: Page, lesson: str, kind: str, language: str = "kk") -> None:
    """At the end of the lesson; its form is open afterwards."""
    at(page, lesson, language)
    palette = page.locator("details.palette").last
    palette.locator("summary").click()
    with page.expect_navigation():
        palette.locator(f"button[value='{kind}']").click()


def at(page: Page, lesson: str, language: str) -> None:
    if f"{lesson}?in={language}" not in page.url:
        page.goto(f"{lesson}?in={language}")


def opens(page: Page, number: int) -> None:
    with page.expect_navigation():
        page.locator(".block-frame").nth(number).locator(".block-bar a.btn").click()


def takes_files(page: Page, kind: str, files: dict[str, Path]) -> None:
    """One after the other, as the form does it."""
    for field in (one for one in KINDS[kind].fields if isinstance(one, Attached)):
        form = page.locator("form[data-module=upload]")
        choice = form.locator("select[name=field]")
        if choice.count():
            choice.select_option(field.name)
        form.locator("input[type=file]").set_input_files(files[field.family])
        with page.expect_navigation():
            form.locator("button").last.click()


def fills(page: Page, kind: str, words: str) -> None:
    form = page.locator(".block-form")
    for field in KINDS[kind].fields:
        if isinstance(field, Rows):
            _rows(page, form, field, words)
        else:
            _field(form, field, field.name, words)


def _rows(page: Page, form: Locator, field: Rows, words: str) -> None:
    for number in range(2):
        for part in field.of:
            _field(form, part, f"{field.name}-{number}-{part.name}", f"{words} {number + 1}")
        if number == 0:
            with page.expect_navigation():
                form.locator(f"fieldset:has([name^='{field.name}-']) > button[name=then]").click()


def _field(form: Locator, field: Field, name: str, words: str) -> None:
    if field.widget in ("attached", "choice", "number"):
        return
    if field.widget == "rich":
        text = form.locator(f".rich:has(+ [name='{name}']) .rich-text")
        text.fill(words)
        return
    typed = {"grid": f"A | {words}\n1 | 2", "answers": f"* {words}\n{words} 0"}
    form.locator(f"[name='{name}']").fill(TYPED.get(field.widget, typed.get(field.widget, words)))


def saves(page: Page) -> None:
    with page.expect_navigation():
        page.locator(".block-form button.primary").click()
