"""A network's week: pure, without database and language. docs/timetable-format.md describes what goes in and out."""
