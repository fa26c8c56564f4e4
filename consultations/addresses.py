"""What the addresses of a plan's rounds begin with, for the wings' ``urls``."""

from plans.addresses import PLAN

ROUNDS = f"{PLAN}hoeringer/"
ROUND = f"{ROUNDS}<uuid:uid>/"
