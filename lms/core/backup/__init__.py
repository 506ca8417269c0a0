"""Everything that cannot be made again, in one file or one folder, and back onto an empty machine.

    manifest.json               written last: what is here, how much of it, and its digests
    tables/<name>.jsonl.gz      a row a line, in the order in which they can be put back
    files/ab/cd/<sha256>        stored files under their own digest

Neither SQLite nor PostgreSQL, neither a folder nor S3 can be told from it. It holds the tables of the version
it was made with; restoring brings them to the version that restores. The secret key is not in it.
"""

from lms.core.backup.restoring import NotEmpty, Restored, restore
from lms.core.backup.saving import Saved, back_up
from lms.core.backup.targets import Damaged

__all__ = ["Damaged", "NotEmpty", "Restored", "Saved", "back_up", "restore"]
