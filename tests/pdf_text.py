"""What a PDF shows, as text: read by pdfplumber, which the lock installs, not by a program."""

import io

import pdfplumber


def pages(data: bytes) -> list[str]:
    """The text of each page as a reader sees it: lines from above, each from left to right."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_text() for page in document.pages]


def shown(data: bytes) -> str:
    """The text of all pages, line below line."""
    return "\n".join(pages(data))


def words(data: bytes) -> str:
    """All of it on one line, wherever the lines were broken."""
    return " ".join(shown(data).split())
