"""The label for tests."""

from datetime import timedelta

import factory

from organisers.models import Organiser
from portal import clock
from portal.workflow import take
from quality_label.actions import lock_review
from quality_label.actions.decision import CHECKS, cast_vote, declare_for_panel, invite_panel, record_decision
from quality_label.actions.label_end import revoke_label
from quality_label.actions.label_suspension import answer_suspension, suspend_label
from quality_label.frameworks import framework_file
from quality_label.models import (
    Application,
    Assignment,
    CommitteeTerm,
    ConsensusLevel,
    Declaration,
    Evidence,
    FrameworkVersion,
    Label,
    PanelSeat,
    Rating,
    Report,
    Snapshot,
)
from quality_label.models.team import NETWORK_ROLE
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory, owner_of


class FrameworkVersionFactory(factory.django.DjangoModelFactory):
    """A draft that says what the first framework says, under a name of its own; `in_force` puts one in force."""

    class Meta:
        model = FrameworkVersion

    class Params:
        in_force = factory.Trait(state="in_force", in_force_on="2026-01-01")

    name = factory.Sequence(lambda n: f"1.{n}")
    document = factory.LazyAttribute(
        lambda version: framework_file("waymark-1.0").model_dump(mode="json") | {"version": version.name}
    )


def framework_in_force() -> FrameworkVersion:
    """Return the version in force; the first framework where there is none yet."""
    return FrameworkVersion.objects.in_force() or FrameworkVersionFactory(in_force=True, name="1.0")


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A draft of a verified organiser; traits hand it in and lead it on, with a coordinator where one is needed."""

    class Meta:
        model = Application

    class Params:
        submitted = factory.Trait(
            state="submitted", submitted_at=factory.LazyFunction(clock.now), day_0=factory.LazyFunction(clock.today),
            seed="5eed",
        )  # fmt: skip
        in_check = factory.Trait(submitted=True, state="in_check", taken=True)
        assigning = factory.Trait(submitted=True, state="assigning", taken=True)
        in_review = factory.Trait(
            submitted=True, state="in_review", taken=True, review_began_on=factory.LazyFunction(clock.today)
        )
        consensus = factory.Trait(
            submitted=True, state="consensus", taken=True, compared_at=factory.LazyFunction(clock.now)
        )
        ready = factory.Trait(submitted=True, state="ready", taken=True, ready_at=factory.LazyFunction(clock.now))
        taken = factory.Trait(
            coordinator=factory.SubFactory(PersonFactory, roles=["coordinator"]),
            taken_at=factory.LazyFunction(clock.now),
        )

    organiser = factory.SubFactory(OrganiserFactory, verified=True)
    framework = factory.LazyFunction(framework_in_force)
    language = "en"


class DeclarationFactory(factory.django.DjangoModelFactory):
    """A declaration of no conflict."""

    class Meta:
        model = Declaration

    application = factory.SubFactory(ApplicationFactory)
    person = factory.SubFactory(PersonFactory)
    conflict = "none"


class AssignmentFactory(factory.django.DjangoModelFactory):
    """An invited assessor; `accepted` and `locked` lead on."""

    class Meta:
        model = Assignment

    class Params:
        accepted = factory.Trait(
            state="accepted",
            accepted_at=factory.LazyFunction(clock.now),
            declaration=factory.SubFactory(
                DeclarationFactory,
                application=factory.SelfAttribute("..application"),
                person=factory.SelfAttribute("..person"),
            ),
        )
        locked = factory.Trait(
            accepted=True,
            state="locked",
            locked_at=factory.LazyFunction(clock.now),
            due_on=factory.LazyFunction(clock.today),
        )

    application = factory.SubFactory(ApplicationFactory, in_review=True)
    person = factory.SubFactory(PersonFactory, roles=sorted(set(NETWORK_ROLE.values())))
    role = "assessor"
    answer_by = factory.LazyFunction(clock.today)


class EvidenceFactory(factory.django.DjangoModelFactory):
    """A link that serves A1."""

    class Meta:
        model = Evidence

    application = factory.SubFactory(ApplicationFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = "link"
    title = "Badge page"
    url = "https://organiser.example.org/badges"
    dated_on = factory.LazyFunction(clock.today)
    criteria = ["A1"]
    is_free_of_personal_data = True


def rate(assignment, levels: dict, reason="Seen in each sampled award, with dates and names of roles.") -> None:
    """Let an assessor rate criteria."""
    for code, level in levels.items():
        Rating.objects.create(assignment=assignment, code=code, level=level, reason=reason, evidence=["f"])


def review_under_way(**facts) -> tuple[Application, list[Assignment], Assignment]:
    """Return an application in review with its two assessors and its lead, and a file that levels can point to."""
    application = ApplicationFactory(in_review=True, **facts)
    assessors = [AssignmentFactory(application=application, accepted=True) for _number in range(2)]
    lead = AssignmentFactory(application=application, accepted=True, role="lead")
    facts = {
        code: [{"sentence": {"en": "3 of 3 awards have evidence."}, "figure": 1}] for code in application.rules.criteria
    }
    own = {f"criterion:{code}": {"level": 3, "reason": "We do it like this."} for code in application.rules.criteria}
    Snapshot.objects.create(
        application=application,
        cause="submitted",
        document={"facts": facts, "answers": own, "evidence": []},
        sha256="0" * 64,
    )
    return application, assessors, lead


def levels_in_order(application, levels: str) -> dict:
    """Return levels by criterion from digits in the order of the framework."""
    return dict(zip(application.rules.criteria, map(int, levels.replace(" ", "")), strict=True))


def write_review(assignment, levels: dict) -> Assignment:
    """Let an assessor write a whole review, ready to be handed in."""
    assignment = take(assignment.begin, by=assignment.person)
    rate(assignment, levels)
    assignment.strengths, assignment.advice = "Clear criteria.", "Judge some awards twice.\nShow accepted work."
    assignment.save()
    return assignment


def hand_in(assignment, levels: dict) -> Assignment:
    """Let an assessor write a whole review and hand it in."""
    return lock_review(write_review(assignment, levels), by=assignment.person, has_no_conflict=True)


def case_in_consensus(one: str, other: str) -> tuple[Application, list[Assignment], Assignment]:
    """Return an application whose two reviews, with levels in the framework's order, were laid beside each other."""
    application, assessors, lead = review_under_way()
    places = [
        hand_in(place, levels_in_order(application, levels))
        for place, levels in zip(assessors, [one, other], strict=True)
    ]
    return Application.objects.get(pk=application.pk), places, lead


def say_why(application) -> None:
    """Write what a lead says of each settled level on which the reviews differ."""
    application.consensus.filter(is_settled=True, reason="").update(reason="We looked at the sample again together.")


class CommitteeTermFactory(factory.django.DjangoModelFactory):
    """A term in the committee that runs today."""

    class Meta:
        model = CommitteeTerm

    person = factory.SubFactory(PersonFactory)
    starts_on = "2020-01-01"
    ends_on = "2099-01-01"


RECOMMENDATIONS = ["Publish the criteria.", "Train the assessors.", "Write a plan."]


def ready_case(levels=None, report=None, **facts) -> Application:
    """Return a case whose team agreed on level 3 everywhere, but for `levels`, with a report and a network to sign."""
    application = ApplicationFactory(ready=True, **facts)
    DeclarationFactory(application=application, person=application.coordinator)
    for code in application.rules.criteria:
        ConsensusLevel.objects.create(
            application=application, code=code, level=(levels or {}).get(code, 3), reason=f"Seen for {code}."
        )
    Report.objects.create(application=application, **{"strengths": "Good badges."} | (report or {}))
    Organiser.objects.filter(is_network=True).exists() or OrganiserFactory(verified=True, is_network=True)
    return application


def panel_of(application, size=3) -> list[PanelSeat]:
    """Return the seats of a new committee, each without a conflict."""
    CommitteeTerm.objects.all().delete()
    CommitteeTermFactory.create_batch(size)
    return [declare_for_panel(seat, has_conflict=False, by=seat.person) for seat in invite_panel(application)]


def voted_case(*votes, agreeing=0, levels=None, **facts) -> Application:
    """Return a ready case with votes, of which the first so many agree to depart from the rule."""
    application = ready_case(levels, **facts)
    for number, (seat, vote) in enumerate(zip(panel_of(application, len(votes)), votes, strict=True)):
        cast_vote(seat, vote=vote, words="So it seems.", agrees_to_departure=number < agreeing, by=seat.person)
    return application


def condition(code="F3", days=60, **facts) -> dict:
    """Return a whole condition."""
    due_on = clock.today() + timedelta(days=days)
    return {"code": code, "level": 3, "evidence": "Three complete actions.", "due_on": due_on} | facts


def decided(application, outcome="awarded", **facts):
    """Let the coordinator write a decision down."""
    facts = {"checks": list(CHECKS), "recommendations": RECOMMENDATIONS, "by": application.coordinator} | facts
    return record_decision(application, outcome=outcome, **facts)


def label(**facts):
    """Return the label of an organiser that was just awarded."""
    return decided(voted_case("awarded", "awarded", "awarded", **facts)).application.label


def suspended(held: Label, *, by=None) -> Label:
    """Return a label that somebody complained about, suspended by an admin of the network."""
    by = by or PersonFactory(roles=["network_admin"])
    return suspend_label(held, cause="complaint", words="A complaint is looked at.", by=by)


def revoked(held: Label, *, by=None) -> Label:
    """Return a label that was revoked after its holder was heard."""
    by = by or PersonFactory(roles=["network_admin"])
    held = answer_suspension(suspended(held, by=by), words="It is as we said.", by=owner_of(held.organiser))
    return revoke_label(held, ground="false_evidence", words="The evidence is of somebody else.", by=by)
