"""Addresses of plans: public ones in Danish, lasting for ever, and the workspace's."""

from django.urls import URLPattern, path

from .views import exports, front, public

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

work_addresses: list[URLPattern] = []

urlpatterns = [*public_addresses, *work_addresses]
