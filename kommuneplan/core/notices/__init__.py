"""Told in time: what concerns a person is noted with the act (``actions``), and told by mail.

Which kinds there are, and what each says, is registered (``kinds``). The worker tells them
(``telling``): in the morning of an office day all that waits, in one mail; what is urgent some
minutes after the act. Nothing but a title and a link is told, and only what the person may read
at that moment.
"""
