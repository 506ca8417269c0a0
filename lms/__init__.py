"""The learning management system: a Flask application made of rooms."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from lms import admin, courses, help, home, lessons, library, people, places, player, quizzes, web
from lms.core import health, housekeeping, imports, installation, jobs, uploads
from lms.core.db import init_database
from lms.core.error_pages import init_error_pages
from lms.core.health import init_health
from lms.core.i18n import init_languages
from lms.core.jobs.queue import init_queue
from lms.core.limits import init_limits
from lms.core.live.publishing import init_live
from lms.core.logs import init_logs
from lms.core.security import init_security
from lms.core.settings import Settings, load_settings
from lms.core.storage.blobs import init_storage
from lms.demo.known import KNOWN as DEMO_PEOPLE
from lms.demo.known import PASSWORD as DEMO_PASSWORD
from lms.permission_map import OPEN_WHEN_LIMITED, PERMISSIONS
from lms.web import init_web

ROOT = Path(__file__).resolve().parent.parent
ROOMS: tuple[ModuleType, ...] = (
    health, web, help, home, places, people, imports, jobs, uploads, quizzes, courses, player, lessons, library, admin,
)  # fmt: skip
# Modules that only register something: tables, daily work.
REGISTERED = (housekeeping, installation)


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or load_settings()
    app = Flask("lms", static_folder=None, template_folder=str(Path(__file__).parent / "web" / "templates"))
    app.config["MIGRATIONS"] = ROOT / "migrations"
    app.extensions["settings"] = settings
    app.extensions["permissions"] = PERMISSIONS
    app.jinja_env.globals["demo_people"] = (DEMO_PEOPLE, DEMO_PASSWORD) if settings.demo else None
    app.extensions["open_when_limited"] = OPEN_WHEN_LIMITED
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    init_health(app)
    init_logs(app, settings)
    init_security(app, settings)
    init_database(app, settings)
    init_storage(app, settings)
    init_queue(app, settings)
    init_live(app, settings)
    init_limits(app, settings)
    init_languages(app, str(ROOT / "translations"))
    init_error_pages(app)
    init_web(app, settings)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    if settings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    return app
