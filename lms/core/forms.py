"""Forms: request → value, or errors that teach. The macros of components/form.html draw them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import Form as WTForm
from wtforms import validators
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]


class Form(WTForm):
    """Filled from the request when one is sent, else from a row. `ok()` is True when every value holds."""

    @classmethod
    def here(cls, row: Any = None, **defaults: Any) -> Self:
        sent = request.form if request.method == "POST" else None
        return cls(sent, obj=row, **defaults)

    def ok(self) -> bool:
        return request.method == "POST" and self.validate()

    def values(self, *but: str) -> dict[str, Any]:
        return {name: value for name, value in self.data.items() if name not in but}

    @property
    def wrong(self) -> list[Field]:
        """Fields with an error, in order: the summary at the top links to each."""
        return [field for field in self if field.errors]


def options(labels: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> list[Any]:
    """Choices of a select field from codes and their words; the field takes plain pairs no more."""
    pairs = labels.items() if isinstance(labels, Mapping) else labels
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def required(message: Any = None) -> validators.DataRequired:
    return validators.DataRequired(message or _l("Fill in this field."))


def at_most(length: int) -> validators.Length:
    return validators.Length(max=length, message=_l("This is too long: at most %(max)d characters fit."))


def between(lowest: float, highest: float) -> validators.NumberRange:
    message = _l("Enter a number from %(min)s to %(max)s.")
    return validators.NumberRange(min=lowest, max=highest, message=message)


def stripped(text: str | None) -> str:
    """A filter for text fields: spaces around and double spaces inside are never meant."""
    return " ".join((text or "").split())
