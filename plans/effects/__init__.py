"""Theory of change: goals, results, activities and resources of a plan, and what leads to what."""
