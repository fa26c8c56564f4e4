"""Addresses of plans: public ones in Danish, lasting for ever, and the workspace's."""

from django.urls import URLPattern, path

from .views import (
    approving,
    chapters,
    comments,
    desk,
    exports,
    focus,
    front,
    hiding,
    history,
    images,
    imports,
    life,
    matters,
    meetings,
    members,
    milestones,
    moving,
    notes,
    people,
    process,
    public,
    publishing,
    questions,
    recusals,
    starting,
    status,
    status_writing,
    structure,
    text,
    versions,
    whole,
    word,
    writing,
)

app_name = "plans"

public_addresses: list[URLPattern] = [
    path("", front.front, name="front"),
    path("planer/", front.plan_list, name="list"),
    path("kalender/", front.dates, name="dates"),
    path("planer/<slug:slug>/", public.plan, name="plan"),
    path("planer/<slug:slug>/versioner/<int:number>/", public.version, name="version"),
    path("billeder/<uuid:uid>/", images.image, name="image"),
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
    path(f"{_SECTION}billeder/", images.add, name="section-image"),
    path(f"{_SECTION}flyt/", text.move_section, name="section-move"),
    path(f"{_SECTION}offentlig/", text.mark_section, name="section-mark"),
    path(f"{_SECTION}fjern/", text.retire_section, name="section-retire"),
    path(f"{_SECTION}gendan/", text.restore_section, name="section-restore"),
    path(f"{_SECTION}kommentarer/", comments.add_comment, name="comment-add"),
    path(f"{_SECTION}kommentarer/<uuid:comment>/", comments.act_on_comment, name="comment"),
]

_MATRIX = f"{_PLAN}tekst/fuldstaendighed/"

chapter_addresses: list[URLPattern] = [
    path(_MATRIX, chapters.matrix, name="matrix"),
    path(f"{_MATRIX}<uuid:group>/<slug:part>/", chapters.cell, name="matrix-cell"),
    path(f"{_SECTION}loesn/", chapters.untie, name="section-untie"),
    path(f"{_PLAN}tekst/kapitler/", chapters.create, name="chapters"),
    path(f"{_PLAN}tekst/lister/", chapters.lists, name="completeness-lists"),
    path(f"{_PLAN}tekst/lister/<uuid:uid>/", chapters.line, name="completeness-line"),
    path(f"{_PLAN}tekst/lister/<uuid:uid>/goer/", chapters.act_on_line, name="completeness-act"),
]

_WORD = f"{_PLAN}tekst/word/"

word_addresses: list[URLPattern] = [
    path(_WORD, word.start, name="word"),
    path(f"{_WORD}<uuid:uid>/", word.preview, name="word-import"),
    path(f"{_WORD}<uuid:uid>/kasser/", word.discard, name="word-discard"),
    path(f"{_WORD}<uuid:uid>/billede/<int:number>/", word.picture, name="word-picture"),
]

_AREA = f"{_PLAN}indsatsomraader/<uuid:uid>/"
_STATUS = f"{_PLAN}indsatsomraader/status/"

status_addresses: list[URLPattern] = [
    path(f"{_PLAN}indsatsomraader/", focus.areas, name="focus"),
    path(f"{_PLAN}indsatsomraader/nyt/", focus.add_area, name="focus-add"),
    path(_AREA, focus.edit_area, name="focus-area"),
    path(f"{_AREA}flyt/", focus.move_area, name="focus-move"),
    path(f"{_AREA}afslut/", focus.end_area, name="focus-end"),
    path(f"{_AREA}tag-ud/", focus.retire_area, name="focus-retire"),
    path(f"{_AREA}saet-ind/", focus.restore_area, name="focus-restore"),
    path(f"{_PLAN}indsatsomraader/aar-for-aar/", status.years, name="focus-years"),
    path(f"{_STATUS}ny/", status.open_year, name="status-open"),
    path(f"{_STATUS}<int:year>/", status_writing.status, name="status"),
    path(f"{_STATUS}<int:year>/kladde/", status_writing.keep, name="status-draft"),
    path(f"{_STATUS}<int:year>/kladde/kasser/", status_writing.discard, name="status-discard"),
    path(f"{_STATUS}<int:year>/rammer/", status.edit_status, name="status-edit"),
    path(f"{_STATUS}<int:year>/luk/", status.close_year, name="status-close"),
    path(f"{_STATUS}<int:year>/forelaeg/", status.submit_status, name="status-submit"),
]

life_addresses: list[URLPattern] = [
    path("arbejde/ny-plan/", structure.new_plan, name="plan-new"),
    path(f"{_PLAN}struktur/", structure.place, name="structure"),
    path(_PLAN, life.overview, name="overview"),
    path(f"{_PLAN}oplysninger/", life.head, name="head"),
    path(f"{_PLAN}godkendelse/", approving.approval, name="approval"),
    path(f"{_PLAN}personer/", people.people, name="people"),
    path(f"{_PLAN}personer/ny/", people.add, name="people-add"),
    path(f"{_PLAN}personer/afslut/", people.end, name="people-end"),
    path(f"{_PLAN}sager/ny/", life.submit, name="submit"),
    path(f"{_PLAN}sager/<uuid:uid>/", matters.matter, name="matter"),
    path(f"{_PLAN}sager/<uuid:uid>/rettet/", matters.amended, name="matter-amended"),
    path(f"{_PLAN}behandlinger/<uuid:uid>/", matters.outcome, name="outcome"),
    path(f"{_PLAN}behandlinger/<uuid:uid>/moede/", matters.reschedule, name="reschedule"),
    path(f"{_PLAN}traek-tilbage/", life.withdraw, name="withdraw"),
    path(f"{_PLAN}revision/", life.revise, name="revise"),
    path(f"{_PLAN}ophaev/", life.repeal, name="repeal"),
    path(f"{_PLAN}versioner/", versions.versions, name="versions"),
    path(f"{_PLAN}versioner/sammenlign/", versions.compared, name="version-compare"),
    path(f"{_PLAN}versioner/<int:number>/", versions.version, name="work-version"),
    path(f"{_PLAN}versioner/<int:number>/offentliggoer/", versions.publish, name="version-publish"),
    path(f"{_PLAN}versioner/<int:number>/skjul/", hiding.hide, name="version-hide"),
    path(f"{_PLAN}udgivelser/<uuid:uid>/traek/", versions.withdraw, name="publication-withdraw"),
]

work_addresses: list[URLPattern] = [
    path("arbejde/", desk.desk, name="desk"),
    path("arbejde/set/", desk.seen, name="desk-seen"),
    path("arbejde/dato/", milestones.read_date, name="read-date"),
    path("arbejde/import/", imports.start, name="import-start"),
    path("arbejde/import/<uuid:uid>/", imports.preview, name="import"),
    path("arbejde/import/<uuid:uid>/kasser/", imports.discard, name="import-discard"),
    path(f"{_PLAN}milepaele/ny/", milestones.add_milestone, name="milestone-add"),
    path(_MILESTONE, milestones.edit_milestone, name="milestone"),
    path(f"{_MILESTONE}fjern/", milestones.end_milestone, name="milestone-end"),
    path(f"{_MILESTONE}status/", milestones.finish_milestone, name="milestone-done"),
    path(f"{_PLAN}forhaandsvis/", publishing.preview, name="work-preview"),
    path(f"{_PLAN}offentligt/", publishing.choose, name="publish-choose"),
    path(f"{_PLAN}offentligt/gem/", milestones.mark_public, name="mark-public"),
    path(f"{_PLAN}offentliggoer/", publishing.publish, name="publish"),
]

process_addresses: list[URLPattern] = [
    path(f"{_PLAN}procesplan/", process.work_plan, name="work-plan"),
    path(f"{_PLAN}procesplan/tjek/", process.accept, name="accept-finding"),
    path(f"{_PLAN}procesplan/planlov/", process.planning_act, name="planning-act"),
    path(f"{_PLAN}procesplan/behandling/", starting.chain, name="chain"),
    path(f"{_PLAN}procesplan/skabelon/", starting.template, name="template"),
    path(f"{_MILESTONE}raekke/", process.row, name="milestone-row"),
    path(f"{_MILESTONE}kopi/", process.copy_row, name="milestone-copy"),
    path(f"{_MILESTONE}plads/", process.place_row, name="milestone-place"),
    path(f"{_MILESTONE}bekraeft/", process.confirm_row, name="milestone-confirm"),
    path(f"{_MILESTONE}slet/", process.delete_row, name="milestone-delete"),
    path(f"{_MILESTONE}gendan/", process.restore_row, name="milestone-restore"),
    path(f"{_MILESTONE}flyt/", moving.move, name="milestone-move"),
    path(f"{_MILESTONE}moede/", meetings.other, name="milestone-meeting"),
    path("arbejde/moeder/<uuid:uid>/flyt/", meetings.move, name="meeting-move"),
    path(f"{_MILESTONE}venter-paa/", moving.dependencies, name="dependencies"),
]

_THING = f"{_PLAN}historik/<slug:kind>/<uuid:uid>/"

history_addresses: list[URLPattern] = [
    path(f"{_PLAN}historik/", history.history, name="history"),
    path(f"{_PLAN}historik/historik.xlsx", history.as_xlsx, name="history-xlsx"),
    path(f"{_PLAN}historik/historik.json", history.as_json, name="history-json"),
    path(_THING, history.of_thing, name="history-thing"),
    path(f"{_THING}<int:number>/", history.one_state, name="history-state"),
    path(f"{_THING}<int:number>/gendan/", history.put_back, name="history-put-back"),
]

# --- members, and those who answer them ---

_MEMBER = "arbejde/udvalg/"
_READ = f"{_MEMBER}planer/<slug:slug>/<int:number>/"

member_addresses: list[URLPattern] = [
    path(_MEMBER, members.matters, name="member-matters"),
    path(f"{_MEMBER}sager/<uuid:uid>/", members.matter, name="member-matter"),
    path(f"{_MEMBER}planer/", members.plans, name="member-plans"),
    path(f"{_MEMBER}planer/<slug:slug>/", members.plan, name="member-plan"),
    path(_READ, members.version, name="member-version"),
    path(f"{_READ}aendringer/", members.changes, name="member-changes"),
    path(f"{_READ}plan.pdf", members.pdf, name="member-pdf"),
    path(f"{_READ}afsnit/<slug:anchor>/", members.paragraph, name="member-paragraph"),
    path(f"{_READ}afsnit/<slug:anchor>/note/", notes.paragraph_note, name="member-write"),
    path(f"{_READ}spoerg/", questions.ask, name="member-ask"),
    path(f"{_MEMBER}noter/", notes.notes, name="member-notes"),
    path(f"{_MEMBER}noter/<uuid:uid>/", notes.note, name="member-note"),
    path(f"{_MEMBER}spoergsmaal/", questions.asked, name="member-questions"),
    path(f"{_MEMBER}spoergsmaal/<uuid:uid>/", questions.question, name="member-question"),
    path("arbejde/spoergsmaal/", questions.questions, name="questions"),
    path("arbejde/spoergsmaal/<uuid:uid>/", questions.reply, name="question"),
    path("arbejde/sager/<uuid:uid>/inhabile/", recusals.recusals, name="recusals"),
]

# --- whole plans as Word and PDF ---

_PUBLISHED = "planer/<slug:slug>/"
_NUMBERED = "versioner/<int:number>/"

paper_addresses: list[URLPattern] = [
    path(f"{under}plan.{form}", view, {"form": form}, name=name.format(form))
    for under, view, name in (
        (_PUBLISHED, whole.published, "whole_{}"),
        (f"{_PUBLISHED}{_NUMBERED}", whole.published, "version_whole_{}"),
        (f"{_PLAN}{_NUMBERED}", whole.frozen, "work-version-{}"),
        (f"{_PLAN}tekst/", whole.draft, "draft-{}"),
    )
    for form in ("docx", "pdf")
]

urlpatterns = [
    *public_addresses,
    *member_addresses,
    *paper_addresses,
    *work_addresses,
    *process_addresses,
    *life_addresses,
    *text_addresses,
    *word_addresses,
    *chapter_addresses,
    *status_addresses,
    *history_addresses,
]
