"""`python -m scorm COMMAND …`: the engine's tools for package authors."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from scorm.commands import build, check, play, repair, show, tables

COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "build": build.run,
    "check": check.run,
    "play": play.run,
    "repair": repair.run,
    "show": show.run,
    "tables": tables.run,
}


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        sys.stderr.write(f"usage: python -m scorm {'|'.join(sorted(COMMANDS))} …\n")
        return 2
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
