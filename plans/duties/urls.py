"""Addresses of duties, evaluations and the end of a plan."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import duties, ending, evaluations

_DUTIES = f"{PLAN}pligter/"
_DUTY = f"{_DUTIES}<uuid:uid>/"
_EVALUATION = f"{PLAN}evaluering/<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path(_DUTIES, duties.duties, name="duties"),
    path(f"{_DUTIES}ny/", duties.add_duty, name="duty-add"),
    path(f"{_DUTIES}udloeb/", ending.decide, name="plan-end"),
    path(f"{_DUTIES}udloeb/<uuid:uid>/tag-tilbage/", ending.take_back, name="plan-end-back"),
    path(_DUTY, duties.edit_duty, name="duty"),
    path(f"{_DUTY}opfyld/", duties.fulfil, name="duty-fulfil"),
    path(f"{_DUTY}spring-over/", duties.skip, name="duty-skip"),
    path(f"{_DUTY}tag-ud/", duties.retire, name="duty-retire"),
    path(f"{_DUTY}saet-ind/", duties.restore, name="duty-restore"),
    path(f"{_DUTIES}opfyldelser/<uuid:uid>/fortryd/", duties.undo, name="duty-undo"),
    path(f"{PLAN}evaluering/ny/", evaluations.add, name="evaluation-add"),
    path(_EVALUATION, evaluations.edit, name="evaluation"),
    path(f"{_EVALUATION}offentliggoer/", evaluations.publish, name="evaluation-publish"),
    path(f"{_EVALUATION}tag-tilbage/", evaluations.withdraw, name="evaluation-withdraw"),
]
