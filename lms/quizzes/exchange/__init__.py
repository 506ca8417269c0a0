"""Questions from elsewhere and back: GIFT, Aiken, Moodle XML, QTI, typed text.

A reader takes bytes and gives a `Reading`: questions as docs/questions.md describes them, pictures and sounds by
their hash, and a list of everything that was refused or changed, with lines. Nothing is dropped silently. A writer
takes such questions and gives bytes, and the same kind of list. No database, no request, no page.
"""
