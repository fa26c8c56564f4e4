"""The pages of setting up, each a step."""
