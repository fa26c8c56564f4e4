"""Money in steps: set aside, agreed, to be used, made concrete, negotiated."""
