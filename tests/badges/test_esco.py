"""Skills of the European list: loaded from its tables, found by the beginning of a word, added to a badge."""

import pytest
from django.core.management import CommandError, call_command

from badges.models import EscoLabel, EscoSkill
from portal.workflow import take
from tests.factories.accounts import PersonFactory
from tests.factories.badges import draft_badge, issuer_of, published_assertion, published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, translated

pytestmark = [pytest.mark.django_db, pytest.mark.services]
HEAD = "conceptType,conceptUri,skillType,preferredLabel,altLabels\n"
ESCO = "http://data.europa.eu/esco/skill/"


@pytest.fixture(autouse=True)
def no_skills(db):
    EscoSkill.objects.all().delete()


def table(tmp_path, *lines, head=HEAD):
    path = tmp_path / "skills.csv"
    path.write_text(head + "".join(f"KnowledgeSkillCompetence,{ESCO}{line}\n" for line in lines), encoding="utf-8")
    return str(path)


def found(text, language="en"):
    return [label.label for label in EscoLabel.objects.search(text, language)]


def test_loading_twice_changes_nothing_and_brings_new_names(tmp_path):
    call_command("load_esco", table(tmp_path, "1,skill,mend bikes,", "2,skill,bake bread,"), verbosity=0)
    call_command("load_esco", table(tmp_path, "1,skill,repair bikes,", "2,skill,bake bread,"), verbosity=0)

    assert sorted(EscoLabel.objects.values_list("label", flat=True)) == ["bake bread", "repair bikes"]


def test_more_skills_than_one_chunk_are_loaded(tmp_path):
    call_command("load_esco", table(tmp_path, *(f"{n},skill,skill number {n}," for n in range(1203))), verbosity=0)

    assert EscoLabel.objects.count() == 1203


def test_names_over_several_lines_are_alternatives(tmp_path):
    call_command("load_esco", table(tmp_path, '1,skill,mend bikes,"service bicycles\nfix cycles"'), verbosity=0)

    assert found("cycl") == ["mend bikes"]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["1,skill,mend bikes,", "2,skill,,"], "Line 3: the name is empty"),
        (['1,skill,mend bikes,"two\nlines"', "2,skill,,"], "Line 4: the name is empty"),
    ],
)
def test_a_fault_names_its_line_and_leaves_everything_as_it_was(tmp_path, lines, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("load_esco", table(tmp_path, *lines), verbosity=0)

    assert not EscoSkill.objects.exists()


def test_foreign_addresses_and_other_tables_are_refused(tmp_path):
    path = tmp_path / "skills.csv"
    path.write_text(f"{HEAD}x,https://evil.example/1,skill,mend,\n")
    with pytest.raises(CommandError, match=r"Line 2: .* is not an ESCO address"):
        call_command("load_esco", str(path), verbosity=0)

    with pytest.raises(CommandError, match="conceptUri, preferredLabel, altLabels"):
        call_command("load_esco", table(tmp_path, head="a,b,c\n"), verbosity=0)


def test_the_bundled_excerpt_is_loaded_where_there_is_nothing():
    call_command("load_esco", verbosity=0)
    assert "work in teams" in found("team")

    EscoLabel.objects.update(label="changed")
    call_command("load_esco", verbosity=0)
    assert found("team") == ["changed"]


def test_every_word_must_begin_a_word_whatever_its_accents(tmp_path):
    lines = ["1,skill,café management,", "2,skill,manage teams,", "3,skill,decaffeinate,", "4,skill,Łódź studies,"]
    call_command("load_esco", table(tmp_path, *lines), verbosity=0)

    assert found("CAFE") == ["café management"]
    assert found("tea man") == ["manage teams"]
    assert found("man") == ["manage teams", "café management"]
    assert found("lodz") == ["Łódź studies"]
    assert found("%") == found("  ") == []


def test_the_readers_language_comes_first_then_english(tmp_path):
    call_command("load_esco", table(tmp_path, "1,skill,bake bread,", "2,skill,bake cakes,"), verbosity=0)
    call_command("load_esco", table(tmp_path, "1,skill,kepti duoną,"), language="lt", verbosity=0)

    assert found("kep", "lt") == ["kepti duoną"]
    assert found("bak", "lt") == ["bake cakes"]


def test_the_search_is_for_those_who_issue(client):
    organiser = OrganiserFactory(verified=True)
    address = f"/workspace/{organiser.slug}/badges/skills/?q=team"
    call_command("load_esco", verbosity=0)

    assert client.get(address).status_code == 302
    client.force_login(PersonFactory())
    assert client.get(address).status_code == 404
    client.force_login(issuer_of(organiser))
    assert "work in teams" in client.get(address).content.decode()


@pytest.fixture
def bilingual():
    """Two skills of ESCO, one of them named in Lithuanian too, and a badge that shows both and one of its own."""
    for n, names in enumerate([{"en": "mend bikes", "lt": "taisyti dviračius"}, {"en": "bake bread"}]):
        skill = EscoSkill.objects.create(uri=f"{ESCO}{n}")
        for language, label in names.items():
            EscoLabel.objects.create(skill=skill, language=language, label=label, searched=f" {label}")
    badge = published_badge(OrganiserFactory(verified=True))
    for n, label in enumerate(["mend bikes", "bake bread"]):
        badge.skills.create(label=label, uri=f"{ESCO}{n}")
    badge.skills.create(label="Patience")
    return badge


def test_readers_see_skills_in_their_language_or_marked_with_its_own(client, bilingual):
    detail, cards = (
        client.get(path, headers={"accept-language": "lt"}).text
        for path in (bilingual.get_absolute_url(), "/lt/badges/")
    )
    english = client.get("/en/badges/").text

    assert '<a class="chip" href="http://data.europa.eu/esco/skill/0">taisyti dviračius</a>' in detail
    assert '<a class="chip" href="http://data.europa.eu/esco/skill/1" lang="en">bake bread</a>' in detail
    assert 'taisyti dviračius · <span lang="en">bake bread</span> · Patience' in cards
    assert "mend bikes · bake bread · Patience" in english


def test_skills_to_filter_by_are_named_and_marked_alike(client, bilingual):
    translated(activity(bilingual.organiser, badge_class=bilingual))

    text = client.get("/lt/activities/").text

    assert '<option value="mend bikes">taisyti dviračius (1)</option>' in text
    assert '<option value="bake bread" lang="en">bake bread (1)</option>' in text
    assert '<option value="Patience">Patience (1)</option>' in text


def test_what_a_badge_showed_when_it_was_awarded_is_named_alike(client, bilingual):
    awarded = draft_badge(OrganiserFactory(verified=True))
    for skill in bilingual.skills.all():
        awarded.skills.create(label=skill.label, uri=skill.uri)
    held = published_assertion(take(awarded.publish, by=issuer_of(awarded.organiser)))

    for page in (held, held.badge_version):
        text = client.get(page.get_absolute_url(), headers={"accept": "text/html", "accept-language": "lt"}).text
        assert '<a class="chip" href="http://data.europa.eu/esco/skill/0">taisyti dviračius</a>' in text
        assert "Patience" in text
