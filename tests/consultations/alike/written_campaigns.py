"""Ten campaigns, the draft they are about, and the sentences of people who write by themselves."""

DRAFT = """
Kommunen vil frem mod 2035 samle skolestrukturen i færre og større enheder. Svanninge Skole foreslås
nedlagt med udgangen af skoleåret, og distriktet lægges ind under Faaborg Sundskole. Bygningerne kan
efter en konkret vurdering anvendes til andre kommunale formål eller afhændes.
Byrådet ønsker, at borgerne kan færdes trygt til fods og på cykel. Der udarbejdes en prioriteret
plan for stier, hvor strækninger ved skoler og institutioner kommer først. Belysning på stier uden
for byzone kan slukkes mellem klokken 23 og 5 af hensyn til energiforbrug og nattemørke.
Ældre, der har behov for støtte, tilbydes en samtale om hverdagen senest fjorten dage efter
henvendelsen. Hjælpen tilrettelægges i faste, selvstyrende hold, så den enkelte møder så få
medarbejdere som muligt. Klippekort kan anvendes til aktiviteter efter borgerens eget valg.
Kommunen udpeger områder til vedvarende energi i samarbejde med lokalsamfundet. Afstanden mellem
vindmøller og beboelse skal mindst være fire gange møllens højde, og der skal foreligge en plan for
fællesskabets andel af overskuddet, før byrådet behandler en lokalplan.
"""

CAMPAIGNS = [
    """Bevar Svanninge Skole. Vi er en gruppe forældre, der er dybt bekymrede over forslaget om at
nedlægge vores skole. Skolen er byens samlingspunkt, og uden den mister landsbyen sine
børnefamilier.

Transporttiden for de mindste elever bliver over fyrre minutter hver vej, og vejen over bakkerne er
farlig om vinteren. Det er ikke rimeligt at byde en seksårig.

Besparelsen er regnet uden udgifter til busser, nye klasselokaler og tab af tilflyttere. Vi beder
derfor politikerne om at trække forslaget tilbage og i stedet lave en plan for, hvordan de små
skoler
kan samarbejde om lærere og faglokaler.

Lad de lokale kræfter være med til at finde løsningen, før det er for sent.""",
    """Lad lyset brænde på stien. Den foreslåede slukning af stibelysningen mellem Korinth og
Vester Åby rammer alle dem, der arbejder om natten eller har tidlige vagter.

Plejepersonalet på Tømmergården møder klokken seks og cykler gennem skoven i mørke det halve år.
Flere
kolleger har allerede sagt, at de vil tage bilen, hvis lamperne slukkes.

Lamper, der tænder ved bevægelse, bruger næsten ingen strøm og generer ikke flagermusene. Den
løsning
bør undersøges, inden kommunen slukker noget som helst.""",
    """Ingen kæmpemøller ved Nybøl Nor! Vi bor tæt på det område, der er udpeget til vindmøller på
op til to hundrede meter, og vi vil hverken finde os i støjen, skyggekastet eller de røde blink.

Fuglelivet omkring noret er af international betydning, og tusindvis af gæs trækker gennem området
hvert efterår. Det er uforståeligt, at man vil sætte møllerne midt i trækruten.

Vores huse kan ikke sælges, og banken vil ikke længere låne til istandsættelse. Værditabet skal ikke
betales af de få, mens overskuddet ender hos en udenlandsk investor.

Vi kræver, at udpegningen tages ud af planen, og at der findes arealer langs motorvejen.""",
    """Vores svømmehal skal ikke lukkes. Hver uge bruger fire hundrede børn, tre handicaphold og en
masse morgenfriske pensionister hallen i Ringe. Et varmtvandsbassin er ikke luksus for mennesker med
gigt, det er grunden til, at de kan klare sig selv.

Der ligger et tilbud om at renovere taget for under det halve af det beløb, der står i materialet.
Tag
det tilbud alvorligt, og lad foreningerne stå for åbningstiden i weekenden.""",
    """Som pårørende til beboere på plejehjemmet Humlehaven undrer vi os over, at den faste læge og
aktivitetsmedarbejderen spares væk. De to er det, der giver vores forældre en hverdag.

En dement kan ikke bestille en aktivitet på et klippekort. Nogen skal komme ind ad døren, tage en i
hånden og sige, at nu skal vi synge. Det kræver tid, og det kræver, at det er den samme, der kommer.

Vi foreslår, at der fortsat er mindst en fast aktivitetsmedarbejder på hver afdeling, og at lægen
har
træffetid på stedet hver tirsdag. Pengene kan findes ved at droppe konsulenterne.""",
    """Hold havnen åben for fritidsfiskere og joller. Planen om boliger på den gamle kaj lyder flot,
men den betyder, at slæbestedet nedlægges, og at vi henvises til en marina uden ledige pladser.

Havnen er et arbejdende sted, hvor unge lærer at sejle, og hvor man stadig kan købe fisk af en
kutter.
Bygger man lejligheder helt ud til kanten, kommer klagerne over lugt og larm bagefter.

Flyt byggefeltet tyve meter tilbage, bevar slæbestedet, og skriv ind i planen, at erhvervet har
fortrinsret på kajen.""",
    """Giv os en cykelsti mellem Espe og Herringe nu. Tre ulykker på to år burde være nok til, at
strækningen stod øverst på listen, men den er slet ikke nævnt.

Landevejen er smal, lastbilerne til grusgraven kører tæt, og der er ingen rabat at redde sig ind på.
Vores børn får ikke lov at cykle til fodbold, og derfor køres de.

Lodsejerne på begge sider har sagt ja til at afgive jord uden vederlag. Det eneste, der mangler,
er at
byrådet sætter beløbet af.""",
    """Naturen i Sollerup Skov skal have lov at være i fred. Et mountainbikespor med hop og broer
hører hjemme i grusgraven og ikke blandt gamle bøge med ynglende ravne.

Skovens bund er fredskov med orkidéer og blå anemoner, og sporet vil skære hjertet af den over. Når
jorden først er kørt op, tager det et menneskeliv at få den tilbage.

Lav sporet i den udtjente grusgrav, hvor klubben selv har peget på et areal, og afmærk skovens
vandrestier, så vi alle kan være her.""",
    """Behold den lille børnehave i Jordløse. Forslaget om at samle alle børn fra tre landsbyer i en
ny institution på hundrede og tyve pladser er lavet ved et skrivebord.

De mindste trives i små grupper, hvor de voksne kender alle. Personalet har ingen sygedage at tale
om,
og ventelisten viser, at folk gerne kører langt for at få plads.

Forældrebestyrelsen har lavet et budget, der hænger sammen, og det er vedlagt. Læs det, før I
stemmer.""",
    # The second from the template of the first: half of it is the same.
    """Bevar Horne Skole. Vi er en gruppe forældre, der er dybt bekymrede over forslaget om at
nedlægge vores skole. Skolen er byens samlingspunkt, og uden den mister landsbyen sine
børnefamilier.

Hos os har vi netop samlet tre millioner ind til en ny multihal, og den står færdig til foråret.
Skal
den stå tom? Halbestyrelsen har bundet sig for lånet i tyve år.

Idrætsforeningen, spejderne og aftenskolen bruger lokalerne hver eneste aften. Luk klasserne, og
hele
huset falder sammen.

Lad de lokale kræfter være med til at finde løsningen, før det er for sent.""",
]

GREETINGS = [
    "", "Til byrådet\n\n", "Kære politikere\n\n", "Hej\n\n", "Kære Faaborg-Midtfyn Kommune,\n\n",
    "Att.: Teknik og Miljø\nHøringssvar\n\n", "Vedr. høring om planstrategi\n\n", "Goddag,\n\n",
]  # fmt: skip
CLOSINGS = [
    "", "\n\nVenlig hilsen\n{name}", "\n\nMed venlig hilsen\n{name}\n{street}\n5600 Faaborg",
    "\n\nMvh {name}", "\n\nDe bedste hilsner\n{name}, {street}", "\n\n/{name}",
    "\n\nHilsen\n{name}\n\nSendt fra min iPhone",
]  # fmt: skip
FIRST = ["Anne", "Bodil", "Carl", "Dorthe", "Erik", "Fatima", "Gert", "Hanne", "Ib", "Jytte", "Kaj",
         "Lis", "Mogens", "Nadia", "Ole", "Pia", "Ravn", "Søren", "Tove", "Ulla"]  # fmt: skip
LAST = ["Hansen", "Jensen", "Lund", "Bæk", "Holm", "Skov", "Østergaard", "Krogh", "Friis", "Dam",
        "Yıldız", "Nørgaard", "Madsen", "Thomsen", "Bruun"]  # fmt: skip
STREETS = ["Skolevej", "Bakkevej", "Kirkestræde", "Assensvej", "Nørregade", "Lærkevænget",
           "Banevej", "Strandvejen", "Møllevej", "Engdraget"]  # fmt: skip
OWN = [
    "Vi flyttede hertil for seks år siden, og det har vi aldrig fortrudt.",
    "Min mor på {age} siger det samme.",
    "Jeg har selv arbejdet i branchen i {n} år og ved, hvad jeg taler om.",
    "Det burde være til at forstå, også for en økonom.",
    "Mine {n} børnebørn bor her, og de fortjener bedre.",
    "Vi bor på {street} og mærker det hver dag.",
    "Jeg stemmer efter det her ved næste valg.",
    "Kom og se det, I er altid velkomne til en kop kaffe hos os i {street}.",
    "Jeg håber, I lytter denne gang.",
    "Sidste år skrev jeg om det samme, og jeg fik aldrig et svar.",
]
TOPICS = ["stien", "busruten", "biblioteket", "legepladsen", "genbrugsstationen", "torvet",
          "hallen", "plejehjemmet", "vandværket", "skoven", "parkeringspladsen", "broen",
          "stationen", "kulturhuset", "åen", "rundkørslen", "havnebadet", "voldgraven"]  # fmt: skip
PLACES = ["Faaborg", "Ringe", "Årslev", "Broby", "Ryslinge", "Kværndrup", "Korinth", "Millinge",
          "Nørre Lyndelse", "Gislev", "Horne", "Espe", "Allested", "Haastrup"]  # fmt: skip
SENTENCES = [
    "{Topic} i {place} har manglet vedligehold, så længe jeg kan huske.",
    "Afsnittet om {topic} er for uklart til, at man kan se, hvad der bliver bundet.",
    "Hvem betaler, når {topic} skal udvides i {year}?",
    "I {place} er der {n} familier, der er afhængige af {topic}.",
    "Jeg mangler et tal for, hvor mange der i dag bruger {topic}.",
    "Vi foreslår, at {topic} flyttes ud til ringvejen ved {place}.",
    "Rapporten fra {year} konkluderede det modsatte, og den er ikke nævnt med et ord.",
    "Kommunen bør indgå en driftsaftale med foreningen om {topic}.",
    "Der er god grund til at rose forvaltningen for kortet over {place}.",
    "Det er vigtigt for os, at {topic} kan bruges af kørestolsbrugere.",
    "En hastighed på {speed} kilometer i timen forbi {topic} er alt for meget.",
    "Lugten fra {topic} er blevet værre siden {year}.",
    "Vi har {n} gange bedt om et møde og har endnu ikke fået en dato.",
    "Tilgængeligheden ved {topic} i {place} lever ikke op til reglerne.",
    "Regnvand fra {topic} løber lige ned i vores kælder hver gang, det stormer.",
    "Unge mellem {n} og {age} har ingen steder at være, når {topic} lukker.",
    "Skiltningen ved {topic} vildleder turister, og det går ud over handlen i {place}.",
    "Ordet bæredygtig bruges {n} gange uden at blive forklaret.",
    "Vi vil gerne takke for et læseværdigt oplæg med fine tegninger.",
    "Beskrivelsen af {place} er forældet, for købmanden lukkede i {year}.",
    "Målet om {n} procent færre bilture hænger ikke sammen med, at {topic} forsvinder.",
    "Træerne omkring {topic} er plantet i {year} og bør fredes.",
    "Naboerne på {street} er ikke blevet hørt.",
    "Jeg kunne tænke mig, at {topic} blev åbnet om søndagen.",
    "Der mangler en henvisning til planen for {topic} fra {year}.",
    "Frivillige passer i dag {topic}, men de bliver ældre, og ingen tager over.",
    "Støjen fra {topic} er målt til {speed} decibel i vores have på {street}.",
    "Hvis {topic} skal bestå, kræver det en fast bevilling og ikke puljer.",
    "Handicaporganisationerne i {place} vil gerne være med til at prøve det af.",
    "Budgettet på {n} millioner dækker næppe halvdelen.",
    "Den nuværende formulering giver investoren frit spil i {place}.",
    "Vi har talt trafikken på {street} en torsdag og kom til {age} lastbiler.",
    "Priserne for leje af {topic} er fordoblet siden {year}.",
    "Det virker, som om {place} er glemt.",
    "Hegnet ved {topic} bør være af træ, så det passer til omgivelserne.",
    "Erhvervslivet i {place} har brug for flere lærlinge og en ordentlig busforbindelse.",
    "Kortbilaget viser {topic} på den forkerte side af vejen.",
    "Der bør stå, hvornår {topic} bliver evalueret, og af hvem.",
    "Lad {topic} være, som det er.",
    "Bænke og toiletter ved {topic} ville gøre en verden til forskel for os, der er oppe i årene.",
    "Vi ser gerne, at skoleklasser kan bruge {topic} om formiddagen.",
    "Faldet i børnetal er overvurderet, for der er solgt {n} grunde i {place} siden {year}.",
]
