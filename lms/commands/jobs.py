"""`lms jobs`: the worker, what failed, and trying again."""

from __future__ import annotations

from uuid import UUID

import click

from lms import create_app
from lms.commands.base import application
from lms.core.db import db
from lms.core.jobs.models import Job
from lms.core.jobs.queries import counts, failed_jobs
from lms.core.jobs.service import retry
from lms.core.jobs.worker import Worker


@click.group("jobs")
def command() -> None:
    """Work behind the pages: do it, list it, try it again."""


@command.command("work")
def work() -> None:
    """Do the jobs that wait, until Ctrl-C."""
    Worker(create_app()).serve()


@command.command("list")
def show() -> None:
    """How many jobs stand where, and which ones failed."""
    with application():
        click.echo("   ".join(f"{state}: {count}" for state, count in counts().items()))
        for row in failed_jobs():
            click.echo(f"{row.id}  {row.kind}  {row.error_code}  {row.error}".rstrip())


@command.command("retry")
@click.argument("job_id", type=click.UUID, required=False)
@click.option("--all", "every", is_flag=True, help="Every job that failed.")
def again(job_id: UUID | None, every: bool) -> None:
    """Try a failed job again."""
    if (job_id is None) != every:
        raise click.UsageError("Name one job, or say --all.")
    with application(writes=True):
        rows = failed_jobs(10_000) if every else [db.session.get(Job, job_id)]
        known = [row for row in rows if row is not None]
        if not every and not known:
            raise click.ClickException(f"There is no job {job_id}.")
        for row in known:
            retry(row)
        click.echo(f"{len(known)} to be tried again")
