"""Many people use one code at the same moment: real transactions, real threads."""

import pytest
from django.db import IntegrityError, transaction

from badges.actions.codes import accept_uses, ask_with_code, close_codes, decline_uses, prove_use
from badges.models import AwardRow, ClaimCode, CodeSeries, CodeUse
from portal.accounts.models import Person
from portal.invariants import violations
from portal.workflow import StepRefused
from tests.factories.badges import carry_out, issuer_of
from tests.factories.codes import claim_code, proven_use
from tests.portal.accidents import at_once

pytestmark = [pytest.mark.usefixtures("committing_db"), pytest.mark.services]


def prover(use):
    return lambda: prove_use(CodeUse.objects.get(pk=use.pk), by=None, name="A")


def test_fifty_people_at_once_do_not_use_a_code_of_twenty_more_often():
    code = claim_code(uses=20)
    uses = [ask_with_code(code, email=f"p{n}@example.org", name="A") for n in range(50)]

    ends = at_once(*[prover(use) for use in uses])
    carry_out()

    assert sum(isinstance(end, StepRefused) for end in ends) == 30
    assert ClaimCode.objects.get().used == CodeUse.objects.counted().count() == AwardRow.objects.count() == 20
    assert list(violations()) == []


def test_one_link_opened_in_eight_windows_counts_once():
    use = ask_with_code(claim_code(uses=9), email="vaiva@example.org", name="A")

    at_once(*[prover(use)] * 8)

    assert ClaimCode.objects.get().used == AwardRow.objects.count() == 1


def test_one_address_that_asks_in_eight_windows_is_one_use():
    code = claim_code(uses=9)

    at_once(*[lambda: ask_with_code(ClaimCode.objects.get(), email="vaiva@example.org", name="A")] * 8)

    assert CodeUse.objects.get().code == code


def test_two_issuers_who_answer_differently_give_one_answer():
    code = claim_code(uses=9, needs_approval=True)
    for number in range(6):
        proven_use(code, email=f"p{number}@example.org")
    pk = issuer_of(code.series.badge_class.organiser).pk

    accepted, declined = at_once(
        lambda: accept_uses(CodeUse.objects.all(), by=Person.objects.get(pk=pk)),
        lambda: decline_uses(CodeUse.objects.all(), by=Person.objects.get(pk=pk)),
    )

    assert {accepted, declined} == {0, 6}
    assert ClaimCode.objects.get().used == accepted
    assert list(violations()) == []


def test_after_the_close_nobody_gets_in():
    code = claim_code(uses=30)
    uses = [ask_with_code(code, email=f"p{n}@example.org", name="A") for n in range(10)]
    issuer = issuer_of(code.series.badge_class.organiser)

    at_once(lambda: close_codes(code.series, by=issuer), *[prover(use) for use in uses])

    closed_at = CodeSeries.objects.get().closed_at
    assert all(use.proved_at <= closed_at for use in CodeUse.objects.counted())


def test_the_database_itself_refuses_one_use_too_many():
    code = claim_code(uses=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimCode.objects.filter(pk=code.pk).update(used=2)
