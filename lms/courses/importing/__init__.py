"""Material comes in: documents, slides, pages, cartridges and what was made here become lessons of blocks.

Each reader gives `Found`: lessons with blocks, the files they need, and what was not understood. Nothing is lost
silently: whatever a reader passes over is counted by name. Documents of strangers are opened in a process of their own.
"""

from lms.courses.importing.found import READERS, Found, read

__all__ = ["READERS", "Found", "read"]
