"""The words that dates are told with, in Danish and English."""

from __future__ import annotations

from dataclasses import dataclass

from .calendar import Break, Season


@dataclass(frozen=True, slots=True)
class Words:
    """One language. ``%`` places take a name or a number."""

    months: tuple[str, ...]
    day: str
    week: str
    quarter: str
    half_year: str
    seasons: dict[Season, str]
    season_definite: dict[Season, str]
    season_parts: dict[Season, tuple[str, str, str]]
    month_parts: tuple[str, str, str]
    year_parts: tuple[str, str, str]
    parts: tuple[str, str, str]  # of a week, quarter or half-year
    halves: tuple[str, str]
    breaks: dict[Break, str]
    by: str
    by_end: str
    before: str
    from_: str
    earliest: str
    after: str
    approx: str
    to: str
    certainty: dict[str, str]  # by ``DateCertainty``; of a day there is nothing to say


DANISH = Words(
    months=(
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
    day="%s.",
    week="uge %s",
    quarter="%s. kvartal",
    half_year="%s. halvår",
    seasons={
        Season.SPRING: "forår",
        Season.SUMMER: "sommer",
        Season.AUTUMN: "efterår",
        Season.WINTER: "vinter",
    },
    season_definite={
        Season.SPRING: "foråret",
        Season.SUMMER: "sommeren",
        Season.AUTUMN: "efteråret",
        Season.WINTER: "vinteren",
    },
    season_parts={
        Season.SPRING: ("tidligt forår", "midt på foråret", "sent forår"),
        Season.SUMMER: ("forsommer", "midt på sommeren", "sensommer"),
        Season.AUTUMN: ("tidligt efterår", "midt på efteråret", "sent efterår"),
        Season.WINTER: ("tidlig vinter", "midt på vinteren", "sen vinter"),
    },
    month_parts=("primo %s", "medio %s", "ultimo %s"),
    year_parts=("primo %s", "medio %s", "ultimo %s"),
    parts=("begyndelsen af %s", "midten af %s", "slutningen af %s"),
    halves=("første halvdel af %s", "anden halvdel af %s"),
    breaks={
        Break.EASTER: "påsken",
        Break.EASTER_BREAK: "påskeferien",
        Break.WHITSUN: "pinsen",
        Break.SUMMER_BREAK: "sommerferien",
        Break.CHRISTMAS: "julen",
        Break.CHRISTMAS_BREAK: "juleferien",
        Break.AFTER_CHRISTMAS: "mellem jul og nytår",
        Break.TURN_OF_YEAR: "årsskiftet",
        Break.AUTUMN_BREAK: "efterårsferien",
        Break.WINTER_BREAK: "vinterferien",
    },
    by="senest %s",
    by_end="inden udgangen af %s",
    before="inden %s",
    from_="fra %s",
    earliest="tidligst %s",
    after="efter %s",
    approx="ca. %s",
    to="til",
    certainty={
        "about": "omkring den dag",
        "whole": "hele perioden",
        "ends": "begynder eller slutter på en dag, der ikke er fastlagt",
        "within": "et tidspunkt i perioden",
        "by": "senest",
        "from": "fra da af",
    },
)

ENGLISH = Words(
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    day="%s",
    week="week %s",
    quarter="quarter %s of",
    half_year="half-year %s of",
    seasons={
        Season.SPRING: "spring",
        Season.SUMMER: "summer",
        Season.AUTUMN: "autumn",
        Season.WINTER: "winter",
    },
    season_definite={
        Season.SPRING: "spring",
        Season.SUMMER: "summer",
        Season.AUTUMN: "autumn",
        Season.WINTER: "winter",
    },
    season_parts={
        season: (f"early {name}", f"mid-{name}", f"late {name}")
        for season, name in (
            (Season.SPRING, "spring"),
            (Season.SUMMER, "summer"),
            (Season.AUTUMN, "autumn"),
            (Season.WINTER, "winter"),
        )
    },
    month_parts=("early %s", "mid-%s", "late %s"),
    year_parts=("early %s", "mid-%s", "late %s"),
    parts=("the beginning of %s", "the middle of %s", "the end of %s"),
    halves=("the first half of %s", "the second half of %s"),
    breaks={
        Break.EASTER: "Easter",
        Break.EASTER_BREAK: "the Easter break",
        Break.WHITSUN: "Whitsun",
        Break.SUMMER_BREAK: "the summer break",
        Break.CHRISTMAS: "Christmas",
        Break.CHRISTMAS_BREAK: "the Christmas break",
        Break.AFTER_CHRISTMAS: "between Christmas and New Year",
        Break.TURN_OF_YEAR: "the turn of the year",
        Break.AUTUMN_BREAK: "the autumn break",
        Break.WINTER_BREAK: "the winter break",
    },
    by="by %s",
    by_end="by the end of %s",
    before="before %s",
    from_="from %s",
    earliest="from %s at the earliest",
    after="after %s",
    approx="about %s",
    to="to",
    certainty={
        "about": "about that day",
        "whole": "the whole period",
        "ends": "begins or ends on a day that is not fixed",
        "within": "some time within it",
        "by": "at the latest",
        "from": "from then on",
    },
)
