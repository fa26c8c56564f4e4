"""A whole text from Word: what stands in the document, before anybody has said what becomes of it.

``door`` lets a file in, ``reading`` walks the document, ``styles`` knows its styles and lists,
``changes`` which tracked marks are one change; ``parts`` are the values they speak in.
"""
