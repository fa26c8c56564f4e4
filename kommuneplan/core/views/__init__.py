"""The views of core: the house itself, and signing in."""
