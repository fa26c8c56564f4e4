"""The history of a plan: who changed what, when and why, over all the things it is made of.

``kinds`` says which tables there are and which of their fields are told; ``entries`` finds what
was written and sorts it into acts; ``changes`` puts an act into words; ``listing`` is a page of
it; ``states`` one thing as it was; ``files`` the whole of it to hand out.
"""
