"""Expressions that take more time than their text has letters are told, others are not."""

import re

import pytest

from tools.regex_graph import faults
from tools.regexes import _Locals, expressions, uses

SEARCHED, MATCHED, WHOLE = (frozenset({how}) for how in ("search", "match", "fullmatch"))

BAD = [
    (r"(a+)+b", 0, MATCHED),
    (r"(?:\w+\s?)*!", 0, MATCHED),
    (r"(?:\w|ab?)*!", 0, MATCHED),
    (r"(?:x?\w)*!", 0, MATCHED),
    (r"\s*:?\s*x", 0, MATCHED),
    (r".*\d.*$", re.DOTALL, MATCHED),
    (r"\s+$", 0, SEARCHED),
    (r"\w*møde", 0, SEARCHED),
    (r"<[^>]*>", 0, SEARCHED),
    (r"(?=[lIO|]*\d)l", 0, SEARCHED),
    (r"(?i)\W*(?:sag)?\W*", 0, WHOLE),
    (r"\b[\w.]*\d", 0, SEARCHED),
]
GOOD = [
    (r"\s*+:?\s*+x", 0, MATCHED),
    (r"(?<!\s)\s+$", 0, SEARCHED),
    (r"(?<!\w)\w*møde", 0, SEARCHED),
    (r"\b\w+møde", 0, SEARCHED),
    (r"<[^<>]*>", 0, SEARCHED),
    (r"\w+(?:-\w+)*", 0, WHOLE),
    (r"\d+", 0, SEARCHED),
    (r"a{1,40}b", 0, SEARCHED),
    (r"(?:\w+,\s*)*!", 0, MATCHED),
    (rb'="([^"]*)"', 0, SEARCHED),
]


@pytest.mark.parametrize(("pattern", "flags", "how"), BAD)
def test_what_takes_more_than_the_letters_is_told(pattern, flags, how):
    assert faults(pattern, flags, how)


@pytest.mark.parametrize(("pattern", "flags", "how"), GOOD)
def test_what_takes_the_letters_is_not(pattern, flags, how):
    assert faults(pattern, flags, how) == []


def test_expressions_are_found_in_the_source_with_how_they_are_used():
    source = (
        'import re\nA = re.compile(r"x+y")\nA.match("")\n\ndef f(w):\n    re.sub(w + "+z", "", w)\n'
    )
    found = list(expressions("tests/tools/__init__.py", source, {}, _Locals({"re": re})))
    assert [(one.pattern, one.how) for one in found] == [
        ("x+y", frozenset({"match"})),
        ("ø+z", frozenset({"sub"})),
    ]
    assert uses([source])["A"] == {"match"}
