"""Two languages, Kazakh first. A person's choice is remembered; a visitor's is kept in a cookie."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from flask import Flask, g, request
from flask_babel import Babel, get_locale

from lms.core import clock
from lms.core.catalogs import compile_catalogs

LANGUAGES = {"kk": "Қазақша", "ru": "Русский"}
DEFAULT = "kk"
COOKIE = "language"
_DATES = {"kk": "dd.MM.yyyy", "ru": "dd.MM.yyyy"}

babel = Babel()


def init_languages(app: Flask, folder: str) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = folder
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    compile_catalogs(Path(folder))
    babel.init_app(app, locale_selector=chosen_language)
    app.jinja_env.filters.update(day=day, moment=moment, number=number)
    app.jinja_env.globals.update(languages=LANGUAGES, language=language, in_language=in_language)


def chosen_language() -> str:
    who = g.get("actor")
    wanted = who.language if who else request.cookies.get(COOKIE, "") if request else DEFAULT
    return wanted if wanted in LANGUAGES else DEFAULT


def language() -> str:
    return str(get_locale() or DEFAULT)


def in_language(row: Any, field: str = "name") -> str:
    """The text of a row that has it twice (name_kk, name_ru): the reader's, else the other one."""
    mine, other = (f"{field}_kk", f"{field}_ru") if language() == "kk" else (f"{field}_ru", f"{field}_kk")
    return getattr(row, mine) or getattr(row, other) or ""


def day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(clock.KAZAKHSTAN).date()
    return format_date(value, _DATES[language()], locale=language())


def moment(value: datetime | None) -> str:
    if value is None:
        return ""
    local = value.astimezone(clock.KAZAKHSTAN)
    return format_datetime(local, f"{_DATES[language()]} HH:mm", locale=language())


def number(value: int | float) -> str:
    """1 234,5 with a no-break space: the same in both languages."""
    whole = f"{value:,.1f}" if isinstance(value, float) and value != int(value) else f"{int(value):,}"
    return whole.replace(",", "\u00a0").replace(".", ",")
