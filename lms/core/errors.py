"""Errors are small classes here; their pages and problem documents are decided in `error_pages`."""

from __future__ import annotations

from werkzeug.exceptions import Forbidden, HTTPException, NotFound


class Refused(Exception):
    """A verb was refused for a reason its user can understand. `message` is already in their language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class WrongSite(HTTPException):
    code = 421
    description = "This address is not served here."


class NotYours(NotFound):
    """Objects outside one's places do not exist for the asker."""


class NotAllowed(Forbidden):
    """Signed in, but this is not for one's role."""


class StepUp(Exception):
    """Signed in, but a second factor is still due."""
