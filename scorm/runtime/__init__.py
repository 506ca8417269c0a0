"""The run-time environment of one SCO: how it is launched, the session it speaks in, and what came of it.

launch    what the SCO finds when it calls Initialize
session   the eight calls of the API, their states and errors; a plain value that goes to JSON and back
closing   what the system does with the data when a session ends
outcome   completion, success, score and time, and why something is not complete
times     the two ways SCORM writes a length of time
"""
