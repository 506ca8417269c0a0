"""The sheets with the answer cards of a school's classes."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request

from lms.core.permissions import needs
from lms.lessons.cards import cards_pdf
from lms.lessons.queries import lessons as queries
from lms.lessons.queries import room
from lms.lessons.views.base import blueprint


@blueprint.get("/streaming/<uuid:streamed_id>/cards.pdf")
@needs("lesson.assist")
def cards(streamed_id: UUID) -> Response:
    side = queries.side_or_404(streamed_id, request.args.get("school", ""))
    groups = room.roster(side.lesson.id, side.school.id, cards=True)
    sheets = [(one.card, one.name, one.class_name) for group in groups for one in group.carded]
    return Response(cards_pdf(sheets), mimetype="application/pdf", headers={
        "Content-Disposition": 'inline; filename="cards.pdf"', "Cache-Control": "private, no-store",
    })  # fmt: skip
