"""The engine's session behind the same line protocol as peer.mjs, one JSON object a line."""

from __future__ import annotations

import json
import sys
from typing import Any

from scorm.datamodel.walk import Store
from scorm.runtime.session import Session


def session_of(given: dict[str, Any]) -> Session:
    kept = given["store"]
    store = Store.of(kept["values"], live=dict(kept.get("live", {})), access=dict(kept.get("access", {})))
    return Session(given["version"], store, suspend_limit=given.get("suspend_limit"))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    session = session_of(request["given"])
    answers = [
        [session.call(name, *said), session.error, session.get_diagnostic("")]
        for name, *said in request["calls"]
    ]
    lasting = session.lasting
    sent = {
        element: value
        for element, value in session.take_changes().items()
        if lasting or element == "adl.nav.request"
    }
    return {"answers": answers, "sent": sent, "values": dict(session.store.values)}


def main() -> None:
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
