"""Where apt on this machine installs from, in both notations."""

from tools.bare_debian import Source, from_lines, from_stanzas, release

LINES = """# deb http://old.example.org/debian old main
deb [arch=amd64 signed-by=/keys/one.gpg] http://one.example.org/debian here main
deb http://two.example.org/debian here-updates main contrib
deb-src http://two.example.org/debian here main
"""
STANZAS = """Types: deb deb-src
# once http://old.example.org/debian
URIs: http://one.example.org/debian
Suites: here here-updates
Components: main
Signed-By: /keys/one.gpg

Types: deb-src
URIs: http://two.example.org/debian
Suites: here

Types: deb
Enabled: no
URIs: http://three.example.org/debian
Suites: here
"""


def test_a_line_for_each_source():
    assert from_lines(LINES) == [
        Source("http://one.example.org/debian", ["here"], "/keys/one.gpg"),
        Source("http://two.example.org/debian", ["here-updates"]),
    ]


def test_a_paragraph_for_each_source():
    assert from_stanzas(STANZAS) == [
        Source("http://one.example.org/debian", ["here", "here-updates"], "/keys/one.gpg")
    ]


def test_the_release_is_named_in_os_release():
    assert release('ID=debian\nVERSION_CODENAME="here"\n') == "here"
    assert release("ID=debian\n") == ""
