"""A live lesson on the school's own network, held by a computer of the school (decisions/0096).

The computer fetches lessons beforehand, shows them to devices in the school, passes on what comes from the centre, and
keeps what is said until the centre has acknowledged it. It needs neither database nor account, only a key.

    kept      what must outlive a power cut: pages, names, words on their way     (one SQLite file, slides beside it)
    hall      one lesson: what is shown now, and who hears it
    centre    the calls to the server
    link      between the two: fetch, hear, hand in
    pages     what devices in the school ask for
"""
