"""Both tables together, and as the JSON the browser's half is built from."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from scorm.datamodel import scorm12, scorm2004
from scorm.datamodel.walk import Model

TABLES: dict[str, dict[str, Any]] = {"1.2": scorm12.TABLE, "2004": scorm2004.TABLE}


@cache
def model(version: str, suspend_data: int | None = None) -> Model:
    """The model of "1.2" or "2004", ready for walking; `suspend_data` sets another limit for that element."""
    table = TABLES[version]
    if suspend_data is not None:
        limited = table["types"]["suspend_data"] | {"max": suspend_data}
        table = table | {"types": table["types"] | {"suspend_data": limited}}
    return Model(table)


def as_json() -> str:
    return json.dumps(TABLES, ensure_ascii=True, indent=1) + "\n"
