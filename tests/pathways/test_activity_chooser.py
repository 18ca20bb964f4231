"""The field by which a playlist takes an activity."""

import re

import pytest

from tests.factories.pathways import activity, playlist
from tests.pathways.editor import section

pytestmark = pytest.mark.django_db


def test_activities_are_looked_for_in_ones_own_section(client, organiser):
    chosen = activity(title="Of others")
    page, place = playlist(activity(organiser), chosen), section(organiser)

    new = client.get(f"/cms/pages/add/pathways/playlistpage/{place.pk}/").text
    old = client.get(f"/cms/pages/{page.pk}/edit/").text

    assert f'"parentId": {place.pk}' in new
    assert "Choose an activity" in new
    opened = {int(pk) for pk in re.findall(r'"parentId": (\d+)', old)}
    assert opened == {place.pk, chosen.get_parent().pk}
