"""Meetings of a body with their items, recommendations and outcomes."""
