"""Addresses of a round's parties, and of the register of parties."""

from django.urls import URLPattern, path

from consultations.addresses import ROUND

from .views import invitations, pasting, register

_REGISTER = "arbejde/hoeringsparter/"

urlpatterns: list[URLPattern] = [
    path(f"{ROUND}parter/", invitations.parties, name="round-parties"),
    path(f"{ROUND}parter/tilfoej/", invitations.add, name="round-parties-add"),
    path(f"{ROUND}parter/<uuid:party>/", invitations.party, name="round-party"),
    path(f"{ROUND}paamind/", invitations.remind, name="round-remind"),
    path(_REGISTER, register.parties, name="party-list"),
    path(f"{_REGISTER}flere/", pasting.many, name="party-many"),
    path(f"{_REGISTER}ny/", register.party, name="party-new"),
    path(f"{_REGISTER}<uuid:uid>/", register.party, name="party-edit"),
    path(f"{_REGISTER}<uuid:uid>/udgaa/", register.retire, name="party-retire"),
    path(f"{_REGISTER}lister/ny/", register.standard_list, name="party-list-new"),
    path(f"{_REGISTER}lister/<uuid:uid>/", register.standard_list, name="party-list-edit"),
]
