"""Files by the hash of their content: kept once, never changed, in a folder or in S3.

    blob = storage.keep(request.files["file"].stream, "video/mp4")     # streamed, never whole in memory
    digest: Mapped[str] = storage.needed()                             # a column that needs its file
    return storage.send(digest, "lesson.mp4", "video/mp4")             # byte ranges, kept by browsers for ever

A file that no `needed()` column names any more is removed by the sweep, a day after it was last needed.
"""

from lms.core.storage.blobs import BlobMissing, keep, open_blob, store
from lms.core.storage.models import Blob, needed
from lms.core.storage.sending import send
from lms.core.storage.stores import Store, make_store
from lms.core.storage.sweeping import sweep

__all__ = [
    "Blob", "BlobMissing", "Store", "keep", "make_store", "needed", "open_blob", "send", "store", "sweep",
]  # fmt: skip
