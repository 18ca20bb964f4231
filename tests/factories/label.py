"""The label for tests."""

import factory

from quality_label.frameworks import framework_file
from quality_label.models import FrameworkVersion


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
