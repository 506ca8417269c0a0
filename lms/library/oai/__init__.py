"""The library as an OAI-PMH 2.0 repository (openarchives.org/OAI/2.0/openarchivesprotocol.htm).

`asking` reads the arguments as §4 wants them, `tokens` carries a harvest from page to page, `answers` writes XML.
What is published here is offered; what was published and taken down is offered as deleted; what was brought from
elsewhere is for its own home to offer.
"""
