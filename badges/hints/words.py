"""Words that the hints look for, in the languages they can read; in others they keep silent.

Each is the beginning of a word; one with a space at its end is a whole word.
"""

from portal.folding import unmarked

CEDILLAS = str.maketrans("șț", "şţ")  # as old keyboards have them


def inflected(verbs: str) -> tuple[str, ...]:
    """Return the forms of regular English verbs as whole words."""
    stems = {verb: verb.removesuffix("e") for verb in verbs.split()}
    endings = [f"{verb}{ending} " for verb in stems for ending in ("", "s", "es")]
    return tuple(endings + [f"{stem}{ending} " for stem in stems.values() for ending in ("ing", "ed")])


def beginnings(words: str) -> tuple[str, ...]:
    """Return words as beginnings; `|` at the end of one makes it whole."""
    return tuple(word.replace("|", " ") for word in words.split())


def typed(words: str) -> tuple[str, ...]:
    """Return words as beginnings, also as people type them: without marks, or with other ones."""
    spellings = f"{words} {unmarked(words)} {words.translate(CEDILLAS)}"
    return tuple(dict.fromkeys(beginnings(spellings)))


def conjugated(verbs: str, endings: str) -> str:
    """Return the forms of verbs that end alike, given without their endings."""
    return " ".join(f"{verb}{ending}" for verb in verbs.split() for ending in endings.split())


OBSERVABLE = {
    "en": inflected(
        """
        adapt adjust analyse answer arrange ask assemble assess bake build calculate chair check choose clean collect
        compare complete compose conduct connect convert cook coordinate correct count create cut debug defend
        demonstrate describe design detect develop diagnose disassemble disconnect document draft draw edit evaluate
        examine explain facilitate film find fit fix formulate gather give guide host install instruct interview judge
        keep label lead list locate make manage map measure mend moderate name negotiate observe operate organise
        organize perform plan play prepare present produce prove publish question record remove repair replace report
        research resolve review ride run select separate serve set sew show sketch solve sort summarise summarize swap
        talk teach tell test trace translate turn use verify weigh work write plann swapp cutt sett runn fitt mapp
        """
    )
    + beginnings("appli apply|identif carries| carry| verifies| modifies| classif quantif"),
    "lt": beginnings(
        """
        aiškin aprašo apibendrin analizuoj atlieka atpažįs atskir dirba filmuoj fotografuoj gamina įrašo įrengia išband
        išardo išduoda ištais išveda kepa kuria lygina matuoja moko| montuoja moderuoja naudoja nubraiž nupieš nurod
        nustato organizuoj padaro pagamina paaiškin pakeičia palygina parengia parašo parodo pasirenka pataiso patikrina
        pavadina piešia planuoja prijung pristato programuoja randa rengia renka| rašo renovuoja siuva skaičiuoja stebi|
        sudaro suderina sukuria suplanuoj surenka suranda surengia sutaiso taiko| taiso tikrina užrašo užduoda valdo|
        veda| vertina įvertina
        """
    ),
    "pl": typed(
        conjugated(
            """
            analiz argument bud dekor demonstr demont diagnoz dokument dostos druk edyt film formuł fotograf identyfik
            instal instru kier klasyfik kod komplet kompon konfigur konserw konstru koordyn koryg lokaliz lut mal moder
            mont nadzor narys naszkic negocj obserw opublik organiz oszac plan pokier pomal posegreg posort prac prezent
            program projekt przeanaliz przetest przylut publik raport redag regul rejestr rys segreg serw sfilm sformuł
            sfotograf skomplet skompon skonfigur skonstru skoryg sort stos szac szkic test udokument wydruk wyregul
            zademonstr zainstal zaklasyfik zakod zaplan zaprezent zaprogram zaprojekt zarejestr zastos zbud zdiagnoz
            zidentyfik zlokaliz zmont zorganiz zredag
            """,
            "uj owa",
        )
        + """
        bada| broni| czyszcz czyści dobiera dobierz doprowadz dzieli| gotować| gotuj gra| jeździ kroi kroj| liczy| mapuj
        mierzy mówi| nagra nagrywa napisa napisz napraw naucza nauczy| nazywa| objaśni oblicz obsługiwa obsługuj obsłuż
        ocenia| oceniać| oceni| ocenić| odnajd odróżni odłącz omawia omówi opisa opisuj opisywa opisze opowiad opracow
        opracuj otwiera| piecze| pisa| pisać| pisze| podaje| podsumow podsumuj podziel podłącz pokaza pokazuj pokazywa
        pokaże policzy pomierz poprawia| poprawi| porówn posług połączy prowadzi prowadząc prowadzą| przedstawi
        przejeżdża przekształc przeprowadz przestrzeg przetłumacz przycina przygotow przygotuj przyłącz pyta| rozbiera|
        rozkłada| rozmawia rozpozna rozróżni rozwiąz rozwiąż sklei skleja skręca składa| spisuj sporządz sprawdz sprząta
        streszcz stworzy szyje szyć| tnie| tworzy tworząc tłumaczy udziela| ugotować| ugotuj układa| upiecze upiec|
        uruchami uruchom ustala| ustali ustawi usunie usuną usuwa utworzy uzasadni ułoży użyje używa| używać| użyć|
        waży| wskaz wskaże współpracuj wybiera wybierz wybra wycina wygłasza wygłosi wyjaśni wykon wykorzystuj wykreśl
        wykryje wykrywa wylicz wymieni wypełni wyszukiwa wyszukuj zadaje| zada| zapis zarządza| zbada| zbiera| zbierze
        zebrać| zestawi zmienia| zmierzy znajdow znajduj znajdzie zrobi| zszy zważy złoży łączy
        """
    ),
    "ro": typed(
        conjugated(
            """
            ajust analiz argument asambl calcul colect configur control coordon corect cre decor demont desen detect
            document edit elabor evalu facilit film formul gestion ghid instal interviev lucr moder mont oper organiz
            plant program proiect raport redact regl schiț select sort test utiliz
            """,
            "eaz eze a| are| ând at|",
        )
        + """
        acorda| acorde| acordă| aduna| adune| adună| aleagă alege anunță aplica| aplice| aplică| arate| arată| arăta|
        asigură| așază| calibr cartografi caută| clasific coace coac| coase coasă codific combine| combină| compar
        compil compun conduce conduc| conducă| conduse condus| conect constru coordone cultiv curăț cântăreș cântări
        căuta| deconect decup demonstr depist descoper descri desfășo diagnostica| diagnosticheaz discut distribui
        efectu elimin enumer estim examinea examin| execut explic extrag face| facă| folosea folosesc folosește folosi
        fotografiaz fotografieze| găsească găsește găsi| găteșt găti| găzdui identific ilustr imprim interpretează|
        justific leag| leagă lipeș lipi| localiz manevr manipul mânuieș măsoar măsur negoci noteaz noteze| numeșt numi|
        observ ordon planific pornește predare predea| predă| pregăt preia| prelucr prepar prezenta| prezentând
        prezinte| prezintă| produce produc| producă| propune| propun| pune| păstreaz realiz recunoaș recunos repar
        rezolv rezum răspund scoate| scrie scris| scriu| serveș servi| solicit spune| stabileș stabili| strâng sudeaz
        susține| susțin| taie| tai| tipăr traduc transform trasea trateaz tăia umple| unește urmărește verific vinde|
        vopseș vopsi| vorbeș împart împărți îndepărt îndrum| îndrumă înlocui înregistr însoțeș însoți întocm întreab|
        întreabă întreține|
        """
    ),
}

STANDARD = {
    "en": beginnings(
        """
        all| accurat benchmark checklist correctly criteri each| every| exact fewer least| level limit minimum none|
        two| three| four| five| six| pass| passes| per| rubric safe| safely score standard survive threshold
        toleranc within without|
        """
    ),
    "lt": beginnings(
        """
        be| bent| iki| įvykdyt kiekvien kontrolin kriterij lygis lygio lygiu mažiausiai per| reikalavim rubrik saugiai
        standart taisykl teisingai tiksliai vis| visas| visi| visos| visus| du| dvi| trys| tris| keturi penki
        """
    ),
    "pl": typed(
        """
        bezbłędn bezpieczn bez| ciągu| czterech| cztery| dokładn dopuszczaln dwa| dwie| dwoje| dwóch| każd kontroln
        kryteri limit maksimum maksymaln minimaln minimum najmniej| najpóźniej| najwyżej| niezawodn norma| normy| norm|
        pięciu| pięć| poprawn poziom prawidłow progu| próg| punkt regulamin rubryk samodzielnie| standard sześciu|
        sześć| tolerancj trzech| trzema| trzy| ustalon według wszyscy| wszyst wymaga wymog wymóg| zalicz zasad zgodn
        ściśl żadn
        """
    ),
    "ro": typed(
        """
        ambele| barem cerinț checklist cinci| complet| conform corect criteri doi| două| exact fiecare| fiecăr fără|
        grila| grile grilă| limit lista| listei| listă| maxim minim nicio| niciunei| niciun| nivel patru| pragul| prag|
        precis promov punctaj puncte| puțin| regulament regula| reguli regulă rubric siguranț standard toate| toată|
        toleranț toți| trei| tuturor| șase|
        """
    ),
}

EVIDENCE = {
    "en": beginnings(
        """
        answer artefact demonstrat diary drawing evidence exam| film hand| interview journal| log| map| note observ
        photo pictur portfolio present product| project quiz record reflect report sample screenshot sheet show| submit
        task| tasks| test| tests| text| upload video witness write| writes| written
        """
    ),
    "lt": beginnings(
        """
        aprašym ataskait atsakym brėžin darbą| darbo| dienorašt egzamin filmuk foto įkel įraš įrodym lap nuotrauk parod
        pateik pavyzd piešin portfel pristatym projekt refleksij stebėj test užduot vaizdo| žemėlap žurnal
        """
    ),
    "pl": typed(
        """
        ankiet arkusz demonstr dokument dowod dowód dziennik dzieł egzamin film formularz fotograf karta| karty| kartę|
        mapa| mapy| mapę| nagra notat obserw oddaj| oddać| odpowiada| odpowiedz odpowiedź| opis pisemn plakat pokaz
        pokaż portfolio praca| pracy| prac| pracę| prezent produkt projekt protok prześl próbk quiz raport refleks
        relacj rozmow rysun sprawdzian sprawozd szkic tekst testem| testu| testy| test| wideo wykaż wypełni wywiad
        zadani załącz zdjęc zdjęć| zrzut złóż| świadek świadk
        """
    ),
    "ro": typed(
        """
        afiș arată| arătați| atașa| atașați| capturi captur| captură| chestionar demonstr depune| depuneți| desen dosar|
        dovad dovedi dovezi eseu examenul| examen| eșantion filmare filmul film| fișa| fișe fișier fișă| formular
        fotografi harta| hartă| hărți imagin interviu jurnal lucrarea| lucrare| lucrările| lucrări| martor notiț observa
        observă| portofoli pozele| poze| poză| predarea| predați| prezentarea| prezentare| prezentați| prezintă| proba|
        probe| probă| produs proiect quiz raport reflec reflex răspund răspuns sarcin schiț scrie| scrieți| scris| tema|
        temei| teme| temă| teste| testului| testul| test| text trimit video încarc încărc înregistr
        """
    ),
}

ASSESSOR = {
    "en": beginnings(
        """
        assessor coach commission committee examiner expert facilitator instructor judge jury keeper leader mentor
        moderator observer organiser| owner panel peer quiz reviewer self| staff supervisor teacher trainer tutor
        volunteer yourself
        """
    ),
    "lt": beginnings(
        """
        bendramoksl dėstytoj ekspert instruktor komisij koleg kurator mentor meistr mokytoj moderator organizatori pats|
        patys| savanor savarankišk stebėtoj testas testo| testą| trener vadov vertintoj
        """
    ),
    "pl": typed(
        """
        animator asesor coach dyrektor edukator egzaminator ekspert facylitator instruktor juror jury| kierowni kolega|
        kolegi| kolegów| koleżan komisj kurator lider mentor mistrz moderator nauczyciel obserwator oceniając ocenian
        opiekun organizatora| organizatorzy| organizator| panel pracodawc prowadząc quiz recenzent rówieśni sama| sami|
        samodzieln samoocen sam| szkoleniow sędzi testem| testu| test| trener tutor wolontariusz wychowawc wykładow
        """
    ),
    "ro": typed(
        """
        angajator antrenor arbitr asesor autoevalu coach coleg comisi coordonator didactic educator evaluator examinator
        expert facilitator formator instructor jurat juriu lider maistr mediator mentor meșter moderator observator
        organizatorului| organizatorul| organizator| panel profesor quiz supervizor testului| testul| test| trainer
        tutorul| tutor| voluntar îndrumător învățăto înșivă|
        """
    ),
}

VALIDITY = {
    "en": beginnings("expire expiry renew valid| validity"),
    "lt": beginnings("galioja galiojim galios| atnaujin"),
    "pl": typed("odnawi odnow przedłuż ważności| ważność| wygasa wygaśn"),
    "ro": typed("expir prelungi reînno valabil"),
}

BIG_WORDS = {
    "en": beginnings("certified competen expert master professional qualified skill specialist"),
    "lt": beginnings("ekspert gebėjim įgūd kompetenc kvalifik meistr profesional specialist"),
    "pl": typed(
        """
        biegł certyfikowan ekspert fachow kompeten kwalifik mistrz profesjonal specjalist umiejętn wykwalifikow
        """
    ),
    "ro": typed(
        """
        abilit aptitudin calificare calificat| calificată| competen expert maestr maeștri profesional profesionist
        specialist specialiș îndemân
        """
    ),
}

NO_NEWS = {
    "en": beginnings("badge certificate award member participant the| of| a| our| programme course"),
    "lt": beginnings("ženklel pažymėjim pažyma dalyv nario| narys| kursas kurso| program"),
    "pl": typed(
        """
        certyfikat członek| członk dla| dyplom kursu| kurs| nagrod nasz odznak programu| program| uczestni udział w| za|
        zaświadcz z|
        """
    ),
    "ro": typed(
        """
        adeverinț al| a| certificat cursului| cursul| curs| de| din| diplom insign la| membr noastr nostru| participa
        pentru| premi programului| programul| program|
        """
    ),
}

PICTURE_WORDS = {
    "en": beginnings("a| an| the| badge image picture logo icon of| our|"),
    "lt": beginnings("ženklel paveiksl vaizdas logotip piešin"),
    "pl": typed("grafik ikon logo| obraz odznak rysun zdjęc"),
    "ro": typed("al| a| desen de| emblem imagin insign logo o| pictogram sigl un|"),
}
