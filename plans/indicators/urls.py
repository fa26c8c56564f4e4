"""Addresses of indicators."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import in_plan, measuring, pasting, public, register, targets

_ROOM = f"{PLAN}indikatorer/"
_ONE = f"{_ROOM}<uuid:uid>/"
_VALUE = f"{_ONE}maalinger/<uuid:measurement>/"

_FORMS = ("csv", "xlsx")

urlpatterns: list[URLPattern] = [
    path("planer/<slug:slug>/indikatorer/", public.indicators, name="public-indicators"),
    path("arbejde/indikatorer/", register.register, name="indicator-register"),
    *(
        path(
            f"arbejde/indikatorer/tabel.{form}",
            register.table_of_all,
            {"form": form},
            name=f"indicator-register-{form}",
        )
        for form in _FORMS
    ),
    path("arbejde/indikatorer/<uuid:uid>/", register.measure, name="indicator-measure"),
    path(_ROOM, in_plan.indicators, name="indicators"),
    path(f"{_ROOM}ny/", in_plan.add, name="indicator-add"),
    path(f"{_ROOM}genbrug/", in_plan.reuse, name="indicator-reuse"),
    path(f"{_ROOM}indsaet/", pasting.paste, name="indicator-paste"),
    *(
        path(
            f"{_ROOM}tabel.{form}",
            register.table_of_plan,
            {"form": form},
            name=f"indicator-table-{form}",
        )
        for form in _FORMS
    ),
    path(_ONE, measuring.indicator, name="indicator"),
    path(f"{_ONE}ret/", in_plan.edit, name="indicator-edit"),
    path(f"{_ONE}i-planen/", in_plan.edit_use, name="indicator-use"),
    path(f"{_ONE}maal/", targets.targets, name="indicator-targets"),
    path(f"{_ONE}status/", in_plan.set_standing, name="indicator-standing"),
    path(f"{_ONE}tag-ud/", in_plan.take_out, name="indicator-take-out"),
    path(f"{_ONE}saet-ind/", in_plan.put_back, name="indicator-put-back"),
    path(_VALUE, measuring.correct, name="measurement"),
    path(f"{_VALUE}slet/", measuring.take_away, name="measurement-take-away"),
]
