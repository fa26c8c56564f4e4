"""Recurring duties of a plan, what fulfilled them, evaluations, and how long a plan is in force."""
