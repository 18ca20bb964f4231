"""Hints for whoever writes a badge: each has words that call it up and words that do not."""

from dataclasses import replace

import pytest

from badges.hints import Facts, all_hints, hints_for
from portal.folding import unmarked

GOOD = Facts(
    language="en",
    kind="skill",
    name="Brake Check",
    description="Adjusts and tests the brakes of a bicycle.",
    criteria="Adjust two brakes so that they pass the bench checklist, and hand in a photo. A trainer checks the work.",
    picture_text="Hexagon with a wheel on clay",
    workload_minutes=90,
    skills=("attend to detail",),
    languages=("en", "lt"),
    organiser_names=("Neris Makers",),
)
GEROS = replace(
    GOOD,
    language="lt",
    name="Stabdžių patikra",
    description="Sureguliuoja ir patikrina dviračio stabdžius.",
    criteria="Sureguliuokite bent du stabdžius pagal kontrolinį sąrašą ir pateikite nuotrauką. Vertina mokytojas.",
    picture_text="Šešiakampis su ratu",
)
DOBRA = replace(
    GOOD,
    language="pl",
    name="Kontrola hamulców",
    description="Reguluje i sprawdza hamulce roweru.",
    criteria="Wyreguluj co najmniej dwa hamulce zgodnie z listą kontrolną i prześlij zdjęcie. Pracę ocenia trener.",
    picture_text="Sześciokąt z kołem",
)
BUNĂ = replace(
    GOOD,
    language="ro",
    name="Verificarea frânelor",
    description="Reglează și verifică frânele unei biciclete.",
    criteria="Reglați cel puțin două frâne după lista de verificare și trimiteți o fotografie. Evaluează un formator.",
    picture_text="Hexagon cu o roată",
)
CASES = [  # (code, facts that call it up)
    ("no-observable-verb", replace(GOOD, description="Understanding of brakes and a good attitude.")),
    ("no-observable-verb", replace(GEROS, description="Stabdžių supratimas ir gera nuotaika.")),
    ("no-observable-verb", replace(DOBRA, description="Zna i rozumie hamulce, ma dobre nastawienie.")),
    ("no-observable-verb", replace(BUNĂ, description="Înțelege frânele și are o atitudine bună.")),
    ("no-standard", replace(GOOD, criteria="Hand in a photo of your work to the trainer, who looks at it with you.")),
    ("no-standard", replace(GEROS, criteria="Pateikite nuotrauką mokytojui, kuris pažiūrės į darbą kartu su jumis.")),
    ("no-standard", replace(DOBRA, criteria="Prześlij zdjęcie swojej pracy trenerowi, który obejrzy je z Tobą.")),
    ("no-standard", replace(BUNĂ, criteria="Trimiteți o fotografie formatorului, care o privește împreună cu dvs.")),
    ("claim-without-evidence", replace(GOOD, criteria="Come to all sessions. A trainer decides at the end.")),
    ("claim-without-evidence", replace(GEROS, criteria="Ateikite į visus užsiėmimus. Nusprendžia mokytojas.")),
    ("claim-without-evidence", replace(DOBRA, criteria="Przyjdź na wszystkie zajęcia. Na końcu decyduje trener.")),
    ("claim-without-evidence", replace(BUNĂ, criteria="Veniți la toate întâlnirile. La sfârșit decide formatorul.")),
    ("no-assessor-named", replace(GOOD, criteria="Adjust two brakes and hand in a photo that shows them.")),
    ("no-assessor-named", replace(GEROS, criteria="Sureguliuokite bent du stabdžius ir pateikite nuotrauką.")),
    ("no-assessor-named", replace(DOBRA, criteria="Wyreguluj co najmniej dwa hamulce i prześlij zdjęcie.")),
    ("no-assessor-named", replace(BUNĂ, criteria="Reglați cel puțin două frâne și trimiteți o fotografie.")),
    ("criteria-too-short", replace(GOOD, criteria="Adjust two brakes.")),
    ("criteria-elsewhere-only", replace(GOOD, criteria="", criteria_url="https://example.org/criteria")),
    ("names-own-organiser-only", replace(GOOD, name="Neris Makers badge")),
    ("names-own-organiser-only", replace(GEROS, name="Neris Makers ženklelis")),
    ("names-own-organiser-only", replace(DOBRA, name="Odznaka Neris Makers")),
    ("names-own-organiser-only", replace(BUNĂ, name="Insigna Neris Makers")),
    ("participation-sounds-like-skill", replace(GOOD, kind="participation", name="Festival expert")),
    ("participation-sounds-like-skill", replace(GEROS, kind="participation", name="Šventės ekspertė")),
    ("participation-sounds-like-skill", replace(DOBRA, kind="participation", name="Ekspertka festynu")),
    ("participation-sounds-like-skill", replace(BUNĂ, kind="participation", name="Expertă în sărbători")),
    ("no-workload", replace(GOOD, workload_minutes=None)),
    ("no-skills", replace(GOOD, skills=())),
    ("long-sentences", replace(GOOD, description="Adjusts " + "the brakes and " * 15 + "rests.")),
    ("unexplained-abbreviation", replace(GOOD, description="Adjusts brakes as the ABCD wants.")),
    ("unexplained-abbreviation", replace(DOBRA, description="Reguluje hamulce dla MŚP.")),
    ("picture-text-repeats-name", replace(GOOD, picture_text="Picture of the Brake Check badge")),
    ("picture-text-repeats-name", replace(DOBRA, picture_text="Obrazek odznaki Kontrola hamulców")),
    ("picture-text-repeats-name", replace(BUNĂ, picture_text="Imaginea insignei Verificarea frânelor")),
    ("one-language-only", replace(GOOD, languages=("en",))),
    ("validity-unclear", replace(GOOD, description="Adjusts brakes. Valid until you stop riding.")),
    ("validity-unclear", replace(GEROS, description="Patikrina stabdžius. Galioja, kol važiuojate.")),
    ("validity-unclear", replace(DOBRA, description="Sprawdza hamulce. Wygasa, gdy przestajesz jeździć.")),
    ("validity-unclear", replace(BUNĂ, description="Verifică frânele. Valabilă cât timp mergeți.")),
]  # fmt: skip


def codes(facts):
    return [hint.code for hint in hints_for(facts)]


@pytest.mark.parametrize("facts", [GOOD, GEROS, DOBRA, BUNĂ], ids=["en", "lt", "pl", "ro"])
def test_a_good_badge_calls_up_no_hint(facts):
    assert codes(facts) == []


@pytest.mark.parametrize(("code", "facts"), CASES, ids=[f"{code}-{facts.language}" for code, facts in CASES])
def test_words_that_call_up_a_hint(code, facts):
    assert code in codes(facts)


def test_every_hint_has_a_case_and_a_code_of_its_own():
    known = [hint.code for hint in all_hints()]

    assert sorted(known) == sorted({code for code, _facts in CASES})


@pytest.mark.parametrize("code", ["no-observable-verb", "no-standard", "claim-without-evidence", "no-assessor-named"])
def test_hints_about_words_keep_silent_in_languages_they_cannot_read(code):
    italian = replace(
        GOOD, language="it", description="Capisce i freni.", criteria="Vieni a tutti gli incontri da noi."
    )

    assert code not in codes(italian)


@pytest.mark.parametrize("facts", [DOBRA, BUNĂ], ids=["pl", "ro"])
def test_words_without_their_marks_are_read_as_well(facts):
    assert codes(replace(facts, description=unmarked(facts.description), criteria=unmarked(facts.criteria))) == []


def test_words_with_the_cedillas_of_old_keyboards_are_read_as_well():
    assert "no-observable-verb" not in codes(replace(BUNĂ, description="Curăţă şi unge lanţul bicicletei."))


def test_what_stands_in_brackets_is_explained():
    explained = replace(
        GOOD, description="Adjusts brakes to the standard of the cyclists' federation (ABCD), as ABCD says."
    )

    assert "unexplained-abbreviation" not in codes(explained)


def test_words_for_taking_part_need_no_evidence():
    took_part = replace(
        GOOD,
        kind="participation",
        criteria="Stay for the whole evening and help where help is wanted, from the first guest to the last.",
    )

    assert codes(took_part) == ["no-standard"]


def test_the_important_hints_come_first():
    found = hints_for(replace(GOOD, workload_minutes=None, description="Understanding of brakes.", languages=("en",)))

    assert [hint.severity for hint in found] == ["important", "thought", "thought"]
