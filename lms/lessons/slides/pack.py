"""The pack for those who were not there: one page that any browser opens from a stick, its slides beside it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import closing
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from lms.core import storage
from lms.core.db import db
from lms.core.storage import Blob
from lms.core.storage.chunks import pieces
from lms.lessons.models import StreamedLesson, StreamedQuestion, StreamedSlide

MOST_BYTES, OF_THE_PAGE = 15_000_000, 500_000
STYLE = """
body{font:1.1rem/1.5 system-ui,"Noto Sans",sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1c2628}
figure{margin:0 0 1rem}img{max-width:100%;height:auto;border:1px solid #e2ded3}
fieldset{margin:0 0 1rem;border:1px solid #7d8788;border-radius:.5rem}label{display:block;padding:.3rem 0}
button,input,select{font:inherit;padding:.4rem .8rem}
"""
SCRIPT = """
document.getElementById("check")?.addEventListener("click", function () {
  for (const part of document.querySelectorAll("fieldset")) {
    const key = JSON.parse(part.dataset.key), inputs = [...part.querySelectorAll("input, select")];
    const choosing = part.dataset.kind === "single" || part.dataset.kind === "multiple";
    const said = choosing ? inputs.filter((one) => one.checked).map((one) => one.value)
      : [inputs[0].value.trim().toLowerCase().replace(",", ".")];
    const plain = (text) => text.trim().toLowerCase().replace(",", ".");
    const parted = ["pairs", "order", "gaps"].includes(part.dataset.kind);
    const words = part.querySelector("[role=status]");
    if (parted) {
      const good = inputs.every((one, place) => key[place].split("|").map(plain).includes(plain(one.value)));
      words.textContent = good ? words.dataset.right : words.dataset.wrong;
      continue;
    }
    if (!key.length || !said.length) { words.textContent = ""; continue; }
    const wanted = key.map((one) => one.toLowerCase().replace(",", "."));
    const right = choosing ? said.join() === [...wanted].sort().join() : wanted.includes(said[0]);
    words.textContent = right ? words.dataset.right : words.dataset.wrong;
  }
});
"""


def packed(
    lesson: StreamedLesson, slides: Sequence[StreamedSlide], questions: Sequence[StreamedQuestion]
) -> bytes:
    """Slides weigh at most 4 MB together; the voice goes along where the whole stays below 15 MB."""
    target, voice = io.BytesIO(), _voice(lesson, sum(one.size for one in slides))
    with force_locale(lesson.language), ZipFile(target, "w", ZIP_DEFLATED) as archive:
        texts = {
            "voice": _("The teacher's voice"), "right": _("Right"), "wrong": _("Not right; look at the slides once more."), "check": _("Check my answers"),
            "later": _("When there is a line again, answer the questions on the page of the lesson: then it counts as attended later."),
        }  # fmt: skip
        page = render_template(
            "lessons/pack.html", voice=bool(voice), lesson=lesson, slides=slides, questions=questions, texts=texts, style=STYLE,
            script=SCRIPT,
        )  # fmt: skip
        archive.writestr("index.html", page)
        if voice:
            archive.writestr("voice.ogg", voice, ZIP_STORED)
        for one in slides:
            with closing(storage.open_blob(one.digest)) as file:
                archive.writestr(f"slides/{one.number}.webp", b"".join(pieces(file)), ZIP_STORED)
    return target.getvalue()


def _voice(lesson: StreamedLesson, others: int) -> bytes:
    blob = db.session.get(Blob, lesson.voice) if lesson.voice else None
    if blob is None or blob.size + others > MOST_BYTES - OF_THE_PAGE:
        return b""
    with closing(storage.open_blob(blob.digest)) as file:
        return b"".join(pieces(file))
