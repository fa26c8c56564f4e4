"""Addresses of what everybody reads of rounds, and of answering them."""

from django.urls import URLPattern, path

from .views import answering, hearings, invited, receipts

# /hoeringer/…: what everybody reads and where everybody answers.
public_addresses: list[URLPattern] = [
    path("hoeringer/", hearings.hearings, name="hearings"),
    path("hoeringer/<slug:slug>/", hearings.hearing, name="hearing"),
    path("hoeringer/<slug:slug>/svar/", answering.answer, name="answer"),
    path("hoeringer/<slug:slug>/materiale/<uuid:uid>/", hearings.material, name="hearing-material"),
    path("hoeringer/kladde/<str:secret>/", answering.draft, name="answer-draft"),
    path("hoeringer/kladde/<str:secret>/send/", answering.draft_send, name="answer-draft-send"),
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
    path("hoeringer/kvittering/<str:secret>/ret/", answering.correct, name="answer-correct"),
    path(
        "hoeringer/kvittering/<str:secret>/ret/send/",
        answering.correct_send,
        name="answer-correct-send",
    ),
    path(
        "hoeringer/kvittering/<str:secret>/bekraeft/<str:token>/",
        receipts.verify,
        name="answer-verify",
    ),
]

# /arbejde/hoeringssvar/…: where a council's secretary answers for it.
council_addresses: list[URLPattern] = [
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
