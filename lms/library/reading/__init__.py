"""The words of uploaded files, page by page, and pictures of them.

Everything here opens what strangers made, so it runs in a process of its own (`core.jobs.run_confined`) and knows
neither web nor database: paths go in, plain values come out.
"""

from lms.library.reading.all_kinds import read_files

__all__ = ["read_files"]
