"""Is a Word file fit to be a template of the municipality's own?

Asked when the file is handed in (``problems_in``), so that no visitor is the first to meet what is
wrong with it.
"""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from kommuneplan.uploads.packaging import relations, xml
from kommuneplan.uploads.sandbox import IN_A_REQUEST, TooHeavy, ask

from .placeholders import TemplateProblem, paragraphs, text_of

MAX_BYTES = 5_000_000
MAX_INFLATED = 40_000_000
MAX_PARTS = 500
TAG = re.compile(r"\{\{([^{}]*)\}\}|(\{%[^{}]*%\}|\{#[^{}]*#\})")


def problems_in(kind: str, data: bytes) -> list[str]:
    """What is wrong with a template for a ``memo``, a ``plan``, a ``report`` or a ``paper``, in
    sentences; none if it is fit. It is opened and tried out in the guarded process, as every file
    that is handed in."""
    if len(data) > MAX_BYTES:
        return [_too_large()]
    try:
        answer = ask("kommuneplan.documents.template_child", kind, data=data, seconds=IN_A_REQUEST)
    except TooHeavy:
        return [_damaged()]
    return list(answer["problems"])


def problems_of(
    data: bytes,
    *,
    known: frozenset[str],
    needed: Mapping[str, str],
    try_out: Callable[[bytes], object],
) -> list[str]:
    """What is wrong with a template, as sentences for the person who hands it in; none if fit.

    The file is opened and every placeholder looked at: it must be ``known``, and those ``needed``
    must be there, or their sentence is said. Then a paper with sample text is made (``try_out``).
    """
    try:
        texts = _texts(data)
    except TemplateProblem as problem:
        return [str(problem)]
    problems = list(dict.fromkeys(_strangers(texts, known)))
    if problems:
        return problems
    try:
        try_out(data)
    except TemplateProblem as problem:
        return [str(problem)]
    except Exception:  # whatever a damaged file makes of the libraries, the person gets an answer
        return [_damaged()]
    found = set[str]().union(*map(_names, texts))
    return [sentence for name, sentence in needed.items() if name not in found]


def _damaged() -> str:
    return _(
        "The file cannot be used: it is not a Word document, or it is damaged. "
        "Open it in Word, save it as .docx and hand it in again."
    )


def _too_large() -> str:
    return _(
        "The file is larger than %(limit)s MB. Make its pictures smaller and hand it in again."
    ) % {"limit": MAX_BYTES // 1_000_000}


def _texts(data: bytes) -> list[str]:
    """The text of each printed paragraph; the file's parts are looked through on the way."""
    if len(data) > MAX_BYTES:
        raise TemplateProblem(_too_large())
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive)
        return _printed(data)
    except TemplateProblem:
        raise
    except Exception as error:  # zip, XML or Word: it is no template either way
        raise TemplateProblem(_damaged()) from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise TemplateProblem(_damaged())
    names = {entry.filename.lower() for entry in entries}
    if any("vba" in name or "activex" in name or "embeddings/" in name for name in names):
        raise TemplateProblem(
            _(
                "The file holds macros or embedded programs. "
                "Save it as an ordinary Word document (.docx)."
            )
        )
    for entry in entries:
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as stream:
            part = stream.read(MAX_INFLATED)
        xml(part)  # refuses a document type definition, whatever it is written in
        if entry.filename.endswith(".rels") and any(
            one.is_external and one.kind != "hyperlink" for one in relations(part)
        ):
            raise TemplateProblem(
                _(
                    "The file fetches something from elsewhere (a linked picture or template). "
                    "Put the picture into the file, or remove the link, and hand it in again."
                )
            )


def _printed(data: bytes) -> list[str]:
    from docx import Document

    return [text_of(paragraph) for paragraph in paragraphs(Document(io.BytesIO(data)))]


def _strangers(texts: list[str], known: frozenset[str]) -> list[str]:
    problems = []
    for text in texts:
        for name, command in TAG.findall(text):
            if command:
                problems.append(
                    _(
                        "“%(tag)s” is a command. "
                        "A template can only hold placeholders such as {{ titel }}."
                    )
                    % {"tag": command[:60]}
                )
            elif name.strip() not in known:
                problems.append(_unknown(name.strip()[:60], known))
        rest = TAG.sub("", text)
        if "{{" in rest or "}}" in rest or "{%" in rest:
            problems.append(
                _("“%(text)s” has a placeholder that is not closed. Write it as {{ titel }}.")
                % {"text": text.strip()[:80]}
            )
    return problems


def _unknown(name: str, known: frozenset[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return _("The placeholder {{ %(name)s }} is not known. Did you mean {{ %(near)s }}?") % {
            "name": name,
            "near": near[0],
        }
    return _("The placeholder {{ %(name)s }} is not known. Correct it or remove it.") % {
        "name": name
    }


def _names(text: str) -> set[str]:
    return {name.strip() for name, _command in TAG.findall(text)}
