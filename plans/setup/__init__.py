"""A municipality set up by one person: settings, bodies, meetings, colleagues, the first plan."""
