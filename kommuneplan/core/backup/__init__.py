"""Saving everything and bringing it back: ``database`` the rows, ``manifest`` what was saved and
its digests, ``saving`` and ``restoring`` the whole. Used by the commands ``backup``, ``restore``.
"""
