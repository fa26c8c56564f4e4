"""The paper for the agenda, made from the plan and its process plan."""
