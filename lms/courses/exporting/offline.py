"""A folder that opens from a stick: index.html leads to every lesson, nothing asks for a server."""

from __future__ import annotations

import io

from flask import render_template
from flask_babel import force_locale

from lms.courses.exporting.leaving import Leaving, own_files
from lms.courses.exporting.source import source
from lms.courses.labels import LICENCES
from scorm.package.writer import FileSource, write_zip


def offline(leaving: Leaving) -> bytes:
    files: dict[str, FileSource] = {**leaving.attachments(), **own_files(), **source(leaving)}
    for page in leaving.pages:
        files[page.name] = leaving.page_markup(page, alone=True).encode()
    with force_locale(leaving.language):
        files["index.html"] = render_template(
            "courses/packed/index.html", leaving=leaving, licences=LICENCES
        ).encode()
    out = io.BytesIO()
    write_zip(files, out)
    return out.getvalue()
