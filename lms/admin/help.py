"""Help about oversight."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from lms.admin.views.base import blueprint
from lms.web.help import Topic, help_topic

TOPICS = (
    Topic(
        "who-did-it",
        _l("Find out who did what"),
        (
            _l("Open “Oversight” in the menu: the newest entries of the audit log stand first."),
            _l("Type a part of a name to see what this person did and what was done to them."),
            _l("Choose an action, a school or days to narrow the list, then press “Find”."),
            _l("Below the list, export it as a file for a spreadsheet; the export is put on record."),
        ),
        "audit.see",
        ("admin.audit_log",),
        _l("Nobody can change or remove an entry unnoticed: each one seals all those before it."),
    ),
    Topic(
        "failed-job",
        _l("A job has failed"),
        (
            _l("Open “Oversight” in the menu, then “Jobs”, and choose the state “Failed”."),
            _l("Read the error: often a file or a connection was missing."),
            _l("Remove the cause, then press “Starting again” beside the job."),
        ),
        "job.see",
        ("admin.jobs",),
        _l("A job leaves nothing half done: it takes effect as a whole or not at all."),
    ),
    Topic(
        "system-state",
        _l("Is the system well?"),
        (
            _l("Open “Oversight” in the menu, then “State of the system”."),
            _l("Do first what stands beside a line that says “Wrong”."),
            _l("Lines that say “Worth a look” can wait until the end of the week."),
        ),
        "health.see",
        ("admin.health", "admin.settings"),
    ),
)

for _topic in TOPICS:
    help_topic(blueprint, _topic)
