"""Files are read in the test's own process: a confined one takes two seconds to start. One test keeps the real way."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from lms.core.jobs import ConfinedError
from lms.library.service import cartridges, mirrors, reading


def _called_here(call: str, arguments: dict[str, Any], **_limits: Any) -> Any:
    module, _, name = call.partition(":")
    try:
        return getattr(import_module(module), name)(**arguments)
    except OSError as error:
        raise ConfinedError(str(getattr(error, "code", "crashed"))) from error


@pytest.fixture(autouse=True)
def _no_process_of_its_own(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if "confined" not in request.node.name:
        monkeypatch.setattr(reading, "run_confined", _called_here)
        monkeypatch.setattr(cartridges, "run_confined", _called_here)
        monkeypatch.setattr(mirrors, "run_confined", _called_here)
    yield
