"""A program with a token, and what it sends."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lms.core.db import edge
from lms.player.models import SCOPES, ApiClient
from lms.player.service import api_clients, telling
from tests.cast import Cast


class Program:
    """A program of others: it knows its token and nothing else."""

    def __init__(self, app: Flask, client: ApiClient, token: str) -> None:
        self.browser, self.id, self.token = app.test_client(), client.id, token

    def asks(self, method: str, path: str, body: Any = None, **more: Any) -> TestResponse:
        head = {"Authorization": f"Bearer {self.token}"} | more.pop("headers", {})
        sent = {"json": body} if body is not None else {}
        return self.browser.open(
            f"/api/v1{path}", method=method, headers=head, base_url="http://localhost:8000", **sent, **more
        )


def program(cast: Cast, *scopes: str, place: Any = None, hook_url: str = "") -> Program:
    with edge(), cast.app.test_request_context(base_url="http://localhost:8000"):
        row, token, _secret = api_clients.open_for(
            place or cast.school,
            "Күнделік",
            scopes or SCOPES,
            cast.person("administrator", cast.republic).id,
            hook_url,
        )
    return Program(cast.app, row, token)


@pytest.fixture(autouse=True)
def _nobody_is_known() -> None:
    telling.forget_listeners()
