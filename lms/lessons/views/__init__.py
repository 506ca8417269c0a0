"""Pages of streaming lessons, one file per theme."""

from lms.lessons.views import (
    cards,
    later,
    meter,
    mine,
    network,
    observing,
    planning,
    record,
    room,
    saying,
    school_network,
    themes,
    timetables,
    troubles,
    wanted,
)
from lms.lessons.views.base import blueprint

__all__ = [
    "blueprint",
    "cards",
    "later",
    "meter",
    "mine",
    "network",
    "observing",
    "planning",
    "record",
    "room",
    "saying",
    "school_network",
    "themes",
    "timetables",
    "troubles",
    "wanted",
]
