"""What can be done: each verb atomic, keyword-only, with ``by=``."""
