"""What the addresses of the workspace begin with, for the wings' ``urls``."""

PLAN = "arbejde/planer/<slug:slug>/"
MILESTONE = f"{PLAN}milepaele/<uuid:uid>/"
