"""Addresses of answering a round, and of registering an answer that came another way."""

from django.urls import URLPattern, path

from consultations.addresses import ROUND

from .views import citizen, invited, receipts, registering

# /hoeringer/…: where everybody answers.
_public: list[URLPattern] = [
    path("hoeringer/<slug:slug>/svar/", citizen.answer, name="answer"),
    path("hoeringer/kladde/<str:secret>/", citizen.draft, name="answer-draft"),
    path("hoeringer/kladde/<str:secret>/send/", citizen.draft_send, name="answer-draft-send"),
    path(
        "hoeringer/kladde/<str:secret>/bekraeft/<str:token>/",
        citizen.draft_confirm,
        name="answer-draft-confirm",
    ),
    path("hoeringer/invitation/<str:token>/", invited.invited, name="answer-invited"),
    path(
        "hoeringer/invitation/<str:token>/svar/",
        invited.invited_write,
        name="answer-invited-write",
    ),
    path(
        "hoeringer/invitation/<str:token>/send/", invited.invited_send, name="answer-invited-send"
    ),
    path(
        "hoeringer/invitation/<str:token>/materiale/<uuid:uid>/",
        invited.invited_material,
        name="answer-invited-material",
    ),
    path("hoeringer/kvittering/<str:secret>/", receipts.receipt, name="answer-receipt"),
    path("hoeringer/kvittering/<str:secret>/ret/", citizen.correct, name="answer-correct"),
    path(
        "hoeringer/kvittering/<str:secret>/ret/send/",
        citizen.correct_send,
        name="answer-correct-send",
    ),
    path(
        "hoeringer/kvittering/<str:secret>/bekraeft/<str:token>/",
        receipts.verify,
        name="answer-verify",
    ),
]

# /arbejde/hoeringssvar/…: where a council's secretary answers for it.
_councils: list[URLPattern] = [
    path("arbejde/hoeringssvar/", invited.councils, name="answer-councils"),
    path("arbejde/hoeringssvar/<uuid:uid>/", invited.council, name="answer-council"),
    path(
        "arbejde/hoeringssvar/<uuid:uid>/svar/",
        invited.council_write,
        name="answer-council-write",
    ),
    path("arbejde/hoeringssvar/<uuid:uid>/send/", invited.council_send, name="answer-council-send"),
    path(
        "arbejde/hoeringssvar/<uuid:uid>/materiale/<uuid:file>/",
        invited.council_material,
        name="answer-council-material",
    ),
]

# A letter, a mail, a call: registered by the secretary.
_registering: list[URLPattern] = [
    path(f"{ROUND}svar/registrer/", registering.register, name="response-register"),
]

urlpatterns = [*_public, *_councils, *_registering]
