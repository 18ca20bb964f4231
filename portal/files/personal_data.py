"""The personal data of stored files."""

from portal.files.models import StoredFile
from portal.privacy import register

register(
    "files.StoredFile",
    fields=("owner", "name", "content"),
    purpose="to let reviewers see the evidence a learner handed in (contract)",
    kept="until the evidence is erased",
    rows_of=lambda person: StoredFile.objects.filter(owner=person),
)
