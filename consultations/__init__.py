"""Consultations: the draft sent out, the answers, and what became of each."""
