"""Bringing in lists, the same way in every room: read, look at what would happen, confirm, take back.

A room describes a kind of list (`kinds.ImportKind`) and registers it; upload, preview, confirmation and undo are
pages here. Nothing changes until a person has confirmed what they saw.
"""

from lms.core.imports.views import blueprint

__all__ = ["blueprint"]
