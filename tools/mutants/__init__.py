"""Is every guard held by a test? One small change after the other is made in the code that guards
something, and the tests that run it must notice (``make mutants``)."""
