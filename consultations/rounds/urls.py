"""Addresses of a plan's rounds and their times."""

from django.urls import URLPattern, path

from consultations.addresses import ROUND, ROUNDS

from .views import announcing, events, materials, preparing, rounds

urlpatterns: list[URLPattern] = [
    path(ROUNDS, rounds.rounds, name="round-list"),
    path(f"{ROUNDS}ny/", rounds.new, name="round-new"),
    path(ROUND, rounds.page, name="round-page"),
    path(f"{ROUND}rediger/", rounds.edit, name="round-edit"),
    path(f"{ROUND}forhaandsvis/", rounds.preview, name="round-preview"),
    path(f"{ROUND}aabn/", announcing.announce, name="round-announce"),
    path(f"{ROUND}forlaeng/", events.extend, name="round-extend"),
    path(f"{ROUND}luk/", events.close, name="round-close"),
    path(f"{ROUND}rettelsesblad/", events.correct, name="round-correct"),
    path(f"{ROUND}traek/", events.withdraw, name="round-withdraw"),
    path(f"{ROUND}spoergsmaal/", preparing.questions, name="round-questions"),
    path(f"{ROUND}spoergsmaal/<uuid:question>/", preparing.question, name="round-question"),
    path(f"{ROUND}materiale/", materials.materials, name="round-materials"),
    path(f"{ROUND}materiale/<uuid:material>/", materials.material, name="round-material"),
    path(f"{ROUND}materiale/<uuid:material>/fjern/", materials.take_out, name="round-material-out"),
    path(f"{ROUND}brev/", preparing.letter, name="round-letter"),
    path(f"{ROUND}brev/indsaet/", preparing.paste, name="round-letter-paste"),
    path(f"{ROUND}brev.docx", preparing.letter_file, {"form": "docx"}, name="round-letter-docx"),
    path(f"{ROUND}brev.pdf", preparing.letter_file, {"form": "pdf"}, name="round-letter-pdf"),
]
