"""The pages of duties, evaluations and the end of a plan."""
