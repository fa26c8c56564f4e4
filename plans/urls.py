"""Addresses of plans: public ones in Danish, lasting for ever, and the workspace's."""

from django.urls import URLPattern, path

from .views import comments, desk, exports, front, imports, public, publishing, text, writing

app_name = "plans"

public_addresses: list[URLPattern] = [
    path("", front.front, name="front"),
    path("planer/", front.plan_list, name="list"),
    path("kalender/", front.dates, name="dates"),
    path("planer/<slug:slug>/", public.plan, name="plan"),
    path("planer/<slug:slug>/versioner/<int:number>/", public.version, name="version"),
    path("kalender.ics", exports.calendar_all, name="calendar_all"),
    path("planer/<slug:slug>/kalender.ics", exports.calendar, name="calendar"),
    path("planer/<slug:slug>/procesplan.docx", exports.memo_docx, name="memo_docx"),
    path("planer/<slug:slug>/procesplan.pdf", exports.memo_pdf, name="memo_pdf"),
    path(
        "planer/<slug:slug>/versioner/<int:number>/procesplan.docx",
        exports.memo_docx,
        name="version_memo_docx",
    ),
    path(
        "planer/<slug:slug>/versioner/<int:number>/procesplan.pdf",
        exports.memo_pdf,
        name="version_memo_pdf",
    ),
]

_PLAN = "arbejde/planer/<slug:slug>/"
_MILESTONE = f"{_PLAN}milepaele/<uuid:uid>/"

_SECTION = f"{_PLAN}tekst/<uuid:section>/"

text_addresses: list[URLPattern] = [
    path(f"{_PLAN}tekst/", text.text, name="text"),
    path(f"{_PLAN}tekst/ny/", text.add_section, name="section-add"),
    path(_SECTION, writing.section, name="section"),
    path(f"{_SECTION}kladde/", writing.keep_draft, name="section-draft"),
    path(f"{_SECTION}kladde/kasser/", writing.discard_draft, name="section-draft-discard"),
    path(f"{_SECTION}konflikt/", writing.conflict, name="section-conflict"),
    path(f"{_SECTION}til-stede/", writing.presence, name="section-presence"),
    path(f"{_SECTION}flyt/", text.move_section, name="section-move"),
    path(f"{_SECTION}offentlig/", text.mark_section, name="section-mark"),
    path(f"{_SECTION}tag-ud/", text.retire_section, name="section-retire"),
    path(f"{_SECTION}saet-ind/", text.restore_section, name="section-restore"),
    path(f"{_SECTION}kommentarer/", comments.add_comment, name="comment-add"),
    path(f"{_SECTION}kommentarer/<uuid:comment>/", comments.act_on_comment, name="comment"),
]

work_addresses: list[URLPattern] = [
    path("arbejde/", desk.desk, name="desk"),
    path("arbejde/dato/", desk.read_date, name="read-date"),
    path("arbejde/import/", imports.start, name="import-start"),
    path("arbejde/import/<uuid:uid>/", imports.preview, name="import"),
    path("arbejde/import/<uuid:uid>/kasser/", imports.discard, name="import-discard"),
    path(_PLAN, desk.work_plan, name="work-plan"),
    path(f"{_PLAN}milepaele/ny/", desk.add_milestone, name="milestone-add"),
    path(_MILESTONE, desk.edit_milestone, name="milestone"),
    path(f"{_MILESTONE}fjern/", desk.end_milestone, name="milestone-end"),
    path(f"{_MILESTONE}status/", desk.finish_milestone, name="milestone-done"),
    path(f"{_PLAN}forhaandsvis/", publishing.preview, name="work-preview"),
    path(f"{_PLAN}offentligt/", publishing.choose, name="publish-choose"),
    path(f"{_PLAN}offentligt/gem/", desk.mark_public, name="mark-public"),
    path(f"{_PLAN}offentliggoer/", publishing.publish, name="publish"),
]

urlpatterns = [*public_addresses, *work_addresses, *text_addresses]
