"""Slides: pages of a PDF or PPTX turned into small pictures of known weight."""
