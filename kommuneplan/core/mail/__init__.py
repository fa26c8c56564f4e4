"""Mail: how one is written (``rendering``), which kinds there are (``kinds``), where each stands
(``states``), how the worker sends them (``sending``) and what comes back (``bounces``).

Whoever wants to send one calls ``kommuneplan.core.mail.actions.send``.
"""
