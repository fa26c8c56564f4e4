"""What is done to duties, evaluations and the end of a plan."""
