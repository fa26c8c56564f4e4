"""Addresses of the process plan, its milestones and meetings."""

from django.urls import URLPattern, path

from plans.addresses import MILESTONE, PLAN

from .views import many, marking, meetings, milestones, moving, table, templates

urlpatterns: list[URLPattern] = [
    path("arbejde/dato/", milestones.read_date, name="read-date"),
    path(f"{PLAN}milepaele/ny/", milestones.add_milestone, name="milestone-add"),
    path(f"{PLAN}milepaele/samlet/", many.act, name="milestones"),
    path(f"{PLAN}milepaele/flyt/", many.move, name="milestones-move"),
    path(MILESTONE, milestones.edit_milestone, name="milestone"),
    path(f"{MILESTONE}fjern/", milestones.end_milestone, name="milestone-end"),
    path(f"{MILESTONE}status/", milestones.finish_milestone, name="milestone-done"),
    path(f"{PLAN}offentligt/gem/", marking.mark_public, name="mark-public"),
    path(f"{PLAN}procesplan/", table.work_plan, name="work-plan"),
    path(f"{PLAN}procesplan/tjek/", table.accept, name="accept-finding"),
    path(f"{PLAN}procesplan/planlov/", table.planning_act, name="planning-act"),
    path(f"{PLAN}procesplan/behandling/", templates.chain, name="chain"),
    path(f"{PLAN}procesplan/skabelon/", templates.template, name="template"),
    path(f"{MILESTONE}raekke/", table.row, name="milestone-row"),
    path(f"{MILESTONE}hvem/", table.put_body, name="milestone-body"),
    path(f"{MILESTONE}kopi/", table.copy_row, name="milestone-copy"),
    path(f"{MILESTONE}plads/", table.place_row, name="milestone-place"),
    path(f"{MILESTONE}bekraeft/", table.confirm_row, name="milestone-confirm"),
    path(f"{MILESTONE}slet/", table.delete_row, name="milestone-delete"),
    path(f"{MILESTONE}gendan/", table.restore_row, name="milestone-restore"),
    path(f"{MILESTONE}flyt/", moving.move, name="milestone-move"),
    path(f"{MILESTONE}moede/", meetings.other, name="milestone-meeting"),
    path("arbejde/moeder/<uuid:uid>/flyt/", meetings.move, name="meeting-move"),
    path(f"{MILESTONE}venter-paa/", moving.dependencies, name="dependencies"),
    path(f"{PLAN}offentligt/", marking.choose, name="publish-choose"),
]
