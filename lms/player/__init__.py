"""Packages on the shelf, given to classes and played: the only room that runs the SCORM engine.

A methodologist uploads a package and publishes a version, a teacher gives it to a class, a pupil plays it.
What a package says comes as numbered deltas into a log; everything shown about an attempt is derived from it.
"""

from typing import cast

from flask import Flask

from lms.player import api, course_activity, findable, help_shelf
from lms.player.api.base import add_api
from lms.player.service import inspection, messages
from lms.player.views import blueprint

# Described when the room is joined to an application: the description belongs to it, not to the module.
blueprint.record_once(lambda state: add_api(cast(Flask, state.app)))

__all__ = ["api", "blueprint", "course_activity", "findable", "help_shelf", "inspection", "messages"]
