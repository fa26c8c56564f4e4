"""Who is told of an act on a plan (``telling``), and what each kind says when it is told: to
members (``before_bodies``, ``questions``), to those who work with the plan (``work``), of what
time brings (``deadlines``)."""
