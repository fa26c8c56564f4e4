"""What the Makefile calls. Each module does one job and runs alone: ``python3 -m tools.NAME``.

Set-up runs before anything is installed, so all of this needs the standard library only.
"""
