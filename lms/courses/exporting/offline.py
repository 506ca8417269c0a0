"""A folder that opens from a stick: index.html leads to every lesson, nothing asks for a server."""

from __future__ import annotations

import io
from base64 import b64encode

from flask import render_template
from flask_babel import force_locale

from lms.courses.exporting.leaving import Leaving, own_files
from lms.courses.exporting.source import source
from lms.courses.labels import LICENCES
from scorm.package.writer import FileSource, write_zip


def offline(leaving: Leaving) -> bytes:
    files: dict[str, FileSource] = {
        **leaving.attachments(),
        **own_files(),
        **source(leaving),
        **_models(leaving),
    }
    for page in leaving.pages:
        files[page.name] = leaving.page_markup(page, alone=True).encode()
    with force_locale(leaving.language):
        files["index.html"] = render_template(
            "courses/packed/index.html", leaving=leaving, licences=LICENCES
        ).encode()
    out = io.BytesIO()
    write_zip(files, out)
    return out.getvalue()


def _models(leaving: Leaving) -> dict[str, bytes]:
    """From a folder a page may not read files, but it may start scripts: models lie there in letters as well."""
    found = leaving.attachments()
    names = [leaving.address(one) for one in leaving.files.values() if one.family == "solid"]
    return {f"{name}.js": b'solidArrived("%s");' % b64encode(found[name]) for name in names}
