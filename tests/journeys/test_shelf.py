"""A large file comes to the shelf over a line that breaks."""

import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Running, sign_in
from tests.lms.player.shelving import zipped


def test_an_upload_goes_on_after_the_page_was_closed(page: Page, running: Running, tmp_path: Path) -> None:
    file = tmp_path / "large.zip"
    file.write_bytes(zipped("minimal-12") + bytes(600_000))
    sent: list[int] = []

    def cut(route: Route) -> None:
        """The line carries two pieces and is gone then."""
        if len(sent) >= 2:
            route.abort()
            return
        sent.append(int(route.request.headers["upload-offset"]))
        route.continue_()

    sign_in(page, running.login("teacher"))
    page.goto("/shelf/upload")
    page.route(re.compile(r"/uploads/.+"), cut)
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Жүктеу").click()
    expect(page.get_by_role("status").filter(has_text="үзіл")).to_be_visible()
    page.unroute_all()
    again: list[int] = []
    page.on(
        "request",
        lambda one: again.append(int(one.headers["upload-offset"])) if one.method == "PATCH" else None,
    )
    page.goto("/shelf/upload")
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Жүктеу").click()
    expect(page.get_by_role("status").get_by_text("Пакет тексеріліп жатыр.")).to_be_visible()
    assert sent[0] == 0 and again[0] > sent[-1], "what had arrived was not sent again"
