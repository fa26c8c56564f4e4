"""What a committee has asked for, and what answered it."""
