"""What a word is in Kazakh and Russian: letters mended, words cut out, every base a form can come from.

Nothing here knows an index: text goes in, keys come out. See docs/decisions/0040-search-analysis.md.
"""
