"""People of one class and their computers, for stories that pass from hand to hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask_babel import force_locale, gettext
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from lms.core.db import db, edge
from lms.core.jobs import Job
from lms.core.jobs.running import run_now
from lms.people import service as people
from lms.people.models import SchoolYear
from lms.places.models import Place
from tests.cast import PASSWORD, Cast
from tests.journeys.conftest import Running
from tests.journeys.page_end import sign_in

Said = Callable[..., str]


@dataclass(frozen=True)
class ClassRoom:
    """A class of its own for each story, with one pupil."""

    name: str
    pupil: str
    teacher: str
    methodologist: str


def class_room(running: Running, grade: int, language: str) -> ClassRoom:
    with running.app.app_context():
        cast = Cast(running.app)
        cast.year = db.session.scalars(select(SchoolYear)).one()  # the site map has opened it
        school = db.session.get_one(Place, running.school)
        row = cast.school_class(grade, "Я" if language == "ru" else "Ә", school)
        pupil = cast.pupil(row, "Аружан", f"Сапарова-{grade}")
        with edge():
            pupil.login, pupil.language = f"aruzhan-{pupil.id.hex[-8:]}", language
            people.set_password(pupil, PASSWORD, by_person=True)
        name, login = row.name, str(pupil.login)
    staff = [running.login(role, language) for role in ("teacher", "methodologist")]
    return ClassRoom(name, login, *staff)


@contextmanager
def computer(chromium: Browser, running: Running, login: str) -> Iterator[Page]:
    """One that nobody has used before, with somebody signed in."""
    context = chromium.new_context(base_url=running.site)
    context.set_default_timeout(20_000)
    try:
        page = context.new_page()
        sign_in(page, running, login)
        yield page
    finally:
        context.close()


def spoken(running: Running, language: str) -> Said:
    """The words of the pages in one language, by their English originals."""

    def said(text: str, **named: object) -> str:
        with running.app.app_context(), force_locale(language):
            return str(gettext(text, **named))

    return said


def work_through(running: Running) -> None:
    """What waits for the worker is done."""
    with running.app.app_context():
        for key in db.session.scalars(select(Job.id).where(Job.state == "waiting")).all():
            run_now(key)
