"""course.json: the outline and the blocks of both languages, so that a course coming back here is the one that left.

Other systems pass it over. It names files by their keys, which mean nothing outside, beside where they lie.
"""

from __future__ import annotations

import json

from lms.courses.exporting.leaving import Leaving

BLOCKS = "course.json"


def source(leaving: Leaving) -> dict[str, bytes]:
    """The description itself and the files that only the twin language needs."""
    whole = {
        "outline": dict(leaving.outline),
        "lessons": {page.lesson["id"]: page.blocks for page in leaving.pages},
        "files": {
            key: {"path": leaving.kept_as(one), "name": one.name, "family": one.family}
            for key, one in leaving.files_of_both.items()
        },
    }
    return {**leaving.twins(), BLOCKS: json.dumps(whole, ensure_ascii=False, indent=1).encode()}
