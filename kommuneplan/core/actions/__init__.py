"""Verbs of the house: each locks, checks and writes."""
