"""What of a Word or OpenDocument package the readers understand. Whatever is not named here makes
the file one that a person must look at: "nothing found" means that everything was read.
"""

from __future__ import annotations

import re

from .values import FilePlace

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PACKAGE = "application/vnd.openxmlformats-package."

# Parts that are XML with words in it, and the place that is said of what is found there.
READ = {
    f"{_WORD}document.main+xml": FilePlace.TEXT,
    f"{_WORD}document.glossary+xml": FilePlace.HIDDEN,
    f"{_WORD}header+xml": FilePlace.HEADER,
    f"{_WORD}footer+xml": FilePlace.HEADER,
    f"{_WORD}footnotes+xml": FilePlace.NOTE,
    f"{_WORD}endnotes+xml": FilePlace.NOTE,
    f"{_WORD}comments+xml": FilePlace.COMMENT,
    f"{_WORD}commentsextended+xml": FilePlace.COMMENT,
    f"{_WORD}commentsids+xml": FilePlace.COMMENT,
    f"{_WORD}commentsextensible+xml": FilePlace.COMMENT,
    f"{_WORD}people+xml": FilePlace.COMMENT,
    f"{_WORD}styles+xml": FilePlace.HIDDEN,
    f"{_WORD}settings+xml": FilePlace.HIDDEN,
    f"{_WORD}websettings+xml": FilePlace.HIDDEN,
    f"{_WORD}fonttable+xml": FilePlace.HIDDEN,
    f"{_WORD}numbering+xml": FilePlace.TEXT,
    "application/vnd.ms-word.styleswitheffects+xml": FilePlace.HIDDEN,
    f"{_OFFICE}theme+xml": FilePlace.HIDDEN,
    f"{_OFFICE}themeoverride+xml": FilePlace.HIDDEN,
    f"{_OFFICE}extended-properties+xml": FilePlace.PROPERTIES,
    f"{_OFFICE}custom-properties+xml": FilePlace.PROPERTIES,
    f"{_OFFICE}customxmlproperties+xml": FilePlace.PROPERTIES,
    f"{_PACKAGE}core-properties+xml": FilePlace.PROPERTIES,
    "application/xml": FilePlace.PROPERTIES,  # customXml: what a form or a case system laid there
    "text/xml": FilePlace.PROPERTIES,
    f"{_OFFICE}drawingml.chart+xml": FilePlace.TEXT,
    f"{_OFFICE}drawingml.chartshapes+xml": FilePlace.TEXT,
    f"{_OFFICE}drawingml.diagramdata+xml": FilePlace.TEXT,
    f"{_OFFICE}drawingml.diagramlayout+xml": FilePlace.HIDDEN,
    f"{_OFFICE}drawingml.diagramstyle+xml": FilePlace.HIDDEN,
    f"{_OFFICE}drawingml.diagramcolors+xml": FilePlace.HIDDEN,
    "application/vnd.ms-office.drawingml.diagramdrawing+xml": FilePlace.TEXT,
    "application/vnd.ms-office.chartstyle+xml": FilePlace.HIDDEN,
    "application/vnd.ms-office.chartcolorstyle+xml": FilePlace.HIDDEN,
}
RELATIONS_TYPE = f"{_PACKAGE}relationships+xml"
FONT_TYPES = {f"{_OFFICE}obfuscatedfont", "application/x-fontdata", "application/x-font-ttf"}

# What parts may say that they belong together with.
RELATIONS = {
    "officeDocument", "extended-properties", "custom-properties", "core-properties", "thumbnail",
    "styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "font", "theme",
    "themeOverride", "numbering", "header", "footer", "footnotes", "endnotes", "comments",
    "commentsExtended", "commentsIds", "commentsExtensible", "people", "customXml",
    "customXmlProps", "glossaryDocument", "image", "hyperlink", "chart", "chartUserShapes",
    "chartStyle", "chartColorStyle", "diagramData", "diagramLayout", "diagramQuickStyle",
    "diagramColors", "diagramDrawing", "attachedTemplate",
}  # fmt: skip
FOLLOWED_BY_PEOPLE = {"hyperlink", "attachedTemplate"}  # the only ones whose target may be outside
_VOCABULARIES = re.compile(
    r"https?://(?:schemas\.openxmlformats\.org/(?:officeDocument|package)"
    r"|purl\.oclc\.org/ooxml/officeDocument|schemas\.microsoft\.com/office)/[\w/.-]{0,80}"
)


def is_known_relation(vocabulary: str, kind: str) -> bool:
    """Does the program know what such a relation leads to?"""
    return kind in RELATIONS and _VOCABULARIES.fullmatch(vocabulary) is not None


# OpenDocument: a package has these parts, and folders of pictures.
OPEN_DOCUMENT = {
    "content.xml": FilePlace.TEXT,
    "styles.xml": FilePlace.HEADER,
    "meta.xml": FilePlace.PROPERTIES,
    "settings.xml": FilePlace.PROPERTIES,
    "manifest.rdf": FilePlace.PROPERTIES,
    "meta-inf/manifest.xml": FilePlace.HIDDEN,
}
NO_WORDS = {"mimetype", "layout-cache"}
PICTURES = re.compile(r"(?:pictures|thumbnails|configurations2/images)/[^/]{1,200}")
CONFIGURATION = re.compile(r"configurations2/(?:[\w-]{1,40}/){0,3}[\w.-]{0,80}")
EMBEDDED = re.compile(r"object |objectreplacements/|word/embeddings/|embeddings/|word/activex/")
