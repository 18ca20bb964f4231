"""What must hold of the label at any time."""

from django.db.models import Exists, F, OuterRef
from pydantic import ValidationError

from portal.invariants import invariant
from quality_label.criteria import Framework
from quality_label.digests import digest_of
from quality_label.models import (
    Appeal,
    Application,
    ApplicationPause,
    Assignment,
    ConsensusLevel,
    Decision,
    Declaration,
    Evidence,
    FrameworkVersion,
    Label,
    Snapshot,
)
from quality_label.reports import is_unchanged
from quality_label.workflow.appeal import PARTLY_UPHELD, UPHELD
from quality_label.workflow.application import IN_TEAM
from quality_label.workflow.label import Ground


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


@invariant("L2 days")
def days_stand_still_while_the_applicant_is_waited_for():
    """Name applications whose days stand still for no reason, or go on while the next move is the applicant's."""
    waiting, paused = Application.objects.standing_still(), ApplicationPause.objects.open().for_applicant()
    for pk in paused.exclude(application__in=waiting).values_list("application", flat=True):
        yield f"application {pk} stands still although the next move is the network's"
    for pk in waiting.exclude(pk__in=paused.values("application")).values_list("pk", flat=True):
        yield f"application {pk} goes on although the next move is the applicant's"


@invariant("L3 decision")
def labels_follow_decisions():
    """Name what a panel decided without a decision, and labels that differ from what was decided."""
    decisions, labels = Decision.objects.standing().values("application"), Label.objects.values("application")
    for pk in Application.objects.decided_by_panel().exclude(pk__in=decisions).values_list("pk", flat=True):
        yield f"application {pk} is decided without a decision"
    awarded = Application.objects.awarded() | Application.objects.reexamined()
    for pk in awarded.exclude(pk__in=labels).values_list("pk", flat=True):
        yield f"application {pk} was awarded without a label"
    strays = Label.objects.exclude(application__in=awarded, organiser=F("application__organiser"))
    strays = strays.exclude(ground=Ground.REEXAMINED)
    for pk in strays.values_list("pk", flat=True):
        yield f"label {pk} comes from no award to its holder"


@invariant("L7 appeals")
def upheld_appeals_have_their_effect():
    """Name refusals that stand although an appeal against them was upheld, and rounds that carry nothing."""
    upheld = Appeal.objects.filter(state__in=[UPHELD, PARTLY_UPHELD])
    same = {"application": OuterRef("application"), "decided_at": OuterRef("against_at")}
    refusals = Decision.objects.standing().filter(**same)
    stands = upheld.filter(Exists(refusals), subject=Appeal.Subject.NOT_AWARDED)
    for pk in stands.values_list("pk", flat=True):
        yield f"appeal {pk} was upheld, and the decision stands"
    unjudged = Decision.objects.standing().filter(application__state__in=IN_TEAM, doubt="")
    for pk in unjudged.values_list("application", flat=True):
        yield f"application {pk} is judged again, and a decision stands"
    for pk in ConsensusLevel.objects.carried().filter(level=None, does_not_apply=False).values_list("pk", flat=True):
        yield f"level {pk} is kept and says nothing"


@invariant("L4 team")
def places_are_held_after_a_declaration():
    """Name places whose holder declared nothing for this case, or a conflict that excludes."""
    told = Assignment.objects.filter(declaration__application=F("application"), declaration__person=F("person"))
    own = told.exclude(declaration__in=Declaration.objects.barring())
    for pk in Assignment.objects.taken().exclude(pk__in=own).values_list("pk", flat=True):
        yield f"place {pk} is held without a declaration that allows it"


@invariant("L5 documents", is_slow=True)
def documents_are_as_they_were(sample: int | None = None):
    """Name what was handed in, and reports of decisions, that changed since."""
    for snapshot in Snapshot.objects.order_by("?")[:sample].iterator():
        if digest_of(snapshot.document) != snapshot.sha256:
            yield f"snapshot {snapshot.pk} of application {snapshot.application_id} was changed"
    for decision in Decision.objects.order_by("?")[:sample].iterator():
        if not is_unchanged(decision):
            yield f"the report on application {decision.application_id} was changed"


@invariant("L6 evidence", is_slow=True)
def evidence_is_as_it_was(sample: int | None = None):
    """Name files of evidence that are lost, or whose bytes are not those that were handed in."""
    for item in Evidence.objects.files().order_by("?")[:sample]:
        try:
            if item.digest_stored() != item.digest_handed_in():
                yield f"evidence {item.number} of application {item.application_id} was changed"
        except FileNotFoundError:
            yield f"evidence {item.number} of application {item.application_id} lost its file"
