"""Status reports: begun from what happened since the last one, frozen when they are sent."""
