"""The words of everything that stands on public pages, found again.

Words are folded, stemmed and taken apart once, in Python (``words``), and stored as plain signs
(``entries``). FTS5 on SQLite and tsvector on PostgreSQL only index these signs (``engine``), and
what is found is weighed in Python (``weighing``), so both databases give the same answers in the
same order. What is indexed, and what of it may be read at an instant, is said by those who show
it (``sources``).
"""
