"""What happens to plans, followed without an account: as a feed, as a calendar, and by mail."""
