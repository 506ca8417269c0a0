"""Sequencing and navigation of SCORM 2004, after the pseudo code of the SN book, 4th edition."""
