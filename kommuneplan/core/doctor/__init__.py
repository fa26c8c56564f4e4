"""Is this installation in order? One function for each question, each with one ``Diagnosis``:
``surroundings`` what the settings say, ``database``, ``files`` what lies on the disk, ``running``
what should be going on; ``examining`` asks them all. Used by ``manage.py doctor``.
"""
