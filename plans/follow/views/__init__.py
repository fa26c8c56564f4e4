"""Feeds, and following by mail: all of it without an account."""
