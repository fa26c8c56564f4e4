"""The year wheel: what happens in a year, by month, body and kind."""
