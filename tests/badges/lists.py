"""Lists of people as the award tests hand them in: four rows, of which two are ready."""

from badges.actions.lists import begin_list
from badges.models import AwardBatch
from badges.schedule import read_lists
from portal.files.gate import Admitted
from tests.factories.badges import issuer_of, published_badge

LIST = """E-mail;First name;Last name
jonas@example.org;Jonas;Petraitis
agnieszka@example;Agnieszka;Łuczak
JONAS@example.org;Jonas;P.
ugne@example.org;Ugnė;Žydrūnaitė
"""


def begin(badge, text=LIST):
    file = Admitted("l.csv", text.encode(), "text/plain")
    return begin_list(badge, file, by=issuer_of(badge.organiser), language="en")


def draft(badge=None, text=LIST):
    batch = begin(badge or published_badge(), text)
    read_lists()
    return AwardBatch.objects.get(pk=batch.pk)


def states(batch):
    return list(batch.rows.order_by("number").values_list("number", "state", "absence"))


def steer(batch):
    return {"by": issuer_of(batch.badge_class.organiser)}
