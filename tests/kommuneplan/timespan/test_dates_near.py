"""What is counted from the day of the document, and what stays words without one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommuneplan.timespan.danish import find, phrase, read
from kommuneplan.timespan.span import Modifier, Precision, ReadingStatus, TimeSpan

WEDNESDAY = dt.date(2026, 9, 30)  # week 40

FROM_THE_DAY = [
    ("i dag", "30. september 2026"),
    ("dags dato", "30. september 2026"),
    ("i morgen kl. 17", "1. oktober 2026"),
    ("i overmorgen", "2. oktober 2026"),
    ("i forgårs", "28. september 2026"),
    ("på fredag", "2. oktober 2026"),
    ("onsdag", "7. oktober 2026"),
    ("fre.", "2. oktober 2026"),
    ("senest fredag", "senest 2. oktober 2026"),
    ("i mandags", "28. september 2026"),
    ("sidste onsdag", "23. september 2026"),
    ("førstkommende torsdag", "1. oktober 2026"),
    ("næste fredag igen", "9. oktober 2026"),
    ("torsdag i næste uge", "8. oktober 2026"),
    ("mandag i sidste uge", "21. september 2026"),
    ("mandag-onsdag i næste uge", "5.–7. oktober 2026"),
    ("fredag om 14 dage", "16. oktober 2026"),
    ("torsdag den 15.", "15. oktober 2026"),
    ("den 12.", "12. oktober 2026"),
    ("d. 30.", "30. september 2026"),
    ("den 15. i næste måned", "15. oktober 2026"),
    ("den 3. ds.", "3. september 2026"),
    ("denne uge", "uge 40, 2026 (28. september–4. oktober)"),
    ("næste uge", "uge 41, 2026 (5.–11. oktober)"),
    ("forrige uge", "uge 39, 2026 (21.–27. september)"),
    ("slutningen af næste uge", "slutningen af uge 41, 2026 (8.–11. oktober)"),
    ("næste weekend", "10.–11. oktober 2026"),
    ("sidste måned", "august 2026"),
    ("indeværende måned", "september 2026"),
    ("primo næste måned", "primo oktober 2026 (1.–10. oktober)"),
    ("senest ultimo næste måned", "senest ultimo oktober 2026"),
    ("inden månedens udgang", "inden udgangen af september 2026"),
    ("sidst på ugen", "slutningen af uge 40, 2026 (1.–4. oktober)"),
    ("næste kvartal", "4. kvartal 2026"),
    ("kommende halvår", "1. halvår 2027"),
    ("sidste år", "2025"),
    ("næste marts", "marts 2027"),
    ("sidste april", "april 2026"),
    ("næste påske", "påsken 2027 (25.–29. marts)"),
    ("om en uge", "7. oktober 2026"),
    ("om 14 dage", "14. oktober 2026"),
    ("om fjorten dage", "14. oktober 2026"),
    ("senest om 3 uger", "senest 21. oktober 2026"),
    ("om ca. en måned", "ca. 30. oktober 2026"),
    ("om 5 måneder", "28. februar 2027"),
    ("om et halvt år", "marts 2027"),
    ("om to år", "september 2028"),
    ("3 uger siden", "9. september 2026"),
    ("for et år siden", "september 2025"),
    ("14 dage fra i dag", "14. oktober 2026"),
    ("de næste 14 dage", "1.–14. oktober 2026"),
    ("de seneste 3 dage", "27.–29. september 2026"),
    ("de næste 3 uger", "uge 41–43, 2026"),
    ("de seneste 2 måneder", "juli–august 2026"),
    ("de kommende tre år", "2027–2029"),
    ("fra næste uge til ultimo oktober", "uge 41, 2026 til ultimo oktober 2026"),
    ("den 5. og 19. i næste måned", "5. oktober 2026|19. oktober 2026"),
    ("nytårsdag", "1. januar 2027"),
    ("inden ugen er omme", "senest uge 40, 2026"),
    ("til foråret", "forår 2027"),
    ("efter sommerferien", "efter sommerferien 2027 (tidligst 11. august)"),
    ("første uge efter nytår", "uge 1, 2027 (4.–10. januar)"),
    ("på torsdag 8 dage", "8. oktober 2026"),
    ("i dag om tre uger", "21. oktober 2026"),
    ("i det nye år", "2027"),
    ("den kommende weekend", "3.–4. oktober 2026"),
    ("i weekenden", "3.–4. oktober 2026"),
    ("i sidste uge, onsdag", "23. september 2026"),
    ("udskydes fra 14. oktober til 11. november", "11. november 2026"),
    ("sidste fredag før jul", "18. december 2026"),
    ("første hverdag efter nytår", "4. januar 2027"),
    ("natten til den 1. november", "1. november 2026"),
    ("mødes igen torsdag d. 8.", "8. oktober 2026"),
    ("den 12. næste måned", "12. oktober 2026"),
    ("i september sidste år", "september 2025"),
    ("sidste uge før sommerferien", "uge 25, 2027 (21.–27. juni)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), FROM_THE_DAY)
def test_counted_from_the_day_of_the_document(text: str, words: str) -> None:
    reading = read(text, anchor=WEDNESDAY)
    assert "|".join(phrase(span) for span in reading.spans) == words, reading
    for span in reading.spans:
        assert read(phrase(span)).spans == (span,)
    assert reading.notes


@pytest.mark.parametrize("text", [text for text, _words in FROM_THE_DAY])
def test_without_a_day_to_count_from_they_stay_words(text: str) -> None:
    assert read(text).spans == ()


STAYS_WORDS = (
    "næste møde", "på næste udvalgsmøde", "om en dag", "de kommende år", "i de seneste år",
    "ugen efter", "senere på ugen", "om kort tid", "inden for 14 dage", "efter 14 dage",
    "i 4 uger", "4 uger efter modtagelsen", "måneden efter", "seneste nyt", "om sommeren",
    "den næste fase", "tre uger før jul", "2 uger efter mødet i juni", "08-09", "10-15", "1. måned",
)  # fmt: skip


@pytest.mark.parametrize("text", STAYS_WORDS)
def test_what_has_no_safe_date_stays_words(text: str) -> None:
    assert read(text, anchor=WEDNESDAY).spans == ()


@pytest.mark.parametrize("text", ["hver mandag", "mandag-fredag", "sidste fredag i måneden"])
def test_a_rule_stays_a_rule(text: str) -> None:
    assert read(text, anchor=WEDNESDAY).status is ReadingStatus.RECURRING


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Udvalget drøfter sagen i næste uge og igen om 3 uger", ["næste uge", "om 3 uger"]),
        ("Fristen er på fredag, og svar gives mandag morgen", ["Fristen er på fredag"]),
        ("I dag bor der 300 i kommunen; de seneste år er tallet vokset", []),
        ("Møde den 5. oktober i næste uge", ["den 5. oktober", "næste uge"]),
    ],
)
def test_found_in_running_text_from_an_anchor(text: str, words: list[str]) -> None:
    found = find(text, year=2026, anchor=WEDNESDAY)
    assert [text[hit.start : hit.end].removeprefix("i ") for hit in found] == words
    assert all(hit.reading.spans for hit in found)
    assert [text[hit.start : hit.end] for hit in find(text, year=2026)] == [
        word for word in words if word == "den 5. oktober"
    ]


def test_the_written_date_goes_before_the_counted_one() -> None:
    reading = read("i dag, den 5. maj 2026", anchor=WEDNESDAY)
    assert reading.spans == (TimeSpan.day(dt.date(2026, 5, 5)),)


def test_two_ways_to_mean_next_tuesday_are_told() -> None:
    monday = dt.date(2026, 9, 28)
    assert read("næste tirsdag", anchor=monday).status is ReadingStatus.AMBIGUOUS
    assert any("6. oktober" in remark for remark in read("næste tirsdag", anchor=monday).notes)
    assert read("på tirsdag", anchor=monday).status is ReadingStatus.OK


@pytest.mark.parametrize(
    ("text", "anchor", "words"),
    [
        ("næste uge", dt.date(2026, 12, 23), "uge 53, 2026 (28. december 2026–3. januar 2027)"),
        ("næste uge", dt.date(2026, 12, 30), "uge 1, 2027 (4.–10. januar)"),
        ("sidste uge", dt.date(2027, 1, 6), "uge 53, 2026 (28. december 2026–3. januar 2027)"),
        ("denne uge", dt.date(2027, 1, 2), "uge 53, 2026 (28. december 2026–3. januar 2027)"),
        ("næste måned", dt.date(2026, 12, 31), "januar 2027"),
        ("sidste måned", dt.date(2027, 1, 1), "december 2026"),
        ("næste kvartal", dt.date(2026, 11, 2), "1. kvartal 2027"),
        ("om en måned", dt.date(2027, 1, 31), "28. februar 2027"),
        ("om en måned", dt.date(2028, 1, 31), "29. februar 2028"),
        ("om et år", dt.date(2028, 2, 29), "februar 2029"),
        ("i morgen", dt.date(2028, 2, 28), "29. februar 2028"),
        ("de næste 2 uger", dt.date(2026, 12, 16), "uge 52–53, 2026"),
        ("de næste 3 uger", dt.date(2026, 12, 16), "uge 52, 2026 til uge 1, 2027"),
        ("den 31.", dt.date(2026, 4, 2), "31. maj 2026"),
    ],
)
def test_at_the_ends_of_years_and_of_february(text: str, anchor: dt.date, words: str) -> None:
    span = read(text, anchor=anchor).span
    assert span is not None and phrase(span) == words


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from([text for text, _words in FROM_THE_DAY]),
    st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)),
)
def test_from_any_day_it_is_said_and_read_again(text: str, anchor: dt.date) -> None:
    reading = read(text, anchor=anchor)
    for span in reading.spans:
        assert read(phrase(span)).spans == (span,), (phrase(span), span)


def test_a_day_without_its_month_is_of_the_month_beside_it() -> None:
    october = TimeSpan.within(dt.date(2019, 10, 1), dt.date(2019, 10, 31), Precision.MONTH)
    reading = read("Senest 21.", previous=october)
    assert reading.status is ReadingStatus.AMBIGUOUS and reading.notes
    assert reading.span == TimeSpan.by(dt.date(2019, 10, 21))
    day = TimeSpan.day(dt.date(2019, 10, 12))
    assert read("den 21.", previous=day).span == TimeSpan.day(dt.date(2019, 10, 21))
    assert read("den 7.", previous=day).spans == ()
    assert read("den 31.", previous=TimeSpan.by(dt.date(2019, 11, 5))).spans == ()
    assert read("21.", previous=october).spans == ()  # the number of a row


@pytest.mark.parametrize(
    ("text", "year", "words"),
    [
        ("Oktober, senest 21.", 2019, "senest 21. oktober 2019"),
        ("oktober: den 21.", 2019, "21. oktober 2019"),
        ("ons. feb 11", 2026, "11. februar 2026"),
        ("Feb 11, onsdag", 2026, "11. februar 2026"),
        ("maj 14, 2026", None, "14. maj 2026"),
        ("februar 7", 2026, "7. februar 2026"),
        ("2026-5-3", None, "3. maj 2026"),
        ("25-04", 2026, "25. april 2026"),
        ("1. og 3. torsdag i november", 2026, "5. november 2026|19. november 2026"),
        ("oktober, uge 42", 2026, "uge 42, 2026 (12.–18. oktober)"),
        ("uge 42 (oktober)", 2026, "uge 42, 2026 (12.–18. oktober)"),
        ("senest kl. 12 den 2. november", 2026, "senest 2. november 2026"),
        ("fra kl. 9 den 31. oktober", 2026, "31. oktober 2026"),
        ("8.5 + 12.6", 2026, "8. maj 2026|12. juni 2026"),
        ("den tredje dag i oktober", 2026, "3. oktober 2026"),
        ("første hele uge i oktober 2026", None, "uge 41, 2026 (5.–11. oktober)"),
        ("sidste hele uge i november 2026", None, "uge 48, 2026 (23.–29. november)"),
        ("første hverdag i januar 2027", None, "4. januar 2027"),
        ("senest sidste arbejdsdag i maj 2026", None, "senest 29. maj 2026"),
        ("5 hverdage før 29. maj 2026", None, "21. maj 2026"),
        ("et år efter 1. maj 2026", None, "1. maj 2027"),
        ("en uge efter langfredag 2026", None, "10. april 2026"),
        ("i 4 uger fra den 2. juli 2019", None, "2.–30. juli 2019"),
        ("april 2027 eller senere", None, "fra april 2027"),
        ("1. maj 2026 eller før", None, "senest 1. maj 2026"),
        ("nytår 2027", None, "årsskiftet 2026/27 (15. december 2026–15. januar 2027)"),
        ("inden nytår 2026", None, "inden udgangen af 2026"),
    ],
)
def test_other_ways_to_write_a_date(text: str, year: int | None, words: str) -> None:
    spans = read(text, year=year).spans
    assert "|".join(phrase(span) for span in spans) == words
    assert all(read(phrase(span)).spans == (span,) for span in spans)


def test_the_thirteenth_month_is_refused() -> None:
    assert read("primo 13. måned", year=2026).status is ReadingStatus.REJECT
    assert read("primo 3. måned").status is ReadingStatus.NODATE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Byrådet vedtager politikken i marts-april 2026", ["marts-april 2026"]),
        ("Udvalget drøfter strategien i uge 35-37", ["uge 35-37"]),
        ("Udvalget behandler budgettet i august/september", ["august/september"]),
        ("Rapporten på 3 sider, Budget 2026, Plan 2030 og bilag 2 af notatet", []),
    ],
)
def test_a_name_is_no_fence_across_a_preposition(text: str, words: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in find(text, year=2026)] == words


def test_a_limit_from_the_anchor_is_a_limit() -> None:
    span = read("inden udgangen af næste uge", anchor=WEDNESDAY).span
    assert span is not None and span.modifier is Modifier.BY
    assert span.latest == dt.date(2026, 10, 11)
