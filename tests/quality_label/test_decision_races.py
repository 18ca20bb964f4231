"""Two people decide at the same moment: real transactions, real threads."""

import pytest

from portal.accounts.models import Person
from portal.workflow import StepRefused
from quality_label.actions.decision import CHECKS, record_decision
from quality_label.models import Application, Decision, Label
from tests.factories.accounts import PersonFactory
from tests.factories.label import voted_case
from tests.portal.accidents import at_once

pytestmark = [pytest.mark.usefixtures("committing_db"), pytest.mark.services]


def test_of_two_who_decide_at_once_one_wins():
    case = voted_case("awarded", "awarded", "awarded")
    other = PersonFactory(roles=["network_admin"])

    def deciding(pk):
        return lambda: record_decision(
            Application.objects.get(pk=case.pk), outcome="awarded", checks=CHECKS, by=Person.objects.get(pk=pk)
        )

    ends = at_once(deciding(case.coordinator_id), deciding(other.pk))

    assert {type(end) for end in ends} == {Decision, StepRefused}
    assert Decision.objects.count() == Label.objects.count() == 1
