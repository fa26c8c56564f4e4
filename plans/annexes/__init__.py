"""Annexes of a plan: files, and effort descriptions."""
