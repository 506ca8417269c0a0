"""Pages of the administrator's room."""

from lms.admin.views import audit, health, jobs, settings
from lms.admin.views.base import blueprint

__all__ = ["audit", "blueprint", "health", "jobs", "settings"]
