"""The page ends, and nothing is lost: content that speaks at once and content that finishes in its own `onunload`.

The long form goes through every combination; what it found stands in docs/figures.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Playwright

from tests.journeys.conftest import Running
from tests.journeys.page_end import ENDS, KEEPER, SIZES, Case, tries
from tests.journeys.people_browser import DEPRECATE_UNLOAD, PeopleBrowser
from tests.journeys.stage import given

Opened = Callable[[Sequence[str]], PeopleBrowser]


@pytest.fixture
def opened(playwright: Playwright, tmp_path: Path) -> Iterator[Opened]:
    found: list[PeopleBrowser] = []

    def starts(flags: Sequence[str]) -> PeopleBrowser:
        found.append(PeopleBrowser(playwright, tmp_path / f"profile{len(found)}", flags))
        return found[-1]

    yield starts
    for one in found:
        one.is_closed()


@pytest.fixture
def login(running: Running) -> str:
    return running.login("student")


@pytest.fixture
def assignment(running: Running, login: str) -> UUID:
    return given(running, KEEPER, login, "Дәптер")


SHORT = (
    Case("close", 128, in_unload=True), Case("reload", 60, in_unload=True), Case("crash", 128, in_unload=False),
)  # fmt: skip


def test_nothing_is_lost_when_the_page_ends(
    running: Running, login: str, assignment: UUID, opened: Opened
) -> None:
    browser = opened([DEPRECATE_UNLOAD])
    lost = [case for case in SHORT if not tries(browser, running, login, assignment, case).on_return]
    assert lost == []


@pytest.mark.soak
@pytest.mark.parametrize("flags", [(), (DEPRECATE_UNLOAD,)], ids=["unload", "deprecated"])
def test_in_no_way_is_anything_lost(
    flags: Sequence[str], running: Running, login: str, assignment: UUID, opened: Opened
) -> None:
    browser, lost, small, at_once = opened(flags), [], 0, 0
    for end, size, in_unload in product(ENDS, SIZES, (False, True)):
        if end == "crash" and in_unload:
            continue  # a handler that never runs says nothing
        case = Case(end, size, in_unload)
        found = tries(browser, running, login, assignment, case)
        lost += [] if found.on_return else [case]
        if end != "crash" and size <= 60:
            small, at_once = small + 1, at_once + found.at_school
    sys.stdout.write(f"{flags}: {at_once} of {small} up to 60 KB at school at once\n")
    assert lost == []
    assert at_once >= 0.95 * small
