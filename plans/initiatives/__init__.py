"""Initiatives under a plan: aim, funding, partners, participants, activities."""
