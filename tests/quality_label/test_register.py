"""The register of holders, the page of one, its seal and its certificate: what everybody sees."""

import re
import subprocess
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils.formats import date_format

from organisers.actions.standing import lift_suspension
from organisers.models import City
from portal import clock
from quality_label.actions.label_suspension import suspend_label
from quality_label.models import Label
from quality_label.schedule import expire_labels, keep_labels_in_step
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.label import condition, decided, label, revoked, voted_case
from tests.factories.organisers import OrganiserFactory, suspended_by
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
HOLDERS = "/quality-label/holders/"


def holder(name="Ratas", **facts):
    return label(organiser=OrganiserFactory(verified=True, words=name, **facts))


def text_of(client, path, **headers):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path, **headers).content.decode()))


def test_the_register_says_how_each_label_stands(client):
    by = PersonFactory(roles=["network_admin"])
    holder("Ratas")
    suspend_label(holder("Dviratis"), cause="complaint", words="x", by=by)
    revoked(holder("Sodas"), by=by)
    case = voted_case(
        *["awarded_conditions"] * 3, levels={"F3": 2}, organiser=OrganiserFactory(verified=True, words="Upe")
    )
    decided(case, "awarded_conditions", conditions=[condition()])
    decided(
        voted_case(*["not_awarded"] * 3, levels={"C4": 1}, organiser=OrganiserFactory(words="Kalnas")), "not_awarded"
    )

    page = text_of(client, HOLDERS)

    assert "Holds the label until" in page
    assert "Holds the label; conditions to be met by" in page
    assert "Suspended" in page
    assert "Revoked" in page
    assert "Kalnas" not in page


def test_expired_labels_are_shown_for_a_year_and_revoked_ones_for_two(client):
    by = PersonFactory(roles=["network_admin"])
    holder("Ratas")
    revoked(holder("Sodas"), by=by)
    with clock.moved_to(timedelta(days=700)):
        assert "Sodas" in text_of(client, HOLDERS)
    with clock.moved_to(timedelta(days=740)):
        assert "Sodas" not in text_of(client, HOLDERS)
    with clock.moved_to(timedelta(days=36 * 31)):
        assert "Expired on" in text_of(client, HOLDERS)
        expire_labels()
        assert "Expired on" in text_of(client, HOLDERS)
    with clock.moved_to(timedelta(days=49 * 31)):
        assert "Nobody holds the label yet" in text_of(client, HOLDERS)


def test_people_look_by_name_place_and_state(client):
    vilnius = City.objects.create(slug="vilnius", name="Vilnius", country="LT")
    holder("Ratas", city=vilnius)
    suspend_label(holder("Bici", country="IT"), cause="complaint", words="x", by=PersonFactory(roles=["coordinator"]))

    for query, found in [
        ("q=rat", ["Ratas"]),
        ("city=vilnius", ["Ratas"]),
        ("country=IT", ["Bici"]),
        ("state=suspended", ["Bici"]),
        ("state=active&country=LT", ["Ratas"]),
        ("state=expired", []),
        ("state=nonsense&city=nowhere", ["Bici", "Ratas"]),
        ("q=%00", ["Bici", "Ratas"]),
    ]:
        listed = client.get(f"{HOLDERS[:-1]}.json?{query}").json()["holders"]
        assert (query, sorted(one["name"] for one in listed)) == (query, found)
    assert "Nobody fits this" in text_of(client, f"{HOLDERS}?state=expired")


def test_one_looks_among_the_places_that_have_holders(client):
    for slug, country in [("vilnius", "LT"), ("tartu", "EE")]:
        City.objects.create(slug=slug, name=slug.title(), country=country)
    holder("Ratas", city=City.objects.get(slug="vilnius"))
    OrganiserFactory(city=City.objects.get(slug="tartu"), country="EE")

    form = client.get(HOLDERS).context["form"]
    asked = client.get(f"{HOLDERS}?country=EE&city=tartu")

    assert [key for key, _word in form["country"].field.widget.choices] == ["", "LT"]
    assert [key for key, _word in form["city"].field.widget.choices] == ["", "vilnius"]
    assert {key for key, _word in asked.context["form"]["country"].field.widget.choices} == {"", "EE", "LT"}
    assert "Nobody fits this" in asked.text


def test_software_reads_json_and_feed(client):
    found = holder()

    (one,) = client.get(f"{HOLDERS[:-1]}.json").json()["holders"]
    feed = client.get(f"{HOLDERS[:-1]}.atom")

    assert (one["name"], one["state"], one["framework"]) == ("Ratas", "active", "1.0")
    assert one["credential"] == found.credential.address
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "Ratas" in feed.content.decode()


def test_the_feed_names_things_by_the_portal_s_own_address(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    held = label()

    feed = client.get(f"{HOLDERS[:-1]}.atom", headers={"host": "elsewhere.example.org"}).text

    assert "elsewhere.example.org" not in feed
    assert f"<id>{settings.BASE_URL}{HOLDERS}</id>" in feed
    assert f"<id>{held.absolute_url}</id>" in feed
    assert f'href="{settings.BASE_URL}{HOLDERS[:-1]}.atom" rel="self"' in feed


def test_the_feed_says_when_a_label_changed(client):
    found = holder()
    with clock.moved_to(timedelta(days=20)):
        suspend_label(found, cause="complaint", words="A complaint.", by=PersonFactory(roles=["coordinator"]))
        later = clock.now().date().isoformat()

    entry = client.get(f"{HOLDERS[:-1]}.atom").content.decode().partition("<entry>")[2]
    assert f"<updated>{later}" in entry


def test_the_register_costs_the_same_with_three(client):
    holder()
    one = queries_of(client, HOLDERS)
    holder("Bici")
    holder("Upe")

    assert queries_of(client, HOLDERS) == one


def test_the_page_of_a_holder_says_that_the_credential_is_genuine(client):
    found = holder()

    page = text_of(client, found.get_absolute_url())

    assert "Holds the label until" in page
    assert "signature good" in page
    assert "version 1.0" in page
    assert "Look after this label" not in page
    assert client.get(f"{HOLDERS}nobody/").status_code == 404


def test_the_certificate_is_a_tagged_pdf_with_the_credential_inside(client, tmp_path):
    found = holder()

    answer = client.get(f"{found.get_absolute_url()}certificate.pdf")
    suspend_label(found, cause="complaint", words="x", by=PersonFactory(roles=["coordinator"]))

    file = tmp_path / "certificate.pdf"
    file.write_bytes(answer.content)
    subprocess.run(["pdfdetach", "-save", "1", "-o", str(tmp_path / "out"), str(file)], check=True)
    facts = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True).stdout
    assert re.search("Tagged: +yes", facts)
    assert re.search("Pages: +1\n", facts)
    assert (tmp_path / "out").read_text() == found.credential.body
    assert client.get(f"{found.get_absolute_url()}certificate.pdf").status_code == 404


def test_the_certificate_names_the_day_of_open_conditions(client, tmp_path):
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2})
    found = decided(case, "awarded_conditions", conditions=[condition()]).application.label
    file = tmp_path / "certificate.pdf"
    file.write_bytes(client.get(f"{found.get_absolute_url()}certificate.pdf").content)

    said = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    assert f"with conditions, to be met by {date_format(found.conditions_until)} at the latest" in " ".join(
        said.split()
    )


def test_the_seal_shows_the_true_state_and_may_be_framed(client):
    found = holder("Ratas & Co <b>")
    path = found.get_absolute_url()
    standing = client.get(f"{path[:-1]}/seal.svg")
    suspend_label(found, cause="complaint", words="x", by=PersonFactory(roles=["coordinator"]))
    suspended = client.get(f"{path[:-1]}/seal-dark.svg")
    framed, page = client.get(f"{path}seal/"), client.get(path)

    assert "Holds the label until" in standing.content.decode()
    assert "Ratas &amp; Co &lt;b&gt;" in standing.content.decode()
    assert "Suspended" in suspended.content.decode()
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert framed["Cache-Control"] == standing["Cache-Control"] == "public, max-age=300"
    assert page["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "name",
    [
        "Wide " * 30,
        "\u202eמכללה\u202c",
        "<script>x</script> & 'co\"",
        "Bell\x07 \x0b\x1f\x85\ufffe",
        "👩‍🏫" * 40,
        "A\r\nBcc: b\u2028c",
    ],
    ids=["long", "right-to-left", "markup", "control", "emoji", "lines"],
)
def test_no_name_of_a_holder_breaks_what_others_read(client, name):
    page = f"{HOLDERS}{holder(name[:150]).organiser.slug}/"

    paths = [HOLDERS, page, f"{page}seal/", f"{page}certificate.pdf", "/quality-label/holders.json"]
    answers = [client.get(path) for path in paths]
    drawn = [client.get(path) for path in ["/quality-label/holders.atom", f"{page}seal.svg", f"{page}seal-dark.svg"]]

    assert {answer.status_code for answer in [*answers, *drawn]} == {200}
    assert all(ElementTree.fromstring(answer.content) is not None for answer in drawn)  # noqa: S314 our own
    assert not any(b"<script>x" in answer.content for answer in [*answers[:3], *drawn])


def test_the_seal_has_room_for_long_words(client):
    case = voted_case(
        *["awarded_conditions"] * 3, levels={"F3": 2}, organiser=OrganiserFactory(words="Upė " * 20, verified=True)
    )
    held = decided(case, "awarded_conditions", conditions=[condition()]).application.label

    seal = client.get(f"{held.get_absolute_url()[:-1]}/seal.svg", headers={"accept-language": "lt"}).content.decode()

    lines = re.findall(r"<text([^>]*)>([^<]*)</text>", seal)
    assert " ".join(words for _facts, words in lines[2:]) == re.search(r"\. ([^\"]*)\">", seal)[1]
    assert all("textLength" in facts for facts, words in lines if len(words) > 40 or words.startswith("Upė"))


def test_the_seal_stands_beside_the_name_while_the_label_holds(client):
    found = holder()
    pages = ["/en/organisers/", found.organiser.get_absolute_url(), published_badge(found.organiser).get_absolute_url()]

    assert ["Holds the Quality Label" in text_of(client, page) for page in pages] == [True, True, True]
    suspend_label(found, cause="complaint", words="x", by=PersonFactory(roles=["coordinator"]))
    assert ["Holds the Quality Label" in text_of(client, page) for page in pages] == [False, False, False]


def test_the_network_suspends_on_a_page(client):
    found = holder()
    url = f"/network/labels/{found.key}/"
    client.force_login(PersonFactory())
    assert client.get(url).status_code == 404
    client.force_login(PersonFactory(roles=["coordinator"]))

    whole = {"suspend-seen": found.version, "suspend-cause": "complaint", "suspend-words": "A complaint."}
    empty = client.post(f"{url}suspend/", {**whole, "suspend-words": ""})
    stale = client.post(f"{url}suspend/", {**whole, "suspend-seen": 99})
    taken = client.post(f"{url}suspend/", whole)

    assert (empty.status_code, stale.status_code, taken.status_code) == (422, 409, 302)
    assert "A complaint." in stale.content.decode()
    assert Label.objects.get().is_suspended
    assert "Lift the suspension" in text_of(client, url)
    assert client.post(f"{url}revoke/", {"revoke-words": "x"}).status_code == 403


def test_the_label_of_a_suspended_organiser_is_shown_suspended_everywhere(client):
    found = holder()
    page = found.get_absolute_url()
    suspended_by(PersonFactory(roles=["network_admin"]), found.organiser)

    register, own = client.get(HOLDERS), client.get(page)
    seal = client.get(f"{page}seal.svg").content.decode()
    listed = client.get("/quality-label/holders.json?state=suspended").json()["holders"]
    active = client.get("/quality-label/holders.json?state=active").json()["holders"]

    assert "Suspended" in seal
    assert "Holds the label" not in register.text + own.text + seal
    assert [one["state"] for one in listed] == ["suspended"]
    assert active == []
    assert client.get(f"{page}certificate.pdf").status_code == 404
    assert "Holds the Quality Label" not in client.get(found.organiser.get_absolute_url()).text
    assert Label.objects.get(pk=found.pk).is_live


def test_the_credential_of_a_label_follows_the_suspension_of_its_organiser():
    found, admin = holder(), PersonFactory(roles=["network_admin"])
    suspension = suspended_by(admin, found.organiser)
    keep_labels_in_step()
    keep_labels_in_step()
    marked = [row.suspended_at is not None for row in rows_of(found)]

    lift_suspension(suspension, note="Settled.", by=PersonFactory(roles=["network_admin"]))
    keep_labels_in_step()

    assert marked == [True, True]
    assert [row.suspended_at for row in rows_of(found)] == [None, None]
    assert Label.objects.get(pk=found.pk).is_standing


def test_a_label_suspended_by_hand_stays_so_when_its_organiser_operates_again():
    found, admin = holder(), PersonFactory(roles=["network_admin"])
    suspend_label(found, cause="complaint", words="x", by=admin)
    suspension = suspended_by(admin, found.organiser)
    keep_labels_in_step()
    lift_suspension(suspension, note="Settled.", by=PersonFactory(roles=["network_admin"]))
    keep_labels_in_step()

    assert all(row.suspended_at for row in rows_of(found))


def rows_of(label):
    label = Label.objects.get(pk=label.pk)
    return [label.credential, label.endorsement]


def test_the_fields_by_which_one_looks_stand_in_one_line(client):
    page = client.get("/quality-label/holders/?q=" + "x" * 101).text

    form = page[page.index('class="filter-form"') : page.index("</form>")]
    assert "char-counter" not in form
    assert "field-foot" not in form
    assert "This has 101 characters. At most 100 fit." in form
