"""Answer sheets on paper: printed, photographed by whatever is at hand, read again.

`layout` says where everything stands in millimetres; `printing` draws it; `straightening` finds the sheet in a
picture; `reading` says what is marked, and what a person has to look at. Pure: bytes in, values out.
"""
