"""What must hold of the label at any time."""

from pydantic import ValidationError

from portal.invariants import invariant
from quality_label.criteria import Framework
from quality_label.models import FrameworkVersion


@invariant("L1 framework")
def every_framework_can_be_judged_by():
    """Name versions that cannot be judged by, or that stand under another name than theirs."""
    for version in FrameworkVersion.objects.order_by("pk"):
        try:
            name = Framework.model_validate(version.document).version
        except ValidationError as error:
            yield f"framework {version.name} cannot be judged by: {error.errors()[0]['msg']}"
        else:
            if name != version.name:
                yield f"framework {version.name} calls itself {name}"
