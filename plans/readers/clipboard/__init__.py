"""What another program put on the clipboard as HTML: the same values as a document from Word.

``sheet`` knows what its styles mean, ``shapes`` what each block is, ``notes`` which of it are
footnotes, ``tables`` which are rows, ``inline`` reads words and their look, ``reader`` walks it
block by block. What follows (headings, tracked changes, and what becomes of it in a section) is the
same as for a file, so that the two cannot differ.
"""
