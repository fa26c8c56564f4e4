"""Addresses of the status reports of a plan."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import comparing, papers, public, recipients, reports, sending, writing

_ROOM = f"{PLAN}statusrapporter/"
_REPORT = f"{_ROOM}<uuid:uid>/"
_RECIPIENT = f"{_REPORT}modtagere/<uuid:recipient>/"
_SECTION = f"{_REPORT}afsnit/<uuid:section>/"

_PUBLIC = "planer/<slug:slug>/statusrapporter/"

urlpatterns: list[URLPattern] = [
    path(_PUBLIC, public.listed, name="reports-public"),
    path(f"{_PUBLIC}<int:number>/", public.report, name="report-public"),
    *(
        path(
            f"{_PUBLIC}<int:number>/rapport.{form}",
            papers.published,
            {"form": form},
            name=f"report-{form}-public",
        )
        for form in ("docx", "pdf")
    ),
    path(f"{_PUBLIC}<int:number>/udgave/<int:edition>/", public.report, name="report-edition"),
    path(_ROOM, reports.room, name="reports"),
    path(f"{_ROOM}ny/", reports.add, name="report-add"),
    path(f"{_ROOM}sammenlign/", comparing.compare, name="reports-compare"),
    path(_REPORT, reports.report, name="report"),
    *(
        path(f"{_REPORT}rapport.{form}", papers.of_work, {"form": form}, name=f"report-{form}")
        for form in ("docx", "pdf")
    ),
    path(f"{_REPORT}hoved/", reports.head, name="report-head"),
    path(f"{_REPORT}begynd/", reports.begin, name="report-begin"),
    path(f"{_REPORT}nyt-fra-data/", reports.news, name="report-news"),
    path(f"{_REPORT}fjern/", reports.drop, name="report-drop"),
    path(f"{_REPORT}modtagere/ny/", recipients.add, name="report-recipient-add"),
    path(_RECIPIENT, recipients.edit, name="report-recipient"),
    path(f"{_RECIPIENT}fjern/", recipients.remove, name="report-recipient-remove"),
    path(f"{_REPORT}send/", sending.send, name="report-send"),
    path(f"{_REPORT}ret/", sending.correct, name="report-correct"),
    path(f"{_REPORT}offentliggoer/", sending.publish, name="report-publish"),
    path(f"{_REPORT}tag-tilbage/", sending.withdraw, name="report-withdraw"),
    path(_SECTION, writing.section, name="report-section"),
    path(f"{_SECTION}kladde/", writing.keep, name="report-draft"),
    path(f"{_SECTION}kladde/kasser/", writing.discard, name="report-discard"),
    path(f"{_SECTION}konflikt/", writing.conflict, name="report-conflict"),
]
