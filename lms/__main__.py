"""The `lms` command."""

from __future__ import annotations

from lms.commands import main

if __name__ == "__main__":
    main()
