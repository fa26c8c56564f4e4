"""Addresses of consultations: public ones in Danish, lasting for ever, and the workspace's."""

from django.urls import URLPattern, path

from .answer_urls import council_addresses, public_addresses
from .remark_urls import remark_addresses
from .report_urls import report_addresses
from .response_urls import response_addresses
from .views import announcing, events, materials, parties, preparing, register, rounds

app_name = "consultations"

_ROUNDS = "arbejde/planer/<slug:slug>/hoeringer/"
_ROUND = f"{_ROUNDS}<uuid:uid>/"
_REGISTER = "arbejde/hoeringsparter/"

# /arbejde/planer/<slug>/hoeringer/…: a plan's rounds, their parties and times.
round_addresses: list[URLPattern] = [
    path(_ROUNDS, rounds.rounds, name="round-list"),
    path(f"{_ROUNDS}ny/", rounds.new, name="round-new"),
    path(_ROUND, rounds.page, name="round-page"),
    path(f"{_ROUND}rediger/", rounds.edit, name="round-edit"),
    path(f"{_ROUND}aabn/", announcing.announce, name="round-announce"),
    path(f"{_ROUND}forlaeng/", events.extend, name="round-extend"),
    path(f"{_ROUND}luk/", events.close, name="round-close"),
    path(f"{_ROUND}rettelsesblad/", events.correct, name="round-correct"),
    path(f"{_ROUND}traek/", events.withdraw, name="round-withdraw"),
    path(f"{_ROUND}spoergsmaal/", preparing.questions, name="round-questions"),
    path(f"{_ROUND}spoergsmaal/<uuid:question>/", preparing.question, name="round-question"),
    path(f"{_ROUND}materiale/", materials.materials, name="round-materials"),
    path(f"{_ROUND}materiale/<uuid:material>/", materials.material, name="round-material"),
    path(
        f"{_ROUND}materiale/<uuid:material>/fjern/", materials.take_out, name="round-material-out"
    ),
    path(f"{_ROUND}brev/", preparing.letter, name="round-letter"),
    path(f"{_ROUND}brev.docx", preparing.letter_file, {"form": "docx"}, name="round-letter-docx"),
    path(f"{_ROUND}brev.pdf", preparing.letter_file, {"form": "pdf"}, name="round-letter-pdf"),
    path(f"{_ROUND}parter/", parties.parties, name="round-parties"),
    path(f"{_ROUND}parter/tilfoej/", parties.add, name="round-parties-add"),
    path(f"{_ROUND}parter/<uuid:party>/", parties.party, name="round-party"),
    path(f"{_ROUND}paamind/", parties.remind, name="round-remind"),
]

# /arbejde/hoeringsparter/…: the register of parties.
register_addresses: list[URLPattern] = [
    path(_REGISTER, register.parties, name="party-list"),
    path(f"{_REGISTER}ny/", register.party, name="party-new"),
    path(f"{_REGISTER}<uuid:uid>/", register.party, name="party-edit"),
    path(f"{_REGISTER}<uuid:uid>/udgaa/", register.retire, name="party-retire"),
    path(f"{_REGISTER}lister/ny/", register.standard_list, name="party-list-new"),
    path(f"{_REGISTER}lister/<uuid:uid>/", register.standard_list, name="party-list-edit"),
]

urlpatterns = [
    *public_addresses,
    *council_addresses,
    *round_addresses,
    *response_addresses,
    *remark_addresses,
    *report_addresses,
    *register_addresses,
]
