"""A library in one file: what is put in, how it is signed, how it is opened again elsewhere.

    index.html  manifest.json  signature.json  viewer.js  viewer.css
    data/library.js  data/text-0.js …     records, the index, the words of each resource, as scripts
    files/0/1-name.pdf …                  the resources' own files

Opened from a folder it is a page with a search; brought to another server it is a list of resources with files.
"""
