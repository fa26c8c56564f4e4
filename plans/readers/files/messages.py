"""What readers say: the house's one way for words that a bare subprocess may begin."""

from kommuneplan.messages import gettext, gettext_noop

__all__ = ["gettext", "gettext_noop"]
