"""Work behind the page that is done once to effect, whatever happens to the machine.

    @job("courses.import")
    def import_course(work: Work) -> dict[str, Any]:
        found = inspect(work.payload["digest"])     # long, changes nothing
        work.progress(1, 2)                         # seen at once by whoever watches /jobs/<id>
        work.effects()                              # from here on: changes, kept together with "done"
        return {"course": str(add_course(found).id)}

    enqueue("courses.import", {"digest": blob.digest}, key=f"import {blob.digest}")

The row is the truth. Huey carries its id to a worker; a lost id is sent again, a lost worker's job is given
to the next one, and effects commit in one transaction with "done", so that half a job leaves nothing.
"""

from lms.core.jobs.asking import enqueue
from lms.core.jobs.confined import ConfinedError, run_confined
from lms.core.jobs.models import Job
from lms.core.jobs.registry import job
from lms.core.jobs.views import blueprint
from lms.core.jobs.work import GiveUp, LeaseLost, Work

__all__ = [
    "ConfinedError", "GiveUp", "Job", "LeaseLost", "Work", "blueprint", "enqueue", "job", "run_confined",
]  # fmt: skip
