"""The machine that types in several windows at once, over a network that loses, repeats and
overtakes: every word that anybody typed and was told is kept is there in the end, in its field or
beside it, unless somebody who had it before them took it away.

A run is told by its number: ``run(door, 4711)`` does the same each time.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from kommuneplan.keeping import mark
from tests.kept.doors import Door
from tests.kept.window import Form, OldWindow, Sent, Window

STEPS = 14


@dataclass
class Run:
    """One run: the windows, what is under way, and what may be missing in the end."""

    door: Door
    dice: random.Random
    all_marks: bool = False
    names: list[str] = field(default_factory=list)  # in which they type
    windows: list[Window] = field(default_factory=list)
    adrift: list[Sent] = field(default_factory=list)  # given up by its window, and still under way
    taken_away: set[str] = field(default_factory=set)
    told_kept: set[str] = field(default_factory=set)
    typed: int = 0
    clashes: int = 0

    def begin(self) -> None:
        many = self.dice.randint(1, len(self.door.names))
        self.names = self.dice.sample(self.door.names, many)
        page = self.door.pristine
        for _number in range(self.dice.randint(2, 4)):
            old = self.all_marks or self.dice.random() < 0.1
            window = self.door.window(OldWindow if old else Window, page)
            if isinstance(window, OldWindow):
                window.all_marks = self.all_marks
            self.windows.append(window)

    def step(self) -> None:
        window = self.dice.choice(self.windows)
        two = any("settle" in told for told in window.told.values())
        acts: list[tuple[int, Callable[[Window], None]]] = [
            (40, self.type),
            (45, self.exchange),
            (8, self.stray),
            (30 if two else 5, self.press),
            (1, self.reopen),
        ]
        (act,) = self.dice.choices([one for _w, one in acts], [weight for weight, _o in acts])
        act(window)

    # --- what people do --------------------------------------------------------------------------

    def type(self, window: Window) -> None:
        """A word more, at the end or the beginning; now and then one less."""
        mine = [name for name in window.fields if name.startswith("remarks.")]
        name = self.dice.choice([*self.names, *(mine[-1:] if len(self.names) > 1 else [])])
        words = window.fields[name].value.split()
        if words and self.dice.random() < 0.12:
            self.taken_away.add(plain(words.pop(self.dice.randrange(len(words)))))
        else:
            self.typed += 1
            words.insert(self.dice.choice([0, len(words)]), f"ord{self.typed}")
        window.typed(name, " ".join(words))

    def press(self, window: Window) -> None:
        """A button of the form: of two texts, or, where there is one, that which saves."""
        if isinstance(window, OldWindow) or window.waits_for is not None:
            return
        choices = [told for told in window.told.values() if 'name="settle"' in told]
        if choices:
            form = Form(f"<form x>{self.dice.choice(choices)}", "x")
            name, value = self.dice.choice(form.buttons)
            self._note_choice(window, value)
            self.door.press(window.form({name: value}))
            self.again(window)
        elif self.door.may_save:
            self.door.press(window.form({}))
            self.again(window)

    def _note_choice(self, window: Window, value: str) -> None:
        """Who throws one of the two texts away has read it."""
        what, page, name, *_marks = value.split("|")
        if what == "begge":
            return
        shown = window.told[name]
        self.taken_away |= {plain(word) for word in shown.replace("<", " <").split()}
        if page == window.page:
            self.taken_away |= {plain(word) for word in window.fields[name].value.split()}

    def reopen(self, window: Window) -> None:
        """The page is opened again; what was not kept is given up."""
        if window.waits_for is not None:
            self.adrift.append(window.waits_for)
        self.again(window)

    def again(self, window: Window) -> None:
        self.told_kept |= window.told_kept
        self.windows[self.windows.index(window)] = self.door.window(Window)

    # --- what the network does -------------------------------------------------------------------

    def exchange(self, window: Window) -> None:
        """The script sends, and is answered, or not; what was sent may arrive all the same, once
        or twice, now or later."""
        sent = window.send(asks=self.dice.random() < 0.4)
        if sent is None:
            return
        fate = self.dice.random()
        if fate < 0.12:  # it never arrives, or much later
            if fate < 0.09:
                self.adrift.append(sent)
            window.failed()
            return
        told, status = self.door.keep(sent.body)
        if fate < 0.18:  # a second time, and the first answer is lost
            told, status = self.door.keep(sent.body)
        if fate < 0.30:
            window.failed()
            return
        if self.dice.random() < 0.3:  # somebody types while it is under way
            self.type(window)
        self.learn(window, told, status)

    def learn(self, window: Window, told: dict, status: int) -> None:
        window.learn(told, status)
        self.clashes += len(told.get("beside", []))
        if self.all_marks:  # the fault: the marks of all fields are adopted
            for name, words in self.door.stands().items():
                if name in window.fields:
                    window.fields[name].mark = mark(words)

    def stray(self, _window: Window) -> None:
        """Something that was given up arrives after all."""
        if self.adrift:
            self.door.keep(self.adrift.pop(self.dice.randrange(len(self.adrift))).body)

    # --- the end ---------------------------------------------------------------------------------

    def end(self) -> None:
        """The network is well again: what was given up arrives in any order, and each window sends
        what it has and asks what there is."""
        self.dice.shuffle(self.adrift)
        for sent in self.adrift:
            self.door.keep(sent.body)
        for is_last in (False, False, True):
            for window in self.windows:
                if (sent := window.send(asks=is_last)) is not None:
                    self.learn(window, *self.door.keep(sent.body))

    def missing(self) -> set[str]:
        """The words that somebody was told are kept and that are nowhere."""
        told = self.told_kept.union(*(window.told_kept for window in self.windows))
        words = {plain(word) for word in told}
        there = {plain(word) for word in self.door.there().replace("<", " <").split()}
        return {word for word in words if word.startswith("ord")} - there - self.taken_away

    def apart(self) -> list[str]:
        """Windows that show something else than stands, and do not say so."""
        stands, told = self.door.stands(), []
        for window in self.windows:
            if isinstance(window, OldWindow):
                continue
            for name, one in window.fields.items():
                settled = one.beside is None and name not in window.unfillable
                if settled and name in stands and plain(one.value) != plain(stands[name]):
                    told.append(f"{name}: {one.value!r} and {stands[name]!r}")
        return told


def plain(words: str) -> str:
    """Words without the HTML of the editor."""
    for tag in ("<p>", "</p>", "<dd", "</dd>", "</p", "<p"):
        words = words.replace(tag, " ")
    out = "".join(letter if letter.isalnum() else " " for letter in words)
    return " ".join(out.split())


def run(door: Door, number: int, *, all_marks: bool = False, steps: int = STEPS) -> Run:
    """The run of a number. AssertionError where a word is lost."""
    one = Run(door, random.Random(number), all_marks)
    with door.run():
        one.begin()
        for _number in range(steps):
            one.step()
        one.end()
        lost = one.missing()
        assert not lost, f"run {number}: lost {sorted(lost)}"
        apart = [] if all_marks else one.apart()
        assert not apart, f"run {number}: {apart}"
    return one
