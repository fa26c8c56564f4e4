"""Addresses of what members read, note and ask."""

from django.urls import URLPattern, path

from plans.addresses import VERSION

from .views import notes, questions, reading, recusals

_MEMBER = "arbejde/udvalg/"
_READ = f"{_MEMBER}planer/<slug:slug>/{VERSION}"

urlpatterns: list[URLPattern] = [
    path(_MEMBER, reading.matters, name="member-matters"),
    path(f"{_MEMBER}sager/<uuid:uid>/", reading.matter, name="member-matter"),
    path(f"{_MEMBER}planer/", reading.plans, name="member-plans"),
    path(f"{_MEMBER}planer/<slug:slug>/", reading.plan, name="member-plan"),
    path(_READ, reading.version, name="member-version"),
    path(f"{_READ}aendringer/", reading.changes, name="member-changes"),
    path(f"{_READ}plan.pdf", reading.pdf, name="member-pdf"),
    path(f"{_READ}afsnit/<slug:anchor>/", reading.paragraph, name="member-paragraph"),
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
