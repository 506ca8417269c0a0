"""Settings are shown with their reasons; secrets never."""

from __future__ import annotations

import re

from lms.admin.settings import MASK, settings_shown
from lms.core.settings import load_settings
from tests.cast import Cast

GIVEN = {
    "LMS_SECRET_KEY": "very-secret-key-1", "LMS_OIDC_CLIENT_SECRET": "very-secret-key-2",
    "LMS_DATABASE_URL": "postgresql+psycopg://lms:very-secret-key-3@db.example/lms?sslpassword=very-secret-key-4&a=1",
    "LMS_REDIS_URL": "redis://:very-secret-key-5@queue.example:6379/0",
}  # fmt: skip


def test_no_secret_is_shown_and_everything_else_is() -> None:
    found = {one.name: one for one in settings_shown(load_settings(GIVEN))}
    assert not [one for one in found.values() if "very-secret" in one.value + one.default]
    assert found["LMS_SECRET_KEY"].value == MASK
    assert found["LMS_DATABASE_URL"].value == (
        f"postgresql+psycopg://lms:{MASK}@db.example/lms?sslpassword={MASK}&a=1"
    )
    assert found["LMS_REDIS_URL"].value == f"redis://:{MASK}@queue.example:6379/0"
    assert (found["LMS_SESSION_HOURS"].value, found["LMS_SESSION_HOURS"].changed) == ("12", False)
    assert found["LMS_REDIS_URL"].changed


def test_the_page_gives_every_setting_with_its_reason_in_the_readers_language(cast: Cast) -> None:
    page = cast.signed_in("administrator").get("/admin/settings").text
    assert len(re.findall(r"<code>LMS_\w+</code><br>", page)) == len(settings_shown(load_settings({})))
    assert "Қанша күннен кейін барлығы қайта кіреді." in page
    assert "only for tests" not in page


def test_directors_do_not_see_them(cast: Cast) -> None:
    assert cast.signed_in("director").get("/admin/settings").status_code == 403
