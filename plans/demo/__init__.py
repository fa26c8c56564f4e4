"""The demo: a municipality with plans from 2008 to 2015 and one that lives today.

The facts are those of five published municipal documents, told in words of our own; people, mail
addresses and the plan of today are invented. The data are plain values (``spec``); ``loading``
is the only module here that writes.
"""
