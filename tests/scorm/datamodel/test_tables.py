"""The tables are what the format says, and the browser's copy is the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scorm.datamodel import tables
from scorm.datamodel.types import CHECKS

pytestmark = pytest.mark.pure


def test_the_written_json_is_what_the_python_tables_say() -> None:
    written = Path(tables.__file__).with_name("tables.json").read_text(encoding="utf-8")
    assert written == tables.as_json(), "run: python -m scorm tables > scorm/datamodel/tables.json"
    assert json.loads(written) == tables.TABLES


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_every_type_a_table_names_is_in_the_table(version: str) -> None:
    table = tables.TABLES[version]
    for row in table["elements"].values():
        kind = row.get("type", {"types": {}})
        names = [kind] if isinstance(kind, str) else kind["types"].values()
        assert set(names) <= set(table["types"])
    for spec in table["types"].values():
        assert spec["check"] in CHECKS
        inner = [*spec.get("types", []), *spec.get("parts", [])] + ([spec["item"]] if "item" in spec else [])
        assert set(inner) <= set(table["types"])


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_every_child_a_container_names_has_a_row_and_every_row_is_named(version: str) -> None:
    elements = tables.TABLES[version]["elements"]
    for path, row in elements.items():
        if row.get("children"):
            prefix = f"{path}.n" if row.get("list") else path
            rows = {one.rsplit(".", 1)[1] for one in elements if one.rsplit(".", 1)[0] == prefix}
            assert set(row["children"]) == rows, path


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_regular_expressions_keep_to_what_python_and_javascript_share(version: str) -> None:
    for spec in tables.TABLES[version]["types"].values():
        regex = spec.get("regex", "")
        assert not re.search(r"\(\?(<|P|i|s|m|x|#|\()|\\[dwsDWSAZbB]|\\\"", regex), regex


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_every_error_a_table_can_answer_has_a_name(version: str) -> None:
    table = tables.TABLES[version]
    codes = {
        code for value in table["errors"].values() for code in ([value] if isinstance(value, str) else value)
    }
    codes |= {code for rules in table["calls"].values() for code in rules.values() if isinstance(code, str)}
    assert codes <= set(table["strings"])
