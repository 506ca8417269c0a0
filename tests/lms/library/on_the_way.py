"""A cart that is full, made into a file and brought into another place: for tests about carrying."""

from __future__ import annotations

import io
from typing import Any

from sqlalchemy import func, select, update

from lms.core.db import db, edge
from lms.core.imports.models import ImportRun
from lms.demo import library_files as made
from lms.library.models import (
    Resource,
)
from tests.cast import Browser, Cast
from tests.lms.library.kept import VTT, kept, work_through

TEXT = "Сұйықтың қысымы тереңдікке байланысты. " * 4


def now(statement: Any) -> Any:
    """As the rows are after what the browsers have done."""
    db.session.rollback()
    return db.session.scalars(statement)


def count(model: Any) -> int:
    return int(now(select(func.count()).select_from(model)).one())


def full(cast: Cast) -> list[Resource]:
    """Three of the kinds that are carried: a page with words, a film with subtitles, a link."""
    page = kept(cast, "Сұйықтағы қысым", title_ru="Давление", files={"қысым.html": made.page("Қысым", TEXT, "kk")}, subject="physics", grade_from=7, grade_to=8, objectives=["7.3.1.4"], authors=["Асан Үсенов"])  # fmt: skip
    film = kept(
        cast, "Бейнесабақ", kind="video", files={"a.mp4": b"\0\0\0\x18ftypmp42", "a.kk.vtt": VTT.encode()}
    )
    link = kept(cast, "Сілтеме", kind="link", link="https://kitap.example/1", offline=False)
    work_through(cast)
    return [page, film, link]


def carried(cast: Cast, who: Browser, resources: list[Resource]) -> bytes:
    for one in resources:
        who.post(f"/library/resources/{one.id}/cart")
    answer = who.post("/library/cart/make", {"size": "dvd", "title": "Флешкаға"})
    assert answer.status_code == 303
    work_through(cast)
    page = who.get(answer.location).text
    assert "index.html" in page
    return who.get(f"{answer.location}/file").data


def brought(cast: Cast, who: Browser, data: bytes) -> tuple[str, ImportRun | None]:
    answer = who.post("/library/bring", {"file": (io.BytesIO(data), "флешка.zip")})
    assert answer.status_code == 303, answer.text
    work_through(cast)
    page = who.get(answer.location).text
    return page, now(select(ImportRun).order_by(ImportRun.id.desc())).first()


def as_if_elsewhere(resources: list[Resource]) -> None:
    """The same rows do not know each other, as on another server."""
    with edge():
        for one in resources:
            gone = Resource.id == one.id
            db.session.execute(update(Resource).where(gone).values(origin=""))
        for table in ("cart_item", "resource_objective", "resource_event"):
            db.session.execute(db.metadata.tables[table].delete())
        db.session.execute(update(Resource).values(current_id=None))
        for table in ("resource_text", "resource_band", "resource_file", "resource_version", "resource"):
            db.session.execute(db.metadata.tables[table].delete())
    db.session.expire_all()
