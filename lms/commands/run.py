"""`lms run`: pages, live events and the job worker in the foreground; one Ctrl-C ends all of them."""

from __future__ import annotations

import errno
import os
import socket
import sys
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from lms import create_app
from lms.commands.demo import load_if_empty
from lms.commands.family import Family
from lms.commands.migrate import bring_up_to_date
from lms.core.health import metrics_environment
from lms.core.jobs.worker import Worker
from lms.core.settings import Settings, load_settings


@click.command("run")
@click.option(
    "--with-demo",
    is_flag=True,
    help="First bring the tables to this version, and the demo into an empty database.",
)
def command(with_demo: bool) -> None:
    """Serve pages, live events and background jobs until Ctrl-C."""
    settings = load_settings()
    port = urlsplit(settings.site).port or 80
    live_port = port + 1
    for wanted in (port, live_port):
        _free_or_exit(wanted)
    if with_demo:
        bring_up_to_date()
        load_if_empty()
    os.environ["LMS_LIVE_SITE"] = settings.live_site or _beside(settings.site, live_port)
    if settings.web_processes > 1:
        os.environ |= metrics_environment(settings)
    click.echo(f"{settings.site}    (Ctrl-C ends everything)")
    Family([partial(_web, settings, port), partial(_live, live_port), _work]).serve()


def _free_or_exit(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            raise click.ClickException(
                f"Port {port} is taken by another program; end it or choose another: "
                f"LMS_SITE=http://localhost:8100 LMS_CONTENT_SITE=http://content.localhost:8100 make run"
            ) from None


def _beside(site: str, port: int) -> str:
    parts = urlsplit(site)
    return f"{parts.scheme}://{parts.hostname}:{port}"


def _binds(port: int) -> list[str]:
    return [f"127.0.0.1:{port}", *([f"[::1]:{port}"] if _has_ipv6() else [])]


COMMON = {"control_socket_disable": True, "graceful_timeout": 5, "loglevel": "warning"}


class Pages(BaseApplication):
    """gunicorn without a command line of its own: the code is here already."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app()


def _web(settings: Settings, port: int) -> None:
    Pages(
        {
            **COMMON,
            "bind": _binds(port),
            "worker_class": "gthread",
            "threads": settings.web_threads,
            "workers": settings.web_processes,
        }
    ).run()


def _live(port: int) -> None:
    """A program of its own: gevent has to be there before anything else is."""
    os.execv(
        sys.executable,
        [
            sys.executable, "-m", "gunicorn", "lms.live_service:create_live_app()",
            *(f"--bind={one}" for one in _binds(port)),
            "--worker-class=gevent", "--worker-connections=4000",
            "--no-control-socket", "--graceful-timeout=5", "--log-level=warning",
        ],
    )  # fmt: skip


def _work() -> None:
    Worker(create_app()).serve()


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False
