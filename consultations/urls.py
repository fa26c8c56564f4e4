"""Addresses of consultations: public ones in Danish, lasting for ever, and the workspace's."""

from django.urls import URLPattern

app_name = "consultations"

# /hoeringer/…: what everybody reads and where everybody answers.
public_addresses: list[URLPattern] = []

# /arbejde/planer/<slug>/hoeringer/…: a plan's rounds, their parties and times.
round_addresses: list[URLPattern] = []

# /arbejde/planer/<slug>/hoeringer/<uid>/svar/…: responses received, and what is shown of them.
response_addresses: list[URLPattern] = []

# /arbejde/planer/<slug>/hoeringer/<uid>/bemaerkninger/…: handling.
remark_addresses: list[URLPattern] = []

# /arbejde/planer/<slug>/hoeringer/<uid>/notat/…: the report, and the journal package.
report_addresses: list[URLPattern] = []

# /arbejde/hoeringsparter/…: the register of parties.
register_addresses: list[URLPattern] = []

urlpatterns = [
    *public_addresses,
    *round_addresses,
    *response_addresses,
    *remark_addresses,
    *report_addresses,
    *register_addresses,
]
