"""Pages of the network: the map and its pairings, the lines of the schools, how a subject is taught."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.errors import NotYours
from lms.core.forms import stripped
from lms.core.i18n import in_language
from lms.core.permissions import actor, may, needs
from lms.lessons import speeds
from lms.lessons.charts import line_chart
from lms.lessons.evidence import evidence_pdf
from lms.lessons.queries import network as queries
from lms.lessons.service import network
from lms.lessons.subjects import MODELS, SUBJECTS
from lms.lessons.views.base import blueprint, settings
from lms.lessons.views.meter import ticket_for
from lms.places.queries import school_or_404


@blueprint.get("/network")
@needs("network.see")
def network_map() -> str:
    return render_template("lessons/network.html", network=queries.network())


@blueprint.route("/network/schools/<uuid:school_id>/pair", methods=["GET", "POST"])
@needs("network.decide")
def pair(school_id: UUID) -> Any:
    school = school_or_404(school_id, "network.decide")
    found = queries.candidates(school)
    if request.method == "GET":
        return render_template("lessons/pair.html", school=school, candidates=found)
    hub = next((hub for hub, _judged in found if str(hub.place_id) == request.form.get("hub")), None)
    if hub is None:
        raise NotYours
    network.pair(hub.place, school.place, actor().person_id, stripped(request.form.get("note", ""))[:300])
    flash(_("The schools are paired: the hub's teachers can plan lessons for these classes."), "good")
    return redirect(url_for("lessons.network_map"), 303)


@blueprint.post("/network/pairings/<uuid:pairing_id>/end")
@needs("network.decide")
def end_pairing(pairing_id: UUID) -> Any:
    network.part(queries.pairing_or_404(pairing_id, "network.decide"))
    flash(_("The pairing has ended."), "good")
    return redirect(url_for("lessons.network_map"), 303)


@blueprint.get("/network/speed")
@needs("network.see")
def speed_list() -> str:
    rows = queries.speeds_within_reach()
    counts = {
        code: sum(one.speed.verdict == code for one in rows) for code in ("under-50", "50-75", "over-75")
    }
    return render_template("lessons/speeds.html", rows=rows, counts=counts)


@blueprint.get("/network/speed/<uuid:school_id>")
@needs("network.see")
def school_speed(school_id: UUID) -> str:
    school = school_or_404(school_id, "network.see")
    rows = queries.history(school.place_id)
    speed = speeds.summary([(one.down, one.up, one.latency, one.loss) for one in rows], school.contract_down)
    managed = may("meter.manage", school.place.path)
    return render_template(
        "lessons/speed.html", school=school, speed=speed, rows=rows,
        chart=line_chart([(one.at, one.down) for one in reversed(rows)], school.contract_down),
        meters=queries.meters(school.place_id) if managed else [], managed=managed, token="",
    )  # fmt: skip


@blueprint.get("/network/speed/<uuid:school_id>/measure")
@needs("speed.measure")
def measure(school_id: UUID) -> str:
    school = school_or_404(school_id, "speed.measure")
    return render_template("lessons/measure.html", school=school, ticket=ticket_for(school.place_id))


@blueprint.get("/network/speed/<uuid:school_id>/evidence.pdf")
@needs("network.see")
def evidence(school_id: UUID) -> Response:
    """A sheet for the talk with the provider: what was promised, what was measured."""
    school = school_or_404(school_id, "network.see")
    rows = queries.history(school.place_id)
    data = evidence_pdf(school, queries.speed_of(school), rows)
    return Response(data, mimetype="application/pdf", headers={
        "Content-Disposition": 'attachment; filename="speed.pdf"', "Cache-Control": "private, no-store",
    })  # fmt: skip


@blueprint.post("/network/speed/<uuid:school_id>/meters")
@needs("meter.manage")
def issue_meter(school_id: UUID) -> Any:
    school = school_or_404(school_id, "meter.manage")
    name = stripped(request.form.get("name", "").replace("\0", ""))[:80] or _("Computer of the school")
    lessons = request.form.get("lessons") == "yes"
    token = network.issue_meter(school, name, actor().person_id, lessons)
    told = f"--site {settings().site} --key-file meter.key"
    return render_template(
        "lessons/meter_key.html", school=school, token=token, name=name, command=f"lms measure {told}",
        classroom=f"lms lessons classroom {told} --folder lessons" if lessons else "",
    )  # fmt: skip


@blueprint.post("/network/meters/<uuid:meter_id>/revoke")
@needs("meter.manage")
def revoke_meter(meter_id: UUID) -> Any:
    row, place = queries.meter_or_404(meter_id, "meter.manage")
    network.revoke_meter(row, place.path)
    flash(_("The key is worth nothing any more."), "good")
    return redirect(url_for("lessons.school_speed", school_id=place.id), 303)


@blueprint.route("/network/schools/<uuid:school_id>/model", methods=["GET", "POST"])
@needs("network.see")
def teaching_model(school_id: UUID) -> Any:
    """?subject, ?qualified and ?pupils ask; the proposal comes with its reasons; a person decides."""
    school = school_or_404(school_id, "network.see")
    asked = request.values
    subject = asked.get("subject", "physics") if asked.get("subject", "physics") in SUBJECTS else "physics"
    qualified = asked.get("qualified", "") == "yes"
    pupils = min(max(asked.get("pupils", 12, type=int), 1), 60)
    proposal = speeds.propose(
        queries.speed_of(school),
        qualified,
        queries.is_paired(school.place_id) or school.kind == "hub",
        pupils,
    )
    if request.method == "POST":
        place = school_or_404(school_id, "network.decide")
        model = asked.get("model", 0, type=int)
        if model not in MODELS:
            raise NotYours
        note = stripped(asked.get("note", "").replace("\0", ""))[:300]
        network.decide_model(place, subject, model, proposal, actor().person_id, note)
        flash(_("The decision is kept with its date."), "good")
        return redirect(url_for("lessons.teaching_model", school_id=school.place_id, subject=subject), 303)
    return render_template(
        "lessons/model.html", school=school, subject=subject, qualified=qualified, pupils=pupils, proposal=proposal,
        decisions=queries.decisions(school.place_id), decides=may("network.decide", school.place.path),
        name=in_language(school.place),
    )  # fmt: skip
