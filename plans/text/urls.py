"""Addresses of the text of a plan, its chapters and images."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import chapters, comments, images, outline, sections

_SECTION = f"{PLAN}tekst/<uuid:section>/"
_MATRIX = f"{PLAN}tekst/fuldstaendighed/"

urlpatterns: list[URLPattern] = [
    path("billeder/<uuid:uid>/", images.image, name="image"),
    path(f"{PLAN}tekst/", outline.text, name="text"),
    path(f"{PLAN}tekst/ny/", outline.add_section, name="section-add"),
    path(_SECTION, sections.section, name="section"),
    path(f"{_SECTION}kladde/", sections.keep_draft, name="section-draft"),
    path(f"{_SECTION}kladde/kasser/", sections.discard_draft, name="section-draft-discard"),
    path(f"{_SECTION}konflikt/", sections.conflict, name="section-conflict"),
    path(f"{_SECTION}til-stede/", sections.presence, name="section-presence"),
    path(f"{_SECTION}billeder/", images.add, name="section-image"),
    path(f"{_SECTION}flyt/", outline.move_section, name="section-move"),
    path(f"{_SECTION}offentlig/", outline.mark_section, name="section-mark"),
    path(f"{_SECTION}fjern/", outline.retire_section, name="section-retire"),
    path(f"{_SECTION}gendan/", outline.restore_section, name="section-restore"),
    path(f"{_SECTION}kommentarer/", comments.add_comment, name="comment-add"),
    path(f"{_SECTION}kommentarer/<uuid:comment>/", comments.act_on_comment, name="comment"),
    path(_MATRIX, chapters.matrix, name="matrix"),
    path(f"{_MATRIX}<uuid:group>/<slug:part>/", chapters.cell, name="matrix-cell"),
    path(f"{_SECTION}loesn/", chapters.untie, name="section-untie"),
    path(f"{PLAN}tekst/kapitler/", chapters.create, name="chapters"),
    path(f"{PLAN}tekst/lister/", chapters.lists, name="completeness-lists"),
    path(f"{PLAN}tekst/lister/<uuid:uid>/", chapters.line, name="completeness-line"),
    path(f"{PLAN}tekst/lister/<uuid:uid>/goer/", chapters.act_on_line, name="completeness-act"),
]
