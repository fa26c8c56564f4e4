"""The forms of setting up."""
