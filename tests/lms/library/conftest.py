"""Files are read in the test's own process: a confined one takes two seconds to start. One test keeps the real way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lms.courses.importing import apart
from lms.library.reading import read_files
from lms.library.service import cartridges, reading


def _apart_here(_call: str, arguments: dict[str, Any], **_limits: Any) -> Any:
    return apart.read(**arguments)


def _read_here(_call: str, arguments: dict[str, Any], **_limits: Any) -> Any:
    return read_files(**arguments)


@pytest.fixture(autouse=True)
def _no_process_of_its_own(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if "confined" not in request.node.name:
        monkeypatch.setattr(reading, "run_confined", _read_here)
        monkeypatch.setattr(cartridges, "run_confined", _apart_here)
    yield
