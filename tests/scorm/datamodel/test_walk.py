"""The walker keeps its promises over any table and any calls."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm.datamodel.tables import TABLES, model
from scorm.datamodel.walk import Store

pytestmark = pytest.mark.pure

NAMES = {version: sorted(TABLES[version]["elements"]) for version in TABLES}
VALUES = st.one_of(
    st.sampled_from(
        [
            "",
            "true",
            "a",
            "a[,]b",
            "1[.]2",
            "1[:]2",
            "0.5",
            "2",
            "PT1H",
            "00:10:00",
            "choice",
            "fill-in",
            "suspend",
        ]
    ),
    st.text(max_size=8),
)


@st.composite
def calls(draw: Any, version: str) -> list[tuple[str, str, str]]:
    made = []
    for _ in range(draw(st.integers(1, 25))):
        name = draw(st.sampled_from(NAMES[version]))
        for _ in range(name.count(".n")):
            name = name.replace(".n", f".{draw(st.integers(0, 2))}", 1)
        end = draw(st.sampled_from(["", "", "", "", "._count", "._children", "._version", ".x"]))
        made.append((draw(st.sampled_from(["get", "set"])), name + end, draw(VALUES)))
    return made


@pytest.mark.parametrize("version", ["1.2", "2004"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_calls_are_answered_and_a_refused_one_changes_nothing(version: str, data: Any) -> None:
    walker, store = model(version), Store()
    for kind, element, value in data.draw(calls(version)):
        before = (dict(store.values), dict(store.counts))
        answer = walker.get(store, element) if kind == "get" else walker.set(store, element, value)
        assert answer.error in walker.table["strings"]
        if kind == "get" or not answer.ok:
            assert (store.values, store.counts) == before
        assert Store.of(store.values).counts == store.counts


@pytest.mark.parametrize("version", ["1.2", "2004"])
@settings(max_examples=40, deadline=None)
@given(element=st.text(max_size=30), value=st.text(max_size=30))
def test_any_text_may_be_asked_for(version: str, element: str, value: str) -> None:
    walker, store = model(version), Store()
    assert walker.get(store, element).error in walker.table["strings"]
    assert walker.set(store, element, value).error in walker.table["strings"]


def test_a_limit_of_ones_own_for_suspend_data_touches_no_other_session() -> None:
    assert model("1.2", 10).set(Store(), "cmi.suspend_data", "x" * 11).error == "405"
    assert model("1.2").set(Store(), "cmi.suspend_data", "x" * 64000).ok
    assert model("2004", 100_000).set(Store(), "cmi.suspend_data", "x" * 100_000).ok


def test_characters_are_counted_as_the_browser_counts_them() -> None:
    four_byte = "😀" * 32000
    assert model("2004").set(Store(), "cmi.suspend_data", four_byte).ok
    assert model("2004").set(Store(), "cmi.suspend_data", four_byte + "a").error == "351"


def test_a_half_of_a_character_pair_is_a_character_too() -> None:
    assert model("2004").set(Store(), "cmi.location", "\ud800").ok


def test_any_table_will_do() -> None:
    table = {
        **TABLES["2004"],
        "types": {"digit": {"check": "pattern", "regex": "[0-9]"}},
        "elements": {
            "zoo": {"children": ["animals"]},
            "zoo.animals": {"children": ["legs"], "list": True, "unique": {"child": "legs"}},
            "zoo.animals.n.legs": {"type": "digit", "access": "rw", "default": "4"},
        },
    }
    walker, store = type(model("2004"))(table), Store()
    assert walker.get(store, "zoo._children").value == "animals"
    assert walker.set(store, "zoo.animals.0.legs", "x").error == "406"
    assert walker.set(store, "zoo.animals.0.legs", "6").ok
    assert walker.set(store, "zoo.animals.1.legs", "6").reason == "duplicate"
    assert walker.get(store, "zoo.animals._count").value == "1"


def test_names_made_to_crawl_are_answered_at_once() -> None:
    """A browser's delta names its elements; a name of a stranger must not cost the server a minute."""
    names = [
        "{target=" * 100_000,
        "cmi" + ".0" * 300_000,
        "adl.nav.request_valid.choice." + "{target=" * 100_000 + "}",
    ]
    began = time.process_time()
    for name in [*names, *(f"{one}._count" for one in names)]:
        assert not model("2004").set(Store(), name, "").ok
    assert time.process_time() - began < 3
