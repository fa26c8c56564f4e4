"""Who is told of responses and remarks (``telling``), and what it says (``kinds``)."""
