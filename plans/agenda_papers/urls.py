"""Addresses of papers for agendas."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import papers, writing

_ROOM = f"{PLAN}sagsfremstilling/"
_PAPER = f"{_ROOM}<uuid:uid>/"
_MEMBER = "arbejde/udvalg/sagsfremstillinger/<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path(_ROOM, papers.papers, name="agenda-papers"),
    path(f"{_ROOM}ny/", papers.begin, name="agenda-paper-begin"),
    path(_PAPER, papers.paper, name="agenda-paper"),
    path(f"{_PAPER}skriv/", writing.write, name="agenda-paper-write"),
    path(f"{_PAPER}kladde/", writing.keep, name="agenda-paper-draft"),
    path(f"{_PAPER}kladde/kasser/", writing.discard, name="agenda-paper-discard"),
    path(f"{_PAPER}hoved/", papers.head, name="agenda-paper-head"),
    path(f"{_PAPER}bilag/", papers.annexes, name="agenda-paper-annexes"),
    path(f"{_PAPER}aflever/", papers.hand_in, name="agenda-paper-hand-in"),
    path(f"{_PAPER}tag-ud/", papers.retire, name="agenda-paper-retire"),
    path(f"{_PAPER}sagsfremstilling.docx", papers.as_file, {"form": "docx"}, "agenda-paper-docx"),
    path(f"{_PAPER}sagsfremstilling.pdf", papers.as_file, {"form": "pdf"}, "agenda-paper-pdf"),
    path(_MEMBER, papers.for_member, name="member-paper"),
    path(f"{_MEMBER}bilag/<uuid:annex>/", papers.member_annex, name="member-paper-annex"),
    path(
        f"{_MEMBER}sagsfremstilling.docx",
        papers.member_file,
        {"form": "docx"},
        "member-paper-docx",
    ),
    path(f"{_MEMBER}sagsfremstilling.pdf", papers.member_file, {"form": "pdf"}, "member-paper-pdf"),
    path("arbejde/opsaetning/sagsfremstilling/", papers.setting, name="agenda-paper-setting"),
]
