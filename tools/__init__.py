"""What the Makefile calls. Each module does one job and can be run alone: ``python3 -m tools.NAME``.

``common`` and ``setup`` run before anything is installed, so all of this is plain standard library.
"""
