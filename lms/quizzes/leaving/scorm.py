"""A paper as a self-test in a SCORM package: one page that marks by itself, for any learning system.

The key travels inside: whoever opens the package's files can read it. For practice, never for an exam.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template

from lms.quizzes.exchange.files import ADDRESS
from lms.quizzes.exchange.reading import Note
from lms.quizzes.leaving.marked import MARKED, key_for_page
from lms.quizzes.leaving.pdf import Load
from lms.quizzes.models import Paper
from lms.quizzes.queries.taking import Drawn
from lms.web import DIST
from scorm.package.model import Edition, Item, Manifest, Metadata, Organization, Resource
from scorm.package.writer import FileSource, package_bytes
from scorm.sequencing.definition import ControlModes, Delivery, Objective, Sequencing

EDITIONS: dict[str, Edition] = {"scorm-12": "1.2", "scorm-2004": "2004 4th"}
PAGE, OWN = "index.html", ("site.css", "selftest.js")
PASS = 60  # percent; a self-test is passed as most exams are
_ENDS = {
    "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif", "audio/mpeg": "mp3",
    "audio/ogg": "ogg", "audio/wav": "wav",
}  # fmt: skip


def kept_and_left(questions: Sequence[Drawn]) -> tuple[list[Drawn], list[Note]]:
    """What a page can mark by itself, and by name what it cannot."""
    kept = [one for one in questions if one.kind.name in MARKED or not one.kind.answered]
    left = [
        Note("kind_not_in_format", 0, one.version.item.title, True, {"kind": one.kind.name})
        for one in questions
        if one not in kept
    ]
    return kept, left


def selftest(paper: Paper, questions: Sequence[Drawn], load: Load, edition: Edition) -> bytes:
    kept, _left = kept_and_left(questions)
    page = render_template(
        "quizzes/selftest.html", paper=paper, questions=kept, pass_share=PASS,
        keys={one.number: key_for_page(one) for one in kept if one.number},
    )  # fmt: skip
    page, files = _with_files(page, load)
    own: dict[str, FileSource] = {name: (DIST / name).read_bytes() for name in OWN}
    return package_bytes(_manifest(paper, edition, sorted(files)), {PAGE: page.encode(), **own, **files})


def _with_files(page: str, load: Load) -> tuple[str, dict[str, FileSource]]:
    pieces = page.split(ADDRESS)
    files: dict[str, FileSource] = {}
    found = [pieces[0]]
    for piece in pieces[1:]:
        digest, rest = piece[:64], piece[64:]
        file = load(digest)
        name = f"media/{digest[:20]}.{_ENDS.get(file[1], 'bin')}" if file else "media/missing"
        if file:
            files[name] = file[0]
        found.append(name + rest)
    return "".join(found), files


def _manifest(paper: Paper, edition: Edition, files: list[str]) -> Manifest:
    modern = edition != "1.2"
    sequencing: Any = Sequencing(
        objectives=(Objective(identifier="self-test", primary=True),),
        delivery=Delivery(completion_set_by_content=True, objective_set_by_content=True),
    )
    item = Item(
        "self-test", paper.title, resource="page", kind="sco", launch=PAGE, sequencing=sequencing if modern else Sequencing()
    )  # fmt: skip
    around = Sequencing(control=ControlModes(flow=True)) if modern else Sequencing()
    root = Item(f"paper-{paper.id.hex}", paper.title, (item,), sequencing=around)
    page = Resource("page", "sco", PAGE, (PAGE, *OWN, *files))
    about = Metadata(title={paper.language: paper.title}, languages=(paper.language,))
    return Manifest(
        edition, f"kz.self-test.{paper.id.hex}", (Organization(root),), root.identifier, {"page": page}, metadata=about
    )  # fmt: skip
