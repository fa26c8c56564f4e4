"""The rules about the tree find what they say they find, and nothing beside it."""

from tools import structure


def test_a_module_is_read_at_one_sitting():
    assert structure.too_long("a.py", "x\n" * 400) == []
    assert structure.too_long("a.py", "x\n" * 401) == ["a.py: 401 lines; 400 at most"]


def test_a_template_line_fits_a_window():
    text = f"{'x' * 160}\n{'x' * 161}\n"
    assert structure.wide_lines("a.html", text) == ["a.html:2: 161 characters; 160 at most"]


def test_few_modules_lie_side_by_side():
    names = [f"plans/m{number}.py" for number in range(12)]
    assert structure.crowded("plans", [*names, "plans/forms/deeper.py", "plans/paper.txt"]) == []
    assert len(structure.crowded("plans", [*names, "plans/one_more.py"])) == 1


def test_a_name_is_the_name_of_one_class():
    texts = {
        "a.py": "class Row:\n    class Meta: pass\n",
        "b.py": "class Table:\n    class Meta: pass\n    class Row: pass\n",
    }
    assert structure.twins(texts) == ["a.py:1: class Row is also in b.py:3"]
    tables = {"one/models/row.py": "class Row: pass", "two/models/row.py": "class Row: pass"}
    assert structure.twins(tables) == []
    assert len(structure.twins({**tables, "three/row.py": "class Row: pass"})) == 1


def test_facts_are_what_a_class_declares():
    text = "plan.__dict__['x'] = 1\nself.__dict__.setdefault('x', 1)\nx = 'y' in a.b.__dict__\n"
    own, foreign = "kommuneplan/core/models/people.py", "plans/gates.py"
    assert structure.slipped_facts(own, text) == [
        f"{own}:1: facts through plan.__dict__",
        f"{own}:3: facts through a.b.__dict__",
    ]
    assert len(structure.slipped_facts(foreign, text)) == 3


def test_views_and_forms_belong_to_their_wing():
    text = (
        "from plans.text.views import outline\nfrom plans.text import forms\nfrom .views import a\n"
    )
    assert structure.borrowed_pages("plans/text/urls.py", text) == []
    assert structure.borrowed_pages("plans/focus/views.py", text) == [
        "plans/focus/views.py:1: views of plans.text are its own",
        "plans/focus/views.py:2: forms of plans.text are its own",
    ]


def test_a_reader_is_sent_only_to_papers_that_are_there():
    names = {"docs/drift.md", "README.md"}
    text = '"""See docs/drift.md, and notes.md."""\nx = "gone.md"  # (DESIGN §1) and README.md\n'
    assert structure.missing_papers("plans/a.py", text, names) == [
        "plans/a.py:1: notes.md is not in the repository",
        "plans/a.py:2: DESIGN.md is not in the repository",
    ]
    assert structure.missing_papers("docs/b.md", "[drift](drift.md)", names) == []
    assert len(structure.missing_papers("a.html", "{# LOOK 3 #}<p>HOUSE</p>", names)) == 1
