"""Addresses of theories of change."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import changes, papers, public, rows, sources, table

_CHAIN = f"{PLAN}forandringsteori/"
_ROW = f"{_CHAIN}<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path("planer/<slug:slug>/forandringsteori/", public.chain, name="effects-public"),
    path(_CHAIN, table.chain, name="effects"),
    path(f"{_CHAIN}billede/", table.picture, name="effects-picture"),
    path(f"{_CHAIN}kilder/", sources.sources, name="effects-sources"),
    path(f"{_CHAIN}kilder/<uuid:uid>/", sources.source, name="effects-source"),
    path(f"{_CHAIN}tema/", rows.add_theme, name="effects-theme-add"),
    path(f"{_CHAIN}tema/<uuid:uid>/", rows.theme, name="effects-theme"),
    path(f"{_CHAIN}tema/<uuid:uid>/led/", rows.add_node, name="effects-node-add"),
    path(_ROW, rows.node, name="effects-node"),
    path(f"{_ROW}flyt/", changes.move, name="effects-move"),
    path(f"{_ROW}tag-ud/", changes.remove, name="effects-remove"),
    path(f"{_ROW}saet-ind/", changes.restore, name="effects-restore"),
    *(
        path(f"{under}forandringsteori.{form}", view, {"form": form}, name=name.format(form))
        for under, view, name in (
            ("planer/<slug:slug>/", papers.published, "effects-public-{}"),
            (_CHAIN, papers.live, "effects-{}"),
        )
        for form in ("docx", "pdf")
    ),
]
