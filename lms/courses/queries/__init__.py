"""Questions about courses, one file per theme."""
