"""What the Makefile calls. Each module does one job and runs alone: ``python3 -m tools.NAME``.

Set-up and what it imports run before anything is installed: the standard library only.
"""
