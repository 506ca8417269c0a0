"""Random call sequences to three sessions: the engine's, the adapter's, and scorm-again's as a second opinion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scorm.adapter.causes import CAUSES, Parting, cause_of
from tests.scorm.adapter.peers import Peer, in_node
from tests.scorm.adapter.python_peer import answer, session_of
from tests.scorm.adapter.random_calls import Caller, given

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "scorm-again-differences.md"
VERSIONS = ("1.2", "2004")
MAKING = {"index_get", "unknown"}  # scorm-again makes records by looking for them
HARMLESS = {"GetValue", "SetValue", "GetLastError"}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_engine_and_the_adapter_never_part(built: Path, version: str) -> None:
    assert compare(version, range(400)) == 24_000


@pytest.mark.soak
@pytest.mark.parametrize("version", VERSIONS)
def test_the_engine_and_the_adapter_never_part_in_half_a_million_calls(built: Path, version: str) -> None:
    assert compare(version, range(10_000, 18_500)) == 510_000


def compare(version: str, seeds: range) -> int:
    """Results, errors, diagnostics and what goes to the server, call by call."""
    compared = 0
    with in_node("peer.mjs") as adapter:
        for seed in seeds:
            calls = Caller(version, seed).calls(60)
            ours = answer({"given": given(version), "calls": calls})
            theirs = adapter.ask(given(version), calls)
            for call, one, other in zip(calls, ours["answers"], theirs["answers"], strict=True):
                assert one == other, f"{version} seed {seed}: {call}"
                compared += 1
            assert ours["sent"] == theirs["sent"], f"{version} seed {seed}"
            assert arrived(version, theirs["deltas"]) == ({}, ours["values"]), f"{version} seed {seed}"
    return compared


def arrived(version: str, deltas: list[dict[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """What the server refuses of the adapter's deltas, and the values it holds after them."""
    session = session_of(given(version))
    refused: dict[str, str] = {}
    for delta in deltas:
        refused |= session.apply(delta)
    return refused, dict(session.store.values)


def partings(scorm_again: Peer, version: str, seeds: range) -> Iterator[Parting]:
    """The calls scorm-again answers otherwise, up to the first after which the two hold different data."""
    for seed in seeds:
        calls = Caller(version, seed, tame=True).calls(12)
        start = given(version, tame=True)
        session = session_of(start)
        for call, theirs in zip(calls, scorm_again.ask(start, calls)["answers"], strict=True):
            ours = (session.call(call[0], *call[1:]), session.error)
            if ours != tuple(theirs):
                reason = session.about.partition(":")[0] if session.error != "0" else ""
                yield Parting(version, tuple(call), reason, ours, tuple(theirs))
                apart = (ours[0] == "true") != (theirs[0] == "true")
                if apart or call[0] not in HARMLESS or reason in MAKING:
                    break


@pytest.fixture(scope="module")
def found() -> list[Parting]:
    with in_node("scorm_again_peer.mjs") as scorm_again:
        return [one for version in VERSIONS for one in partings(scorm_again, version, range(1500))]


def test_every_parting_from_scorm_again_has_a_cause_that_is_written_down(found: list[Parting]) -> None:
    counted = Counter(cause_of(one) for one in found)
    print(f"{len(found)} partings in 3,000 sequences:", dict(counted.most_common()))  # noqa: T201
    assert [one for one in found if cause_of(one) is None] == []
    assert set(CAUSES) == set(counted), "a cause that no longer occurs"


def test_the_page_of_differences_names_exactly_these_causes() -> None:
    written = re.findall(r"^### `([a-z-]+)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert written == sorted(written)
    assert set(written) == set(CAUSES)
