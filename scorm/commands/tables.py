"""`python -m scorm tables`: the data models as JSON, for the browser's half."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from scorm.datamodel.tables import as_json


def run(arguments: Sequence[str]) -> int:
    sys.stdout.write(as_json())
    return 0
