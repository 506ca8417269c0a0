"""Every setting with its value and why it exists. They are changed where the system is started, not here."""

from __future__ import annotations

from flask import current_app, render_template

from lms.admin.settings import settings_shown
from lms.admin.views.base import blueprint
from lms.core.permissions import needs


@blueprint.get("/settings")
@needs("setting.see")
def settings() -> str:
    return render_template("admin/settings.html", settings=settings_shown(current_app.extensions["settings"]))
