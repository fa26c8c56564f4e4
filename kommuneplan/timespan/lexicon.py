"""The words Danish plans say dates with. Data, and the folding that makes bad scans match.

Every key is *folded*: lower case, ø and "oe" as g, å and "aa" as a, æ and "ae" as a, because
that is how scanned Danish comes out ("fgrste", "malgruppe"). Input is folded the same way.
"""

from __future__ import annotations

import enum
from typing import Any, NamedTuple

from .calendar import Break, Feast, Season


class TokenKind(enum.Enum):
    """What a token can be in a date expression."""

    NUMBER = enum.auto()
    SYMBOL = enum.auto()
    WORD = enum.auto()  # a word that says nothing about dates
    FILLER = enum.auto()  # a word that changes nothing: "den", "i", "møde" is not one
    MONTH = enum.auto()
    WEEKDAY = enum.auto()
    WEEKDAYS = enum.auto()  # mandage, torsdage: a rule
    ORDINAL = enum.auto()
    LAST = enum.auto()
    PART = enum.auto()  # 0, 1, 2: primo, medio, ultimo
    HALF_PART = enum.auto()  # "halvdel"
    THIRD_PART = enum.auto()  # "tredjedel"
    WEEK = enum.auto()
    QUARTER = enum.auto()
    HALF_YEAR = enum.auto()
    SHORT_UNIT = enum.auto()  # K, Q, H in K4, Q1, H2
    MONTH_WORD = enum.auto()  # måned
    YEAR_WORD = enum.auto()  # år, året
    SCHOOL_YEAR = enum.auto()
    SEASON = enum.auto()
    SEASON_PART = enum.auto()  # sensommer, forsommer
    BREAK = enum.auto()
    BY = enum.auto()
    BEFORE = enum.auto()  # inden: by, and before a whole period
    BY_END = enum.auto()  # inden udgangen af
    FROM = enum.auto()  # fra, siden: begins there
    EARLIEST = enum.auto()  # tidligst: not before
    AFTER = enum.auto()
    APPROX = enum.auto()
    ONWARDS = enum.auto()  # "og frem" after the date
    TO = enum.auto()
    AND = enum.auto()
    OR = enum.auto()
    BETWEEN = enum.auto()
    DURING = enum.auto()  # "i løbet af", "i perioden": before a bare year
    AS_OF = enum.auto()  # pr.
    IN = enum.auto()
    OF_MONTH = enum.auto()  # "i måneden"
    CLOCK = enum.auto()  # "kl. 17-19"
    DURATION = enum.auto()  # uger, måneder, dage after a number
    AGO = enum.auto()
    SAME_DAY = enum.auto()
    YEAR_END = enum.auto()  # årets udgang
    FEAST = enum.auto()  # langfredag, nytårsdag: one day
    RESPECTIVELY = enum.auto()  # hhv.
    OVER = enum.auto()  # "er omme" after a period
    REST_OF_YEAR = enum.auto()  # "og året ud"
    THIS_YEAR = enum.auto()
    PAGE = enum.auto()  # words that make a number or a year a name: bilag, budget


class Entry(NamedTuple):
    kind: TokenKind
    value: Any = None


_FOLD = str.maketrans("øöåäæâàáãéèêîíóòôõ", "ggaaaaaaaeeeiigggg")


def fold(word: str) -> str:
    """The key of a word in the lexicon."""
    word = word.lower().translate(_FOLD)
    if "aa" in word:
        word = word.replace("aa", "a")
    if "ae" in word:
        word = word.replace("ae", "a")
    if "oe" in word:
        word = word.replace("oe", "g")
    return word


def split_words(text: str) -> list[str]:
    """Words that are written in one string, to be read as a line of text."""
    return text.split()


MONTHS: dict[int, str] = {
    1: "januar jan januars january januarmødet",
    2: "februar feb febr februars february februarmødet",
    3: "marts mar mrt mart march martsmødet",
    4: "april apr aprils aprilmødet",
    5: "maj majmødet",
    6: "juni jun junis june junimødet",
    7: "juli jul. julis july julimødet",
    8: "august aug augusts augustmødet",
    9: "september sept sep septembers septembermødet",
    10: "oktober okt oktobers october oct oktobermødet",
    11: "november nov novembers novembermødet",
    12: "december dec decembers decembermødet",
}
WEEKDAYS: dict[int, str] = {
    0: "mandag mandagen",
    1: "tirsdag tirs tir tirsdagen",
    2: "onsdag ons onsdagen",
    3: "torsdag tors tor torsdagen",
    4: "fredag fre fredagen",
    5: "lørdag lør lordag lørdagen",
    6: "søndag søn sondag søndagen",
}
ORDINALS = split_words(
    "første anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte "
    "trettende fjortende femtende sekstende syttende attende nittende tyvende enogtyvende "
    "toogtyvende treogtyvende fireogtyvende femogtyvende seksogtyvende syvogtyvende "
    "otteogtyvende niogtyvende tredivte enogtredivte "
)
NUMBER_WORDS = split_words(
    "en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten "
    "atten nitten tyve "
)

_WORDS: list[tuple[TokenKind, Any, str]] = [
    (TokenKind.FILLER, "day", "d den dagen dag"),
    (TokenKind.FILLER, None, "dato kl"),
    (TokenKind.ORDINAL, 1, "forste fgrst"),
    (TokenKind.ORDINAL, 2, "andet"),
    (TokenKind.ORDINAL, 3, "tredie"),
    (TokenKind.LAST, None, "sidste"),
    (TokenKind.PART, 0, "primo prim primio starten begyndelsen"),
    (TokenKind.PART, 1, "medio midio midten mido medioe"),
    (TokenKind.PART, 2, "ultimo ult ultimio utlimo slutningen"),
    (TokenKind.HALF_PART, None, "halvdel halvdelen"),
    (TokenKind.THIRD_PART, None, "tredjedel"),
    (TokenKind.WEEK, None, "uge ugen ugerne uger ugenr ugenummer uqe ugc u w"),
    (TokenKind.QUARTER, None, "kvartal kvartalet kvt kvart kv kvrt kvartals kvartaler"),
    (TokenKind.HALF_YEAR, None, "halvår halvåret halvårs"),
    (TokenKind.SHORT_UNIT, TokenKind.QUARTER, "k q"),
    (TokenKind.SHORT_UNIT, TokenKind.HALF_YEAR, "h"),
    (TokenKind.MONTH_WORD, None, "måned måneden måneds månedens"),
    (TokenKind.YEAR_WORD, None, "år året kalenderåret kalenderår årets budgetåret budgetår"),
    (TokenKind.YEAR_WORD, None, "regnskabsåret regnskabsår finansåret"),
    (TokenKind.SCHOOL_YEAR, None, "skoleåret skoleår"),
    (TokenKind.SEASON, Season.SPRING, "forår foråret forårets forårs"),
    (TokenKind.SEASON, Season.SUMMER, "sommer sommeren sommerens"),
    (TokenKind.SEASON, Season.AUTUMN, "efterår efteråret efterårets"),
    (TokenKind.SEASON, Season.WINTER, "vinter vinteren vinterens"),
    (TokenKind.SEASON_PART, (Season.SUMMER, 0), "forsommer forsommeren"),
    (TokenKind.SEASON_PART, (Season.SUMMER, 1), "højsommer højsommeren"),
    (TokenKind.SEASON_PART, (Season.SUMMER, 2), "sensommer sensommeren"),
    (TokenKind.BREAK, Break.SUMMER_BREAK, "sommerferie sommerferien sommerferiens"),
    (TokenKind.BREAK, Break.WINTER_BREAK, "vinterferie vinterferien"),
    (TokenKind.BREAK, Break.AUTUMN_BREAK, "efterårsferie efterårsferien"),
    (TokenKind.BREAK, Break.EASTER, "påske påsken påskedagene"),
    (TokenKind.BREAK, Break.EASTER_BREAK, "påskeferie påskeferien"),
    (TokenKind.BREAK, Break.WHITSUN, "pinse pinsen"),
    (TokenKind.BREAK, Break.CHRISTMAS, "jul julen juledagene"),
    (TokenKind.BREAK, Break.CHRISTMAS_BREAK, "juleferie juleferien"),
    (TokenKind.BREAK, Break.TURN_OF_YEAR, "årsskiftet årsskifte nytår nytåret"),
    (TokenKind.FEAST, Feast.NEW_YEARS_DAY, "nytårsdag"),
    (TokenKind.FEAST, Feast.MAUNDY_THURSDAY, "skærtorsdag"),
    (TokenKind.FEAST, Feast.GOOD_FRIDAY, "langfredag"),
    (TokenKind.FEAST, Feast.EASTER_DAY, "påskedag påskesøndag"),
    (TokenKind.FEAST, Feast.EASTER_MONDAY, "påskemandag"),
    (TokenKind.FEAST, Feast.WHIT_SUNDAY, "pinsedag"),
    (TokenKind.FEAST, Feast.CONSTITUTION_DAY, "grundlovsdag"),
    (TokenKind.FEAST, Feast.CHRISTMAS_EVE, "juleaften juleaftensdag"),
    (TokenKind.FEAST, Feast.NEW_YEARS_EVE, "nytårsaften nytårsaftensdag"),
    (TokenKind.BY, None, "senest indtil senst senset"),
    (TokenKind.BEFORE, None, "inden før"),
    (TokenKind.FROM, None, "fra siden fom"),
    (TokenKind.EARLIEST, None, "tidligst"),
    (TokenKind.AFTER, None, "efter"),
    (TokenKind.APPROX, None, "ca cirka omkring forventet forventes forventeligt omtrent anslået"),
    (TokenKind.APPROX, None, "omkr forv ventes foreløbig foreløbigt circa muligvis"),
    (
        TokenKind.APPROX,
        None,
        "formentlig formodentlig sandsynligvis antagelig tentativt skønsmæssigt",
    ),
    (TokenKind.TO, None, "til tom"),
    (TokenKind.AND, None, "og samt plus"),
    (TokenKind.RESPECTIVELY, None, "hhv henholdsvis respektive"),
    (TokenKind.OR, None, "eller el"),
    (TokenKind.BETWEEN, None, "mellem imellem"),
    (TokenKind.DURING, None, "hele gennem igennem perioden løbet årene"),
    (TokenKind.IN, None, "i på af over ved"),
    (TokenKind.AS_OF, None, "pr per"),
    (TokenKind.DURATION, 1, "dage"),
    (TokenKind.DURATION, 30, "måneder mdr"),
]

# Runs of tokens that are one word of the language of dates; longest first wins.
_PHRASES: list[tuple[TokenKind, Any, str]] = [
    (TokenKind.PART, 0, "i begyndelsen af|i starten af|først i|først på|forst i|forst på"),
    (TokenKind.PART, 0, "tidligt i|tidligt på"),
    (TokenKind.PART, 0, "begyndelsen af|starten af|tidlig|tidligt|tidlige|start|første del af"),
    (TokenKind.PART, 0, "de første dage af|de første dage i|de første uger af|de første uger i"),
    (TokenKind.PART, 0, "de første måneder af|det tidlige|den tidlige"),
    (TokenKind.PART, 1, "med ."),
    (TokenKind.PART, 1, "i midten af|midten af|midt i|midt på|midt"),
    (
        TokenKind.PART,
        2,
        "i slutningen af|slutningen af|sidst i|sidst på|sent i|sent på|sen|sent|sene",
    ),
    (TokenKind.PART, 2, "det sene|den sene|de sidste dage af|de sidste dage i|de sidste uger af"),
    (TokenKind.PART, 2, "de sidste uger i|de sidste måneder af|udg . af"),
    (TokenKind.PART, 2, "ved udgangen af|ved slutningen af|udgangen af|slut|sidste del af"),
    (TokenKind.BY_END, None, "inden udgangen af|før udgangen af|senest udgangen af"),
    (TokenKind.BY_END, None, "senest ved udgangen af|senest med udgangen af|inden slutningen af"),
    (TokenKind.BY_END, None, "inden for udgangen af|til udgangen af|til og med udgangen af"),
    (TokenKind.BY_END, None, "med udgangen af|frem til udgangen af|indtil udgangen af"),
    (
        TokenKind.YEAR_END,
        TokenKind.BY,
        "inden årets udgang|inden årets slutning|inden udgangen af året",
    ),
    (TokenKind.YEAR_END, TokenKind.BY, "senest ved årets udgang|inden året er omme"),
    (TokenKind.YEAR_END, TokenKind.BY, "senest ved udgangen af året"),
    (
        TokenKind.YEAR_END,
        TokenKind.BY,
        "senest med årets udgang|inden årets afslutning|inden årets udløb",
    ),
    (TokenKind.YEAR_END, TokenKind.BY, "inden årets ende"),
    (TokenKind.YEAR_END, TokenKind.BY, "frem til årets udgang"),
    (
        TokenKind.YEAR_END,
        TokenKind.PART,
        "ved årets udgang|ved årets slutning|ved udgangen af året",
    ),
    (TokenKind.YEAR_END, TokenKind.PART, "årets udgang|årets slutning"),
    (TokenKind.REST_OF_YEAR, None, "og året ud|til året ud|året ud|og resten af året"),
    (TokenKind.BY, None, "frem til|frem til og med|ikke senere end|senest den|med frist|senest i"),
    (TokenKind.BY, None, "med deadline|senest med udgangen af den|ikke efter|med svarfrist"),
    (TokenKind.BEFORE, None, "inden den|forud for|op til|op mod|frem mod"),
    (TokenKind.OVER, None, "er omme|er gået|er udløbet"),
    (
        TokenKind.FROM,
        None,
        "fra og med|med virkning fra|med virkning pr .|med start|f . o . m|fra d",
    ),
    (TokenKind.FROM, None, "gældende fra|gælder fra|med ikrafttræden|med begyndelse|f . o . m ."),
    (TokenKind.FROM, None, "siden den|startende"),
    (TokenKind.EARLIEST, None, "ikke før|ikke tidligere end|tidligst fra|tidligst i"),
    (TokenKind.ONWARDS, None, "og frem|og fremefter|og fremad|og frem ad|ff|og frem efter"),
    (TokenKind.TO, None, "til og med|t . o . m|t . o . m .|frem til|frem til og med|og til"),
    (TokenKind.TO, None, "indtil|og frem til|t / m"),
    (TokenKind.DURING, None, "i løbet af|hen over|henover|i perioden|i årene|gennem hele|i hele"),
    (TokenKind.IN, None, "natten til|aftenen den"),
    (TokenKind.DURING, None, "inden for|ind i|i kalenderåret|i budgetåret"),
    (TokenKind.YEAR_WORD, None, "i årets løb"),
    (TokenKind.HALF_YEAR, None, "halve år"),
    (TokenKind.SAME_DAY, None, "samme dag|samme dato"),
    (TokenKind.THIS_YEAR, 0, "i år|indeværende år|dette år"),
    (TokenKind.THIS_YEAR, 1, "næste år|til næste år|det kommende år|kommende år|i det kommende år"),
    (TokenKind.THIS_YEAR, -1, "sidste år|forrige år|i fjor|det forgangne år"),
    (TokenKind.FEAST, Feast.SECOND_CHRISTMAS_DAY, "2 . juledag|anden juledag|2 juledag"),
    (TokenKind.FEAST, Feast.CHRISTMAS_DAY, "1 . juledag|første juledag|1 juledag"),
    (TokenKind.FEAST, Feast.EASTER_MONDAY, "2 . påskedag|anden påskedag"),
    (TokenKind.FEAST, Feast.EASTER_DAY, "1 . påskedag|første påskedag"),
    (TokenKind.FEAST, Feast.WHIT_MONDAY, "2 . pinsedag|anden pinsedag"),
    (TokenKind.FEAST, Feast.WHIT_SUNDAY, "1 . pinsedag|første pinsedag"),
    (TokenKind.FEAST, Feast.ASCENSION_DAY, "kristi himmelfartsdag|kristi himmelfart"),
    (TokenKind.FEAST, Feast.ASCENSION_DAY, "kr . himmelfartsdag|kr . himmelfart"),
    (TokenKind.FEAST, Feast.PRAYER_DAY, "store bededag|st . bededag"),
    (TokenKind.OF_MONTH, None, "i måneden|i måneden ,"),
    (TokenKind.BREAK, Break.AFTER_CHRISTMAS, "mellem jul og nytår"),
    (TokenKind.BREAK, Break.CHRISTMAS_BREAK, "jul og nytår|julen og nytåret"),
    (TokenKind.SHORT_UNIT, TokenKind.QUARTER, "kvartal nr ."),
]

NAME_WORDS = frozenset(
    fold(word)
    for word in split_words(
        "budget budgettet bilag bilaget punkt pkt side sider s nr nummer sag sagsnr dokumentnr "
        "j.nr journalnr sagsnummer dok kommuneplan kommuneplanen planstrategi strategi strategien "
        "plan planen rammeplan sektorplan sektorplanen regnskab regnskabet fase spor kapitel kap "
        "afsnit figur tabel lov loven lovbekendtgørelse bekendtgørelse cirkulære vejledning lbk "
        "bek lokalplan lokalplanen spildevandsplan helhedsplan klimaplan version ver udgave v "
        "klasse gruppe bygning stuen sal tlf telefon mobil ean cvr cpr kode stk § paragraf dk "
        "agenda verdensmål vision visionen politik politikken budgetaftale budgetaftalen "
        "finanslov finansloven aftale aftalen økonomiaftale økonomiaftalen skolestrategi dsb "
        "tillæg kommuneplantillæg handleplan handleplanen udviklingsplan kvalitetsstandard "
        "kvalitetsstandarder serviceniveau rapport rapporten notat handicappolitik matr opgang "
        "værelse lokale lok mødelokale rum bus linje rute matrikel stilling skala "
    )
)
"""Words that make the number or year after them a name (domain notes: traps)."""

COUNT_WORDS = frozenset(
    fold(word)
    for word in split_words(
        "deltagere deltager personer person borgere borger mio mia kr kroner t.kr tkr pct procent "
        "timer time minutter min uger dage måneder mdr medarbejdere ansatte beboere brugere børn "
        "unge familier boliger pladser elever interviews interview møder workshops årsværk stk "
        "gange gang repræsentanter medlemmer sider bilag høringssvar svar spørgsmål km m2 m kvm "
        "flertal side kvote ha meter mill milliarder millioner ud lokaludvalg udvalg tilbud centre "
        "skoler "
    )
)
"""Words that make the number before them a count or an amount."""


def _build() -> dict[str, Entry]:
    table: dict[str, Entry] = {}
    for number, words in MONTHS.items():
        for word in words.split():
            if not word.endswith("."):
                table[fold(word)] = Entry(TokenKind.MONTH, number)
    for number, words in WEEKDAYS.items():
        for word in words.split():
            table[fold(word)] = Entry(TokenKind.WEEKDAY, number)
        table[fold(words.split()[0]) + "e"] = Entry(TokenKind.WEEKDAYS, number)
    for number, word in enumerate(ORDINALS, start=1):
        table[fold(word)] = Entry(TokenKind.ORDINAL, number)
    for kind, value, words in _WORDS:
        for word in words.split():
            table[fold(word)] = Entry(kind, value)
            if len(word) > 4:  # not "før": that would be "for"
                table.setdefault(fold(word.replace("ø", "o")), Entry(kind, value))
    return table


def _build_phrases() -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    table: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for kind, value, phrases in _PHRASES:
        for phrase in phrases.split("|"):
            words = tuple(fold(word) for word in phrase.split())
            table.setdefault(words[0], []).append((words, Entry(kind, value)))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


COUNTS = {fold(word): number for number, word in enumerate(NUMBER_WORDS, start=1)} | {"et": 1}
"""Numbers in words, before a unit ("to uger", "ét år")."""

PARTS_OF_DAY = frozenset(
    fold(word) for word in split_words("morgen formiddag middag eftermiddag aften")
)

LEXICON = _build()
PHRASES = _build_phrases()
