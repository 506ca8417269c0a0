"""Large files that arrive in pieces and go on after a break: of the line, the browser or the server.

    POST  /uploads          {"name": …, "size": …}            → 201 {"id", "offset": 0, "size", "most"}
    GET   /uploads/<id>                                       → 200 the same: where to go on
    PATCH /uploads/<id>     Upload-Offset: n, body = a piece  → 200 the same; 409 with the offset that is due

The idea is that of tus.io, in the few words a page needs. A piece counts once its row is committed; what a
killed server had written beyond that is written again. Rooms then call

    upload = uploads.finished_or_404(upload_id)               # of the asker, complete
    blob = uploads.take(upload)                               # into the storage; the upload is gone

Pieces lie in LMS_DATA/uploads: several web machines need that folder shared, or one machine per reader.
"""

from lms.core.uploads.models import Upload
from lms.core.uploads.service import finished_or_404, sweep, take
from lms.core.uploads.views import blueprint

__all__ = ["Upload", "blueprint", "finished_or_404", "sweep", "take"]
