"""The `lms` command: one file per word, found here."""

from __future__ import annotations

import click

from lms.commands import (
    backup,
    demo,
    doctor,
    import_,
    jobs,
    lessons,
    library,
    measure,
    migrate,
    package,
    quizzes,
    restore,
    run,
    settings,
    user,
)  # fmt: skip


@click.group()
def main() -> None:
    """The school's learning system. Settings come from LMS_* variables; see `lms settings`."""


for one in (
    run,
    migrate,
    demo,
    user,
    import_,
    package,
    quizzes,
    lessons,
    library,
    measure,
    backup,
    restore,
    doctor,
    jobs,
    settings,
):
    main.add_command(one.command)
