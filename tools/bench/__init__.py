"""Requests a second of the public pages, beside a bare Django app in the same run.

``data`` blows the demo up; ``bare`` is the app compared with; ``settings`` are those of a
production server on one's own machine; ``prepare`` fills the database and counts queries;
``client`` asks; ``run`` puts it together and cleans up.
"""
