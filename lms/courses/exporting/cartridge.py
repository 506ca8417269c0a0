"""IMS Common Cartridge 1.3: lessons as web content, knowledge checks as QTI 1.2.1 assessments beside them.

Our own blocks go along as course.json, so that coming back here nothing is lost; other systems pass it over.
"""

from __future__ import annotations

import io
from typing import Any

from flask import render_template
from flask_babel import force_locale

from lms.core import html
from lms.courses.blocks.answers import PARTED
from lms.courses.exporting.leaving import Leaving, own_files
from lms.courses.exporting.source import source
from lms.courses.labels import LICENCES
from scorm.package.writer import FileSource, write_zip


def cartridge(leaving: Leaving) -> bytes:
    files: dict[str, FileSource] = {**leaving.attachments(), **own_files(), **source(leaving)}
    for page in leaving.pages:
        files[page.name] = leaving.page_markup(page, alone=True).encode()
    checks = _checks(leaving)
    with force_locale(leaving.language):
        files["index.html"] = render_template(
            "courses/packed/index.html", leaving=leaving, licences=LICENCES
        ).encode()
        for check in checks:
            files[check["file"]] = render_template("courses/packed/assessment.xml", check=check).encode()
        listed = sorted(name for name in files if name not in {check["file"] for check in checks})
        manifest = render_template(
            "courses/packed/cartridge.xml", leaving=leaving, files=listed, checks=checks
        )
    files["imsmanifest.xml"] = manifest.encode()
    out = io.BytesIO()
    write_zip(files, out)
    return out.getvalue()


def _checks(leaving: Leaving) -> list[dict[str, Any]]:
    """What QTI of the cartridge profile can say: one or several right options, words to be typed.

    Pairs, steps and gaps stay on the page of their lesson, where they are marked as well.
    """
    found = []
    for page in leaving.pages:
        for block, kind, content in leaving.contents(page):
            if kind.scored:
                questions = [
                    _question(number, one)
                    for number, one in enumerate(content["questions"], 1)
                    if one["answers"]["kind"] not in PARTED
                ]
                if not questions:
                    continue
                found.append(
                    {
                        "id": f"check-{block['id']}", "title": content["title"] or page.title, "lesson": page.lesson["id"],
                        "file": f"checks/{block['id']}.xml", "questions": questions,
                    }
                )  # fmt: skip
    return found


def _question(number: int, one: dict[str, Any]) -> dict[str, Any]:
    answers = one["answers"]
    profile = {"one": "cc.multiple_choice.v0p1", "many": "cc.multiple_response.v0p1"}
    return {
        "id": f"q{number}", "ask": html.plain(one["ask"]), "kind": answers["kind"], "options": answers["options"],
        "accepted": answers["accepted"], "profile": profile.get(answers["kind"], "cc.fib.v0p1"),
    }  # fmt: skip
