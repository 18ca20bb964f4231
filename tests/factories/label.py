"""The label for tests."""

import factory

from portal import clock
from quality_label.frameworks import framework_file
from quality_label.models import Application, Assignment, Declaration, FrameworkVersion, Rating
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory


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
        locked = factory.Trait(accepted=True, state="locked", locked_at=factory.LazyFunction(clock.now))

    application = factory.SubFactory(ApplicationFactory, in_review=True)
    person = factory.SubFactory(PersonFactory, roles=["assessor"])
    role = "assessor"
    answer_by = factory.LazyFunction(clock.today)


def rate(assignment, levels: dict, reason="Seen in each sampled award, with dates and names of roles.") -> None:
    """Let an assessor rate criteria."""
    for code, level in levels.items():
        Rating.objects.create(assignment=assignment, code=code, level=level, reason=reason, evidence=["f"])
