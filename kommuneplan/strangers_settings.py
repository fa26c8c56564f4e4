"""How much strangers may make the house hold, and for how long; ``settings`` takes it in.

A stranger is somebody who answers a consultation without a personal link and without having signed
in, as long as nobody has confirmed the address they gave. What they hold is measured from the rows
(consultations/answering/budgets.py, kommuneplan/core/strangers.py). ``STRANGERS_TIMES=2`` doubles
what a round and all together may hold.
"""

from __future__ import annotations

import datetime as dt

from environs import Env

env = Env()
_TIMES = env.int("STRANGERS_TIMES", 1)
_MB = 1_000_000

# What people ask to follow by mail: from one network within a day, and all that waits for a yes.
# Answers nobody has confirmed, their files and the bytes of these, and mails of the last day: from
# one network (what is known of it is kept for a day), to one round, and of all together. Sessions
# of those who have not signed in: the oldest of more than so many give way.
STRANGERS = {
    "network": {"answers": 100, "files": 200, "bytes": 400 * _MB, "mails": 60, "followings": 40},
    "round": {
        "answers": 5_000 * _TIMES,
        "files": 5_000 * _TIMES,
        "bytes": 5_000 * _MB * _TIMES,
        "mails": 2_000 * _TIMES,
    },
    "all": {
        "answers": 15_000 * _TIMES,
        "files": 15_000 * _TIMES,
        "bytes": 15_000 * _MB * _TIMES,
        "mails": 5_000 * _TIMES,
        "followings": 20_000 * _TIMES,
        "sessions": 10_000,
    },
}

# In one answer: a stranger's, and that of a party which was invited by name.
STRANGERS_ANSWER = {"files": 10, "bytes": 60 * _MB, "letters": 400_000}
INVITED_ANSWER = {"files": 30, "bytes": 180 * _MB, "letters": 4_000_000}

# How long what was neither sent nor confirmed is kept after somebody last wrote in it: an answer
# without a word or a file, files, words. From which network one came is known for a day.
STRANGERS_KEPT = {
    "empty": dt.timedelta(hours=12),
    "files": dt.timedelta(hours=48),
    "words": dt.timedelta(days=7),
    "network": dt.timedelta(hours=24),
    "session": dt.timedelta(hours=2),
}

# Of a session in which nobody has signed in; and of a form that waits in one meanwhile, where the
# password was right and a code is asked for. A longer one waits in its page (pending_form.py).
ANONYMOUS_SESSION_BYTES = 4_000
WAITING_FORM_BYTES = {"stranger": 2_000, "known": 100_000}
