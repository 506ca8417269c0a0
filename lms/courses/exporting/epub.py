"""EPUB 3.3: the lessons as chapters, formulas in MathML, every picture with its description.

A book has no script that could mark: questions stand as on paper. OCF §4.2: the mimetype comes first and unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from flask import render_template
from flask_babel import force_locale
from lxml import etree
from lxml import html as lxml_html

from lms.core import clock
from lms.courses import showing
from lms.courses.exporting.leaving import Leaving, Page, own_files
from scorm.package.writer import EPOCH

XHTML = "http://www.w3.org/1999/xhtml"
TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
}
OWN_TYPES = {".css": "text/css", ".woff": "font/woff", ".txt": "text/plain"}
CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_FORMS = re.compile(r"</?(form|button|fieldset|input|iframe|label)\b[^>]*>")


def epub(leaving: Leaving) -> bytes:
    files = {name: data for name, data in leaving.attachments().items() if _type(name)}
    chapters = {
        page.name.replace(".html", ".xhtml"): _chapter(leaving, page, files) for page in leaving.pages
    }
    own = {name: data for name, data in own_files().items() if not name.endswith(".js")}
    with force_locale(leaving.language):
        values: dict[str, Any] = {
            "leaving": leaving, "chapters": list(chapters), "files": [(name, _type(name) or OWN_TYPES[_end(name)]) for name in sorted({**files, **own})],
            "now": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"), "math": [name for name, text in chapters.items() if b"<math" in text],
            "vectors": [name for name, text in chapters.items() if b"<svg" in text],
        }  # fmt: skip
        book = {
            "book/package.opf": render_template("courses/packed/package.opf.xml", **values).encode(),
            "book/nav.xhtml": render_template("courses/packed/nav.xml", **values).encode(),
            **{f"book/{name}": data for name, data in own.items()},
            **{f"book/{name}": data for name, data in {**files, **chapters}.items()},
        }
    return _zipped(book)


def _zipped(book: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", EPOCH), b"application/epub+zip", zipfile.ZIP_STORED)
        for name, data in {"META-INF/container.xml": CONTAINER.encode(), **book}.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _type(name: str) -> str:
    """Only what every reader takes goes into the book."""
    return TYPES.get(_end(name), "") if name.startswith("files/") else ""


def _end(name: str) -> str:
    return "." + name.rpartition(".")[2]


def _chapter(leaving: Leaving, page: Page, files: dict[str, bytes]) -> bytes:
    shown = leaving.shown(packed=False, end=".xhtml")
    shown.files = {key: one for key, one in leaving.files.items() if leaving.address(one) in files}
    body = "".join(f'<div class="block">{showing.markup(block, shown)}</div>' for block in page.blocks)
    tree = lxml_html.fragment_fromstring(f"<body><h1></h1>{_FORMS.sub('', body)}</body>", create_parent="div")
    _tidy(tree)
    tree[0].text = page.title
    html = etree.Element(f"{{{XHTML}}}html", nsmap={None: XHTML})
    html.set("lang", leaving.language)
    html.set("{http://www.w3.org/XML/1998/namespace}lang", leaving.language)
    head = etree.SubElement(html, f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}title").text = page.title
    etree.SubElement(head, f"{{{XHTML}}}link", rel="stylesheet", type="text/css", href="course.css")
    html.append(_named(tree))
    return b"<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html>\n" + etree.tostring(
        html, encoding="utf-8"
    )


def _tidy(tree: Any) -> None:
    """What means something to a browser's script alone goes."""
    for one in tree.iter():
        for name in [
            name for name in one.attrib if name.startswith("data-") or name in ("loading", "decoding")
        ]:
            del one.attrib[name]
        if one.tag in ("details", "audio", "video") and one.tag == "details":
            one.tag = "div"
        elif one.tag == "summary":
            one.tag = "p"


def _named(tree: Any) -> Any:
    """The same tree in the namespaces of XHTML, MathML and SVG."""
    spaces = {"math": "http://www.w3.org/1998/Math/MathML", "svg": "http://www.w3.org/2000/svg"}

    def copied(one: Any, space: str) -> Any:
        space = spaces.get(one.tag, space)
        fresh = etree.Element(f"{{{space}}}{one.tag}", nsmap={None: space})
        for name, value in one.attrib.items():
            if name != "xmlns" and re.fullmatch(r"[A-Za-z][\w-]*", name):
                fresh.set("viewBox" if name == "viewbox" else name, value)
        fresh.text, fresh.tail = one.text, one.tail
        fresh.extend(copied(child, space) for child in one if isinstance(child.tag, str))
        return fresh

    body = copied(tree, XHTML)
    body.tag = f"{{{XHTML}}}body"
    return body
