"""Indicators and their measurements: what is measured, how often, and how it goes."""
