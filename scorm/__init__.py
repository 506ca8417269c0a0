"""The SCORM engine: packages, data model, sequencing, adapter.

It knows no web, no database, no clock, no language and no chance: time and random numbers are arguments,
what people read is a code, and the only file it touches is the package handed to it.
SCORM 1.2 and SCORM 2004 3rd and 4th edition are complete; 2nd edition packages open and play.
"""
