"""The personal data of the label."""

from portal.privacy import register
from quality_label.models import FrameworkVersion

register(
    "quality_label.FrameworkVersion",
    fields=("made_by",),
    purpose="to show the network who began a version of its criteria (legitimate interest)",
    kept="while the account exists",
    rows_of=lambda person: FrameworkVersion.objects.filter(made_by=person),
)
