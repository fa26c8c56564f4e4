"""The pages of annexes: for those who work with a plan, for readers of a version, for everybody."""
