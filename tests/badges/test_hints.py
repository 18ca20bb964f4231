"""Hints for whoever writes a badge: each has words that call it up and words that do not."""

from dataclasses import replace

import pytest

from badges.hints import Facts, all_hints, hints_for

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
CASES = [  # (code, facts that call it up)
    ("no-observable-verb", replace(GOOD, description="Understanding of brakes and a good attitude.")),
    ("no-observable-verb", replace(GEROS, description="Stabdžių supratimas ir gera nuotaika.")),
    ("no-standard", replace(GOOD, criteria="Hand in a photo of your work to the trainer, who looks at it with you.")),
    ("no-standard", replace(GEROS, criteria="Pateikite nuotrauką mokytojui, kuris pažiūrės į darbą kartu su jumis.")),
    ("claim-without-evidence", replace(GOOD, criteria="Come to all sessions. A trainer decides at the end.")),
    ("claim-without-evidence", replace(GEROS, criteria="Ateikite į visus užsiėmimus. Nusprendžia mokytojas.")),
    ("no-assessor-named", replace(GOOD, criteria="Adjust two brakes and hand in a photo that shows them.")),
    ("no-assessor-named", replace(GEROS, criteria="Sureguliuokite bent du stabdžius ir pateikite nuotrauką.")),
    ("criteria-too-short", replace(GOOD, criteria="Adjust two brakes.")),
    ("criteria-elsewhere-only", replace(GOOD, criteria="", criteria_url="https://example.org/criteria")),
    ("names-own-organiser-only", replace(GOOD, name="Neris Makers badge")),
    ("names-own-organiser-only", replace(GEROS, name="Neris Makers ženklelis")),
    ("participation-sounds-like-skill", replace(GOOD, kind="participation", name="Festival expert")),
    ("participation-sounds-like-skill", replace(GEROS, kind="participation", name="Šventės ekspertė")),
    ("no-workload", replace(GOOD, workload_minutes=None)),
    ("no-skills", replace(GOOD, skills=())),
    ("long-sentences", replace(GOOD, description="Adjusts " + "the brakes and " * 15 + "rests.")),
    ("unexplained-abbreviation", replace(GOOD, description="Adjusts brakes as the ABCD wants.")),
    ("picture-text-repeats-name", replace(GOOD, picture_text="Picture of the Brake Check badge")),
    ("one-language-only", replace(GOOD, languages=("en",))),
    ("validity-unclear", replace(GOOD, description="Adjusts brakes. Valid until you stop riding.")),
    ("validity-unclear", replace(GEROS, description="Patikrina stabdžius. Galioja, kol važiuojate.")),
]  # fmt: skip


def codes(facts):
    return [hint.code for hint in hints_for(facts)]


@pytest.mark.parametrize("facts", [GOOD, GEROS], ids=["en", "lt"])
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
    polish = replace(
        GOOD, language="pl", description="Rozumie hamulce.", criteria="Przyjdź na wszystkie zajęcia u nas."
    )

    assert code not in codes(polish)


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
