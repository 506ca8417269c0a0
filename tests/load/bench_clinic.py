"""The item clinic over a whole oblast: 15,000 pupils and 60 items, every model, from marks to the last verdict."""

from __future__ import annotations

import json
import resource
import sys
from time import perf_counter

from lms.quizzes.analysis.report import analyse, as_json
from tests.lms.quizzes.analysis.simulated import truth

PUPILS, ITEMS = 15_000, 60


def main() -> None:
    for model in ("rasch", "2pl", "3pl"):
        responses = truth(model, PUPILS, ITEMS, 1).responses
        began = perf_counter()
        found = analyse(responses, model)
        taken = perf_counter() - began
        size = len(json.dumps(as_json(found)))
        assert found.modern is not None
        print(
            f"{model:6} {PUPILS:,} × {ITEMS}: {taken:.1f} s, {found.modern.found.steps} steps,"
            f" reliability {found.modern.reliability:.2f}, {size / 1e6:.1f} MB of JSON"
        )
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:.0f} MB")


if __name__ == "__main__":
    main()
