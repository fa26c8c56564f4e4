"""Responses that are alike: of two thousand, which are found, and how long it takes."""

from __future__ import annotations

import random
import time
from collections import Counter

from consultations.alike.grouping import alike
from consultations.alike.no_remarks import says_nothing
from consultations.alike.substance import own_words
from consultations.alike.words import counted_words, stretches

from .generated_responses import SIZES, MadeResponse, two_thousand
from .written_campaigns import DRAFT


def laid_together(made: list[MadeResponse]) -> list[list[int]]:
    """The groups among some responses, by their places."""
    quoted = stretches([DRAFT])
    texts = {
        place: counted_words(one.text, quoted)
        for place, one in enumerate(made)
        if not says_nothing(one.text)
    }
    return [list(group.members) for group in alike(texts)]


def test_of_two_thousand_the_campaigns_are_found_and_nothing_else():
    made = two_thousand()
    assert len(made) == 2000
    begun = time.process_time()
    groups = laid_together(made)
    took = time.process_time() - begun
    of = [Counter(made[place].of for place in group) for group in groups]
    found = {one.most_common(1)[0][0]: one for one in of}
    wrongly = sum(sum(one.values()) - one.most_common(1)[0][1] for one in of)
    rightly = {number: found.get(str(number), {}).get(str(number), 0) for number in range(10)}
    print(
        f"\n2,000 responses in {took:.2f} s of the processor: {len(groups)} groups, "
        f"{sum(rightly.values())} of {sum(SIZES)} found, {wrongly} wrongly; {rightly}"
    )
    assert wrongly == 0
    assert len(groups) == len(SIZES)
    assert sum(rightly.values()) >= 0.98 * sum(SIZES)
    assert all(rightly[number] >= 0.95 * n for number, n in enumerate(SIZES))


def test_what_is_said_by_nobody_is_told_apart():
    made = two_thousand()
    assert [one.text for one in made if says_nothing(one.text) != (one.of == "none")] == []


def test_texts_that_exchange_a_word_in_every_four_are_laid_beside_each_other_in_no_time():
    """Each word of one's own is laid beside each that is gone, so there is a most: without it this
    took six seconds, and four times that for twice the letters."""
    chance = random.Random(4)
    model, other = (
        " ".join(
            f"ordet{at}" if at % 4 else "".join(chance.choices("abdefgijk", k=8))
            for at in range(12_000)
        )
        for _text in range(2)
    )
    begun = time.process_time()
    assert own_words(model, other).differs
    assert time.process_time() - begun < 2
