"""For harvesters, who sign in nowhere; and one resource's record as Dublin Core, LOM and JSON-LD."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from flask import Response, render_template, request
from lxml import etree

from lms.core import limits
from lms.core.errors import NotYours
from lms.core.permissions import needs, public
from lms.core.security import token_only
from lms.library import labels
from lms.library.metadata import dc_xml, lom_xml, schema_org
from lms.library.oai.answers import answer
from lms.library.queries import resources as queries
from lms.library.seeing import is_blind
from lms.library.views.base import blueprint

A_MINUTE, ASKED_A_MINUTE = 1, 600
XML = "text/xml; charset=utf-8"


@blueprint.route("/oai", methods=["GET", "POST"])
@token_only
@public
def oai() -> Response:
    """OAI-PMH 2.0 §3.1.1: both methods, the same arguments."""
    limits.at_most("oai", request.remote_addr or "", ASKED_A_MINUTE, A_MINUTE)
    given = request.form if request.method == "POST" else request.args
    pairs = [(name, value) for name, values in given.lists() for value in values]
    return Response(answer(pairs), content_type=XML)


@blueprint.get("/resources/<uuid:resource_id>/record")
@needs("library.see")
def record(resource_id: UUID) -> str:
    found = _shown(resource_id)
    return render_template("library/record.html", resource=found, words=labels)


@blueprint.get("/resources/<uuid:resource_id>/record/<any('dc.xml', 'lom.xml', 'lrmi.json'):record_form>")
@needs("library.see")
def record_file(resource_id: UUID, record_form: str) -> Response:
    found = _shown(resource_id)
    if record_form == "lrmi.json":
        body: Any = json.dumps(schema_org(found), ensure_ascii=False, indent=1)
        kind = "application/ld+json; charset=utf-8"
    else:
        writer = dc_xml if record_form == "dc.xml" else lom_xml
        body, kind = (
            etree.tostring(writer(found), xml_declaration=True, encoding="UTF-8", pretty_print=True),
            XML,
        )
    name = f'attachment; filename="{found.id}-{record_form}"'
    return Response(body, content_type=kind, headers={"Content-Disposition": name})


def _shown(resource_id: UUID) -> Any:
    """Whoever judges it does not learn here whose it is."""
    from_here = queries.resource_or_404(resource_id)
    if is_blind(from_here):
        raise NotYours
    return from_here
