"""The part *annexes* of a document: what is frozen of each annex. Pure.

A line holds the digest of the annex's file, so that the seal of a version covers the bytes that it
gives out, and all words of an effort description.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.plain_text import reads_as
from plans.document.comparison import Compared, ComparisonRow, merged, row_of
from plans.document.parts import BlockWords, DocumentPart, KindOfBlock, lines_of
from plans.enums import AnnexKind

KEY = "annexes"


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """An annex as others read it. ``file`` is the uid of the version of its file (an ``AnnexFile``)
    and "" where there is none; ``edition`` counts those versions."""

    uid: str
    title: str
    number: str = ""
    kind: str = AnnexKind.FILE.value
    note: str = ""
    file: str = ""
    edition: int = 0
    name: str = ""
    content_type: str = ""
    size: int = 0
    sha256: str = ""
    target_group: str = ""
    purpose: str = ""
    method: str = ""
    expected_results: str = ""
    indicators: str = ""
    resources: str = ""
    provider: str = ""
    chapter: str = ""
    focus_area: str = ""

    @property
    def is_effort(self) -> bool:
        """Is it an effort description?"""
        return self.kind == AnnexKind.EFFORT

    @property
    def said(self) -> list[tuple[str, str]]:
        """What an effort description says: (heading, words), in its order."""
        rows = [(str(label), getattr(self, name)) for name, label in EFFORT.items()]
        return [(label, words) for label, words in rows if words]

    @property
    def is_enclosed(self) -> bool:
        """Is there something to read?"""
        return bool(self.file or self.said)

    @property
    def extension(self) -> str:
        """What sort of file it is: "PDF", "DOCX"."""
        return self.name.rpartition(".")[2].upper() if "." in self.name else ""

    @property
    def called(self) -> str:
        """Its number and title: "Bilag 7: Tids- og procesplan"."""
        return called(self.number, self.title)


def called(number: str, title: str) -> str:
    """What an annex is called, with its number where it has one."""
    return (
        _("Annex %(number)s: %(title)s") % {"number": number, "title": title} if number else title
    )


EFFORT = {
    "target_group": gettext_lazy("Target group"),
    "purpose": gettext_lazy("Purpose"),
    "method": gettext_lazy("Method"),
    "expected_results": gettext_lazy("Expected results"),
    "indicators": gettext_lazy("Indicators"),
    "resources": gettext_lazy("Resources"),
    "provider": gettext_lazy("Provider or offer"),
    "chapter": gettext_lazy("Chapter of the plan"),
    "focus_area": gettext_lazy("Focus area"),
}
"""The fields of an effort description in the order in which they are read."""

FIELDS = {
    "title": gettext_lazy("Title"),
    "number": gettext_lazy("Number"),
    "note": gettext_lazy("What it holds"),
    "name": gettext_lazy("File"),
    "edition": gettext_lazy("Version of the file"),
    **EFFORT,
}

Annexes = tuple[AnnexLine, ...]


def words(annexes: Annexes) -> Iterator[BlockWords]:
    """What is said of each annex."""
    for one in annexes:
        written = [one.called, one.note, one.name, *(said for _label, said in one.said)]
        yield BlockWords(one.uid, one.called, "\n".join(filter(None, written)))


def redact(annexes: Annexes, removed: Mapping[str, str]) -> Annexes:
    """Without the words of some annexes, and without their files."""
    return tuple(
        AnnexLine(one.uid, removed[one.uid], kind=one.kind) if one.uid in removed else one
        for one in annexes
    )


def compare(before: Annexes, after: Annexes) -> Iterator[Compared]:
    """What is not the same of each annex, field by field."""
    was, now = {one.uid: one for one in before}, {one.uid: one for one in after}
    for uid in merged(list(was), list(now)):
        old, new = was.get(uid), now.get(uid)
        title = (now.get(uid) or was[uid]).called
        rows = tuple(_rows(f"annex-{uid}", title, old, new))
        kind = "new" if old is None else "gone" if new is None else "changed"
        if rows:
            yield Compared(f"annex-{uid}", title, _kind_word(kind), rows, kind)


def _rows(
    anchor: str, title: str, old: AnnexLine | None, new: AnnexLine | None
) -> Iterator[ComparisonRow]:
    for name, label in FIELDS.items():
        row = row_of(f"{anchor}-{name}", title, _said(old, name), _said(new, name), name, label)
        if row:
            yield row


def _said(line: AnnexLine | None, name: str) -> str:
    return str(getattr(line, name) or "") if line else ""


def _kind_word(kind: str) -> str:
    return {
        "new": _("New annex"),
        "gone": _("Removed annex"),
        "changed": _("Changed annex"),
    }[kind]


@dataclass(frozen=True, slots=True)
class AnnexDifferences:
    """Annexes that are new, changed or gone; ``new_files`` are those of the changed whose file is
    another one."""

    new: Annexes = ()
    changed: Annexes = ()
    gone: Annexes = ()
    new_files: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Is there any?"""
        return bool(self.new or self.changed or self.gone)


def differences(before: Annexes, after: Annexes) -> AnnexDifferences:
    """What a reader of one should know of the other; annexes are the same by their uid."""
    was, now = {one.uid: one for one in before}, {one.uid: one for one in after}
    both = [(was[uid], one) for uid, one in now.items() if uid in was]
    return AnnexDifferences(
        new=tuple(one for uid, one in now.items() if uid not in was),
        changed=tuple(one for old, one in both if _differ(old, one)),
        gone=tuple(one for uid, one in was.items() if uid not in now),
        new_files=frozenset(one.uid for old, one in both if old.sha256 != one.sha256),
    )


def _differ(old: AnnexLine, new: AnnexLine) -> bool:
    told = any(not reads_as(_said(old, name), _said(new, name)) for name in FIELDS)
    return told or old.sha256 != new.sha256


def line_in(value: Annexes, uid: str) -> AnnexLine | None:
    """The annex with that uid."""
    return next((one for one in value if one.uid == uid), None)


ANNEXES = DocumentPart(
    key=KEY,
    label=gettext_lazy("annexes"),
    kinds={KEY: KindOfBlock(gettext_lazy("annex"), route="plans:annex", is_named=True)},
    read=lines_of(AnnexLine),
    words=words,
    redact=redact,
    compare=compare,
    differences=differences,
    template="plans/document/annexes.html",
    changes_template="plans/document/changes/annexes.html",
    sealed=80,
    on_page=80,
    on_paper=80,
)
