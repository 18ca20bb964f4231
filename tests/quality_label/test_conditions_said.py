"""What the holder of a label on conditions, its coordinator and everybody else read of the conditions."""

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from portal.accounts.models import Person
from tests.factories.label import condition, decided, voted_case
from tests.factories.organisers import owner_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def label():
    """A label with two conditions; the first that was written down is due last."""
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2, "B3": 2})
    asked = [condition("B3", 90), condition("F3", 60, evidence="Three complete actions.")]
    return decided(case, "awarded_conditions", conditions=asked).application.label


def own_page(client, label):
    client.force_login(Person.objects.get(pk=owner_of(label.organiser).pk))
    return client.get(reverse("quality_label:own", args=[label.organiser.slug]))


def test_its_holder_reads_what_is_open_until_when_and_who_checks_it(client, label):
    said = own_page(client, label).context["next"]["text"]

    days = [date_format(one.due_on) for one in label.open_conditions]
    assert f"Conditions are open: F3 by {days[0]}, B3 by {days[1]}" in said
    assert "Send what shows that they are met" in said
    assert f"suspended after {date_format(label.valid_until)}" in said
    assert "Nothing for you" not in said


def test_its_coordinator_reads_that_the_conditions_are_to_be_checked(client, label):
    client.force_login(Person.objects.get(pk=label.application.coordinator_id))
    case = reverse("quality_label:case", args=[label.application.key])

    pages = [client.get(case).text, client.get(reverse("quality_label:case-list") + "?show=ended").text]

    last = date_format(label.conditions_until)
    for page in pages:
        assert f"The coordinator checks the conditions; the last is due on {last}." in page
        assert "Nothing more." not in page
    assert "Three complete actions." in pages[0]


def test_conditions_have_one_order_on_all_pages(client, label):
    pages = [own_page(client, label).text, client.get(label.application.decision.get_absolute_url()).text]
    client.force_login(Person.objects.get(pk=label.application.coordinator_id))
    pages.append(client.get(reverse("quality_label:case", args=[label.application.key])).text)

    for page in pages:
        assert 0 < page.index("F3 reaches level 3 by") < page.index("B3 reaches level 3 by")


def test_everybody_reads_what_each_of_its_days_means(client, label):
    page = client.get(reverse("quality_label:holder", args=[label.organiser.slug])).text

    day, end = date_format(label.conditions_until), date_format(label.valid_until)
    assert "Conditions to be met by" in page
    assert f"its holder still has to meet conditions by {day}." in page
    assert f"It is suspended after {end} unless they are shown." in page


def test_what_is_for_websites_and_software_is_not_printed(client, label):
    page = client.get(reverse("quality_label:holder", args=[label.organiser.slug])).text

    printed_after = page[page.index('class="award"') :]
    assert printed_after.index("screen-only") < printed_after.index("Show it on your website")
