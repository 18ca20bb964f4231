"""Words that the hints look for, in the languages they can read; in others they keep silent.

Each is the beginning of a word; one with a space at its end is a whole word.
"""


def inflected(verbs: str) -> tuple[str, ...]:
    """Return the forms of regular English verbs as whole words."""
    stems = {verb: verb.removesuffix("e") for verb in verbs.split()}
    endings = [f"{verb}{ending} " for verb in stems for ending in ("", "s", "es")]
    return tuple(endings + [f"{stem}{ending} " for stem in stems.values() for ending in ("ing", "ed")])


def beginnings(words: str) -> tuple[str, ...]:
    """Return words as beginnings; `|` at the end of one makes it whole."""
    return tuple(word.replace("|", " ") for word in words.split())


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
}

VALIDITY = {
    "en": beginnings("expire expiry renew valid| validity"),
    "lt": beginnings("galioja galiojim galios| atnaujin"),
}

BIG_WORDS = {
    "en": beginnings("certified competen expert master professional qualified skill specialist"),
    "lt": beginnings("ekspert gebėjim įgūd kompetenc kvalifik meistr profesional specialist"),
}

NO_NEWS = {
    "en": beginnings("badge certificate award member participant the| of| a| our| programme course"),
    "lt": beginnings("ženklel pažymėjim pažyma dalyv nario| narys| kursas kurso| program"),
}

PICTURE_WORDS = {
    "en": beginnings("a| an| the| badge image picture logo icon of| our|"),
    "lt": beginnings("ženklel paveiksl vaizdas logotip piešin"),
}
