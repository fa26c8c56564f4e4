"""The milestones laid out as plain text, in every way that published plans do it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from .matter import (
    MONTHS,
    STEPS,
    Step,
    expected,
    month_of,
    numbers,
    quarter_of,
    week_of,
    words,
)

Laid = tuple[str, list[dict[str, Any]]]
TEXTS: dict[str, Callable[[bool], Laid]] = {}
SEASONS = {12: "Vinter", 3: "Forår", 6: "Sommer", 9: "Efterår"}
MEETINGS = {
    "Socialudvalget": (D1 := [dt.date(2026, 1, 14), dt.date(2026, 3, 4), dt.date(2026, 5, 6),
                              dt.date(2026, 9, 9), dt.date(2026, 11, 4)]),
    "Økonomiudvalget": [dt.date(2026, 1, 20), dt.date(2026, 4, 21), dt.date(2026, 9, 22)],
    "Byrådet": [dt.date(2026, 2, 3), dt.date(2026, 5, 26), dt.date(2026, 10, 1),
                dt.date(2026, 12, 15)],
}  # fmt: skip


def text(make: Callable[[bool], Laid]) -> Callable[[bool], Laid]:
    """Registers a layout under its name; it is told whether each date holds its year."""
    TEXTS[make.__name__] = make
    return make


def plain(lines: Iterable[str]) -> Laid:
    return "\n".join(lines), [expected(step) for step in STEPS]


def by_year() -> list[tuple[int, list[Step]]]:
    return [(year, list(group)) for year, group in groupby(STEPS, lambda step: step.begin.year)]


def small(step: Step) -> str:
    return step.sentence[:1].lower() + step.sentence[1:]


@text
def table_date_first(years: bool) -> Laid:
    rows = [f"{words(s, years)}\t{s.what}\t{s.who}" for s in STEPS]
    return plain(["Tidspunkt\tAktivitet\tAnsvarlig", *rows])


@text
def table_date_last(years: bool) -> Laid:
    return plain(["Aktivitet\tFrist", *(f"{s.sentence}\t{words(s, years)}" for s in STEPS)])


@text
def table_without_header(years: bool) -> Laid:
    return plain(f"{words(s, years)}\t{s.sentence}" for s in STEPS)


@text
def table_with_bars(years: bool) -> Laid:
    rows = [f"| {words(s, years)} | {s.what} | {s.who} |" for s in STEPS]
    return plain(["| Dato | Emne | Udvalg |", "|---|---|---|", *rows])


@text
def table_by_spaces(years: bool) -> Laid:
    rows = [f"{words(s, years):34}{s.what:40}{s.who}".rstrip() for s in STEPS]
    return plain([f"{'Tid':34}{'Emne':40}Ansvarlig", *rows])


@text
def table_two_dates(years: bool) -> Laid:
    rows = [f"{s.what}\t{numbers(s, '-').split(' - ')[0]}\t{numbers(s, '-').split(' - ')[-1]}"
            for s in STEPS]  # fmt: skip
    return plain(["Aktivitet\tStart\tSlut", *rows])


@text
def table_month_and_day(years: bool) -> Laid:
    def cells(s: Step) -> str:
        month = f"{MONTHS[s.begin.month - 1].capitalize()} {s.begin.year}"
        if s.month:
            return f"{month}\t\t{s.sentence}"
        one = s.begin.month == s.end.month
        end = f"{s.end.day}." if one else f"{s.end.day}. {MONTHS[s.end.month - 1]} {s.end.year}"
        day = f"{s.begin.day}." if s.day else f"{s.begin.day}.-{end}"
        return f"{month}\t{day}\t{s.sentence}" if one else f"\t{words(s)}\t{s.sentence}"

    return plain(["Måned\tDato\tAktivitet", *map(cells, STEPS)])


@text
def table_of_bodies(years: bool) -> Laid:
    sag = (("Kommissorium", "14. januar 2026", "20. januar 2026", "3. februar 2026"),
           ("Udkast sendes i høring", "6. maj 2026", "12. maj 2026", "26. maj 2026"),
           ("Endelig plan", "9. september 2026", "22. september 2026",
            "1. oktober 2026"))  # fmt: skip
    want = [day(title, when) for title, *dates in sag for when in dates]
    lines = ["Sag\tSocialudvalget\tØkonomiudvalget\tByrådet", *("\t".join(row) for row in sag)]
    return "\n".join(lines), want


def day(title: str, when: str) -> dict[str, Any]:
    number, month, year = when.split()
    date = dt.date(int(year), MONTHS.index(month) + 1, int(number.strip(".")))
    return expected(Step(date, date, title))


@text
def csv_semicolons(years: bool) -> Laid:
    return plain(["Dato;Aktivitet;Hvem", *(f"{words(s, years)};{s.what};{s.who}" for s in STEPS)])


@text
def date_colon(years: bool) -> Laid:
    return plain(f"{words(s, years)}: {s.sentence}" for s in STEPS)


@text
def date_space(years: bool) -> Laid:
    return plain(f"{words(s, years)} {s.sentence}" for s in STEPS)


@text
def date_dash(years: bool) -> Laid:
    return plain(f"{words(s, years)} – {s.sentence}" for s in STEPS)


@text
def date_numbers(years: bool) -> Laid:
    return plain(f"{numbers(s)}: {s.sentence}" for s in STEPS)


@text
def date_with_hours(years: bool) -> Laid:
    hour = lambda s: " kl. 16.00-18.00" if s.day else ""  # noqa: E731
    return plain(f"{words(s, years)}{hour(s)}: {s.sentence}" for s in STEPS)


@text
def bullets_date_first(years: bool) -> Laid:
    return plain(f"• {words(s, years)}: {s.sentence}" for s in STEPS)


@text
def bullets_date_in_brackets(years: bool) -> Laid:
    return plain(f"- {s.sentence} ({words(s, years).lower()})" for s in STEPS)


@text
def bullets_date_last(years: bool) -> Laid:
    return plain(f"- {s.sentence}, {words(s, years).lower()}" for s in STEPS)


@text
def lines_date_last(years: bool) -> Laid:
    return plain(f"{s.sentence} – {words(s, years).lower()}" for s in STEPS)


@text
def dots_to_the_date(years: bool) -> Laid:
    return plain(f"{s.sentence} {'.' * (70 - len(s.sentence))} {words(s, years)}" for s in STEPS)


@text
def date_at_the_right(years: bool) -> Laid:
    return plain(f"{s.sentence:64}{words(s, years):>34}" for s in STEPS)


@text
def numbered_list(years: bool) -> Laid:
    return plain(f"{n}. {words(s, years)}: {s.sentence}" for n, s in enumerate(STEPS, 1))


@text
def numbered_date_last(years: bool) -> Laid:
    return plain(f"{n}. {s.sentence} ({words(s, years).lower()})" for n, s in enumerate(STEPS, 1))


@text
def date_line_then_text(years: bool) -> Laid:
    return plain(f"{words(s, years)}\n{s.sentence}\n" for s in STEPS)


@text
def text_line_then_date(years: bool) -> Laid:
    return plain(f"{s.sentence}\n{words(s, years)}\n" for s in STEPS)


@text
def text_then_date_unspaced(years: bool) -> Laid:
    lines = [line for s in STEPS for line in (s.sentence, words(s, years))]
    return plain(lines)


@text
def date_then_text_unspaced(years: bool) -> Laid:
    lines = [line for s in STEPS for line in (words(s, years), s.sentence)]
    return plain(lines)


@text
def date_body_bullets(years: bool) -> Laid:
    lines = [line for s in STEPS
             for line in ((f"{words(s, years)} – {s.who}", f"- {s.what}") if s.who
                          else (f"{words(s, years)} – {s.what}",))]  # fmt: skip
    return plain(lines)


@text
def labelled_records(years: bool) -> Laid:
    return plain(
        f"Tid: {words(s, years)}\nAktivitet: {s.what}\nAnsvarlig: {s.who or '-'}\n" for s in STEPS
    )


@text
def cells_line_by_line(years: bool) -> Laid:
    cells = ((words(s, years), s.what, s.who or "Forvaltningen") for s in STEPS)
    return plain(["Tidspunkt", "Aktivitet", "Ansvarlig", *(c for row in cells for c in row)])


@text
def glued_web_table(years: bool) -> Laid:
    return plain(f"{words(s, years)}{s.sentence}" for s in STEPS)


@text
def year_headings_with_dates(years: bool) -> Laid:
    lines: list[str] = []
    for year, steps in by_year():
        lines += ["", str(year), "", *(f"{words(s, False)}: {s.sentence}" for s in steps)]
    return plain(lines)


@text
def year_headings_only(years: bool) -> Laid:
    lines: list[str] = []
    for year, steps in by_year():
        lines += ["", str(year), "", *(f" • {s.sentence}" for s in steps)]
    want = [expected(s, dt.date(s.begin.year, 1, 1), dt.date(s.begin.year, 12, 31)) for s in STEPS]
    return "\n".join(lines), want


@text
def year_headings_plain_lines(years: bool) -> Laid:
    lines: list[str] = []
    for year, steps in by_year():
        lines += ["", f"{year}:", *(s.sentence for s in steps)]
    want = [expected(s, dt.date(s.begin.year, 1, 1), dt.date(s.begin.year, 12, 31)) for s in STEPS]
    return "\n".join(lines), want


@text
def month_headings(years: bool) -> Laid:
    lines: list[str] = []
    for (year, month), steps in groupby(STEPS, lambda s: (s.begin.year, s.begin.month)):
        lines += [
            "",
            f"{MONTHS[month - 1].capitalize()} {year}",
            *(s.sentence + "." for s in steps),
        ]
    want = []
    for s in STEPS:
        first, last = month_of(Step(s.begin, s.begin, s.what))
        want.append(expected(s, first, last))
    return "\n".join(lines), want


@text
def month_headings_with_days(years: bool) -> Laid:
    lines: list[str] = []
    for (year, month), steps in groupby(STEPS, lambda s: (s.begin.year, s.begin.month)):
        lines += ["", f"{MONTHS[month - 1].capitalize()} {year}"]
        for s in steps:
            lines.append(f"• {s.sentence}" if s.month else f"• {words(s, False)}: {s.sentence}")
    return plain(lines)


@text
def season_headings(years: bool) -> Laid:
    lines: list[str] = []
    want = []
    for (year, season), steps in groupby(STEPS, _season):
        lines += ["", f"{SEASONS[season]} {year}", "", *(f"• {s.sentence}" for s in steps)]
    for s in STEPS:
        year, season = _season(s)
        begin = dt.date(year if season != 12 else year - 1, season, 1)
        end = dt.date(year, (season + 2) % 12 + 1, 1) - dt.timedelta(days=1)
        one = expected(s, begin, end)
        others = [[f"{year}-01-01", f"{year}-02-28"], [f"{year}-12-01", f"{year + 1}-02-28"],
                  [f"{year}-01-01", f"{year}-03-31"]]  # fmt: skip
        want.append({**one, **({"also_ok": others} if season == 12 else {})})
    return "\n".join(lines), want


def _season(step: Step) -> tuple[int, int]:
    month = step.begin.month
    return step.begin.year, 12 if month in (12, 1, 2) else month // 3 * 3


@text
def quarter_headings(years: bool) -> Laid:
    lines: list[str] = []
    for (year, quarter), steps in groupby(
        STEPS, lambda s: (s.begin.year, (s.begin.month + 2) // 3)
    ):
        lines += ["", f"{quarter}. kvartal {year}", *(f"- {s.sentence}" for s in steps)]
    return "\n".join(lines), [expected(s, *quarter_of(Step(s.begin, s.begin, s.what)))
                              for s in STEPS]  # fmt: skip


@text
def week_lines(years: bool) -> Laid:
    def weeks(s: Step) -> str:
        first, last = s.begin.isocalendar(), s.end.isocalendar()
        number = f"{first.week}" if first.week == last.week else f"{first.week}-{last.week}"
        return f"Uge {number}, {last.year}: {s.sentence}"

    return "\n".join(map(weeks, STEPS)), [expected(s, *week_of(s)) for s in STEPS]


@text
def dates_under_bodies(years: bool) -> Laid:
    lines, want = ["Der holdes følgende møder i 2026."], []
    for body, dates in MEETINGS.items():
        lines += ["", f"Møder i {body}:", ""]
        lines += [f" • {date.day}. {MONTHS[date.month - 1]}" for date in dates]
        want += [expected(Step(date, date, f"{body} møde")) for date in dates]
    return "\n".join(lines), want


@text
def dates_under_plain_bodies(years: bool) -> Laid:
    lines, want = ["2026"], []
    for body, dates in MEETINGS.items():
        lines += ["", body, *(f"{date.day}. {MONTHS[date.month - 1]}" for date in dates)]
        want += [expected(Step(date, date, f"{body} møde")) for date in dates]
    return "\n".join(lines), want


@text
def dates_on_one_line(years: bool) -> Laid:
    lines, want = ["Mødedatoer 2026"], []
    for body, dates in MEETINGS.items():
        listed = [f"{date.day}. {MONTHS[date.month - 1]}" for date in dates]
        lines += ["", body, ", ".join(listed[:-1]) + " og " + listed[-1]]
        want += [expected(Step(date, date, f"{body} møde")) for date in dates]
    return "\n".join(lines), want


@text
def dates_after_body_colon(years: bool) -> Laid:
    lines, want = ["Mødedatoer 2026", ""], []
    for body, dates in MEETINGS.items():
        listed = [f"{date.day}. {MONTHS[date.month - 1]}" for date in dates]
        lines.append(f"{body}: " + ", ".join(listed))
        want += [expected(Step(date, date, f"{body} møde")) for date in dates]
    return "\n".join(lines), want


@text
def gantt_months(years: bool) -> Laid:
    months = [(2026, m) for m in range(1, 13)] + [(2027, m) for m in range(1, 7)]
    head = ["Aktivitet", *["2026"] + [""] * 11, *["2027"] + [""] * 5]
    names = ["", *(MONTHS[m - 1][:3].capitalize() for _y, m in months)]
    rows = ["\t".join(head), "\t".join(names)]
    rows += ["\t".join([s.what, *marks(s, months)]) for s in STEPS]
    return "\n".join(rows), [expected(s, *month_of(s)) for s in STEPS]


def marks(step: Step, months: list[tuple[int, int]], mark: str = "x") -> list[str]:
    begin, end = (step.begin.year, step.begin.month), (step.end.year, step.end.month)
    return [mark if begin <= month <= end else "" for month in months]


@text
def gantt_letters(years: bool) -> Laid:
    months = [(2026, m) for m in range(1, 13)]
    rows = ["2026\tJ\tF\tM\tA\tM\tJ\tJ\tA\tS\tO\tN\tD"]
    steps = [s for s in STEPS if s.begin.year == 2026]
    rows += ["\t".join([s.what, *marks(s, months, "■")]) for s in steps]
    return "\n".join([*rows, "■ = aktiviteten foregår"]), [expected(s, *month_of(s)) for s in steps]


@text
def gantt_quarters(years: bool) -> Laid:
    quarters = [(2026, 1), (2026, 2), (2026, 3), (2026, 4), (2027, 1), (2027, 2)]
    rows = ["Aktivitet\t" + "\t".join(f"{q}. kv. {y}" for y, q in quarters)]
    for s in STEPS:
        begin = (s.begin.year, (s.begin.month + 2) // 3)
        end = (s.end.year, (s.end.month + 2) // 3)
        rows.append("\t".join([s.what, *("X" if begin <= q <= end else "" for q in quarters)]))
    return "\n".join(rows), [expected(s, *quarter_of(s)) for s in STEPS]


@text
def gantt_weeks(years: bool) -> Laid:
    steps = [s for s in STEPS if s.end <= dt.date(2026, 6, 30)]
    weeks = range(2, 27)
    rows = ["Uge 2026\t" + "\t".join(map(str, weeks))]
    for s in steps:
        begin, end = s.begin.isocalendar().week, s.end.isocalendar().week
        rows.append("\t".join([s.what, *("x" if begin <= w <= end else "" for w in weeks)]))
    return "\n".join(rows), [expected(s, *week_of(s)) for s in steps]


@text
def prose(years: bool) -> Laid:
    def sentence(s: Step) -> str:
        who, when = s.who, words(s).lower()
        lead = {True: f"Den {when}", False: f"Fra den {when.replace(' - ', ' til den ')}"}[s.day]
        lead = f"I {when}" if s.month else lead
        lead = f"I perioden {when}" if not s.day and not s.month else lead
        return f"{lead} sker følgende i planen: {who + ', ' if who else ''}{s.what.lower()}."

    parts = [sentence(s) for s in STEPS]
    return plain([" ".join(parts[:4]), "", " ".join(parts[4:8]), "", " ".join(parts[8:])])


@text
def prose_year_carried_on(years: bool) -> Laid:
    sentences = [
        "Socialudvalget godkender kommissoriet for planen den 14. januar 2026.",
        "Den 10. marts holdes der borgermøde i kulturhuset.",
        "Udkast til planen udarbejdes i april.",
        "Socialudvalget drøfter udkastet den 6. maj, hvorefter offentlig høring af udkastet løber fra den 7. maj til den 19. juni.",  # noqa: E501
        "Den 9. september behandler Socialudvalget høringssvarene.",
        "Byrådet vedtager planen endeligt den 1. oktober.",
        "Midtvejsstatus forelægges Socialudvalget den 18. maj 2027.",
    ]
    kept = [s for s in STEPS if s.what not in ("Interview med beboere og pårørende",
            "Høringsnotatet skrives", "Planen anbefales til godkendelse",
            "Personalet får undervisning")]  # fmt: skip
    title = {"Kommissoriet for planen godkendes": "godkender kommissoriet for planen",
             "Udkastet drøftes": "drøfter udkastet", "Planen vedtages endeligt": "vedtager planen",
             "Høringssvarene behandles": "behandler høringssvarene"}  # fmt: skip
    want = [{**expected(s), "title": title.get(s.what, s.what)} for s in kept]
    return " ".join(sentences[:4]) + "\n\n" + " ".join(sentences[4:]), want


@text
def several_in_a_paragraph(years: bool) -> Laid:
    parts = [f"{words(s, years)}: {s.sentence}." for s in STEPS]
    return plain([" ".join(parts[:6]), "", " ".join(parts[6:])])


@text
def newest_first(years: bool) -> Laid:
    laid = plain(f"• {words(s)}: {s.sentence}" for s in reversed(STEPS))
    return laid[0], laid[1][::-1]


@text
def phases(years: bool) -> Laid:
    lines: list[str] = []
    for n, name in enumerate(("Forberedelse", "Udkast og høring", "Vedtagelse")):
        lines += ["", f"Fase {n + 1}: {name}"]
        lines += [f"{words(s, years)}: {s.sentence}" for s in STEPS[n * 4 : n * 4 + 4]]
    return plain(lines)


@text
def small_letters(years: bool) -> Laid:
    parts = (("primo", 1, 10), ("medio", 11, 20), ("ultimo", 21, 31))
    lines, want = [], []
    for n, s in enumerate(STEPS):
        word, first, last = parts[n % 3]
        begin, end = month_of(Step(s.begin, s.begin, s.what))
        lines.append(f"{word} {MONTHS[s.begin.month - 1]} {s.begin.year} {small(s)}")
        want.append(
            expected(s, begin.replace(day=first), min(end, begin.replace(day=min(last, end.day))))
        )
    return "\n".join(lines), want
