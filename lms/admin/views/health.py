"""The state of the system: what is running here, and what the thorough examination found."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.admin import examination
from lms.admin import health as measures
from lms.admin.errands import ask_once, running_and_done
from lms.admin.views.base import blueprint
from lms.core.permissions import needs

STATES = {"good": _l("Well"), "warning": _l("Worth a look"), "bad": _l("Wrong")}


@blueprint.get("/health")
@needs("health.see")
def health() -> str:
    running, done = running_and_done(examination.KIND)
    return render_template(
        "admin/health.html", signs=measures.signs(), words=STATES, running=running, done=done,
        findings=examination.shown(done),
    )  # fmt: skip


@blueprint.post("/health/examine")
@needs("health.examine")
def examine() -> Any:
    ask_once(examination.KIND)
    flash(_("The system is being examined. What is found will stand on this page."), "info")
    return redirect(url_for("admin.health"), 303)
