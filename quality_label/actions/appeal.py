"""An appeal before its panel votes: lodged, checked, admitted, commented on, answered and withdrawn."""

import random
from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import notify, take_back_news
from portal.workflow import StepRefused, take
from quality_label.actions.limits import SAY_WHY, refuse_others, refuse_overlong, want_words
from quality_label.conflicts import uninvolved
from quality_label.models import REMIND_BEFORE, Appeal, AppealSeat, Application, Declaration, Ground, matters_of
from quality_label.permissions import may_administer_appeal, may_manage_application, may_vote_on_appeal
from quality_label.workflow.appeal import ADMIT_DAYS, DECIDE_DAYS, SEATS

SHORTEST_APPEAL = 100  # characters
FOR_PANEL = _("Say it in words; the panel reads it.")


@transaction.atomic
def lodge_appeal(
    application: Application, *, subject: str, grounds: Collection[str], words: str, new_evidence: str = "", by
) -> Appeal:
    """Appeal against what was decided, on grounds; it stays in force meanwhile. Raises StepRefused with the reason."""
    application = Application.objects.locked().get(pk=application.pk)
    if not may_manage_application(application, by):
        raise PermissionDenied
    matter = next((one for one in matters_of(application) if one.subject == subject), None)
    if matter is None:
        raise StepRefused([_("Nothing of that kind was decided here, or it is not in force any more.")])
    if matter.appeal:
        raise StepRefused([_("You have appealed against this already; that is possible once.")])
    if clock.today() > matter.until:
        raise StepRefused([_("Appeals against this were taken until %(day)s.") % {"day": date_format(matter.until)}])
    others = Application.objects.of(application.organiser).open().exclude(pk=application.pk)
    if matter.may_open_again and others.exists():
        said = _("You have begun another application. Withdraw or discard it first: this one may be opened again.")
        raise StepRefused([said])
    if not grounds:
        raise StepRefused([_("Choose a ground. That you disagree with a level is none by itself.")])
    refuse_others(grounds, Ground.values)
    if len(words.strip()) < SHORTEST_APPEAL:
        raise StepRefused([_("Explain it in %(count)d characters or more.") % {"count": SHORTEST_APPEAL}])
    refuse_overlong(Appeal, words=words, new_evidence=new_evidence)
    appeal = Appeal.objects.create(
        application=application,
        subject=subject,
        against_at=matter.at,
        grounds=[one for one in Ground.values if one in grounds],
        words=words.strip(),
        new_evidence=new_evidence.strip(),
        lodged_by=by,
        admit_by=clock.today() + timedelta(days=ADMIT_DAYS),
        decide_by=clock.today() + timedelta(days=DECIDE_DAYS),
    )
    record("quality_label.lodge_appeal", about=appeal, by=by, facts={"subject": subject, "grounds": appeal.grounds})
    notify(owners_to_tell(application.organiser), "quality_label/appeal_received", about=appeal)
    notify(admins_for(appeal), "quality_label/appeal_lodged", about=appeal)
    return appeal


def admins_for(appeal: Appeal) -> list[Person]:
    """Return who may look after an appeal: who took it up, else the network admins without a part in its case."""
    if appeal.admin and may_administer_appeal(appeal, appeal.admin):
        return [appeal.admin]
    return [one for one in Person.objects.with_network_role("network_admin") if may_administer_appeal(appeal, one)]


@transaction.atomic
def take_up_appeal(appeal: Appeal, *, by, seen: int | None = None) -> Appeal:
    """Begin to check whether an appeal is admissible."""
    return take(appeal.take_up, by=by, seen=seen, person=by)


@transaction.atomic
def turn_appeal_away(appeal: Appeal, *, words: str, by, seen: int | None = None) -> Appeal:
    """End an appeal that is not admissible, with the reason; that is final inside the network."""
    want_words(Appeal, SAY_WHY, ending_words=words)
    appeal = take(appeal.turn_away, by=by, seen=seen, words=words.strip())
    notify(owners_to_tell(appeal.application.organiser), "quality_label/appeal_decided", about=appeal)
    return appeal


@transaction.atomic
def admit_appeal(appeal: Appeal, *, by, seen: int | None = None) -> Appeal:
    """Give an appeal to a panel of three people who had no part in its case, drawn by lot."""
    if len(left_to_draw(appeal)) < SEATS:
        raise StepRefused([_("Fewer than three people of the network had no part in this case and are free of it.")])
    appeal = take(appeal.admit, by=by, seen=seen)
    fill_panel(appeal)
    owners = owners_to_tell(appeal.application.organiser)
    notify(owners, "quality_label/appeal_admitted", about=appeal)
    if appeal.commentator:
        notify([appeal.commentator], "quality_label/appeal_to_comment", about=appeal)
    return appeal


def left_to_draw(appeal: Appeal) -> list[Person]:
    """Return who can be in the panel and was not asked yet, in the order in which the lot put them."""
    asked = {appeal.admin_id, *appeal.seats.values_list("person", flat=True)}
    people = [one for one in uninvolved(appeal.application) if one.pk not in asked]
    random.Random(str(appeal.key)).shuffle(people)  # noqa: S311 - a lot that can be drawn again, not a secret
    return people


def fill_panel(appeal: Appeal) -> list[AppealSeat]:
    """Ask as many people as the panel lacks, and tell them; fewer where nobody is left."""
    lacking = SEATS - appeal.seats.standing().count()
    seats = [AppealSeat.objects.create(appeal=appeal, person=one) for one in left_to_draw(appeal)[:lacking]]
    notify([seat.person for seat in seats], "quality_label/appeal_seat_offered", about=appeal)
    return seats


@transaction.atomic
def declare_for_appeal(seat: AppealSeat, *, has_conflict: bool, words: str = "", by) -> AppealSeat:
    """Say whether one has a tie to the case; who has one is replaced by the next whom the lot names."""
    seat = open_seat(seat, by=by)
    if seat.declared_at:
        raise StepRefused([_("You have declared this already.")])
    refuse_overlong(Declaration, words=words)
    conflict = Declaration.Conflict.EXCLUDING if has_conflict else Declaration.Conflict.NONE
    application = seat.appeal.application
    Declaration.objects.update_or_create(
        application=application, person=by, defaults={"conflict": conflict, "words": words}
    )
    seat.has_conflict, seat.declared_at = has_conflict, clock.now()
    seat.save()
    record("quality_label.declare", about=seat.appeal, by=by, facts={"conflict": conflict})
    if has_conflict:
        take_back_news(seat.appeal, person=by)
        if not fill_panel(seat.appeal):
            notify(admins_for(seat.appeal), "quality_label/appeal_waiting", about=seat.appeal)
    return seat


def open_seat(seat: AppealSeat, *, by) -> AppealSeat:
    """Return a seat in a panel that decides now, under lock with its appeal. Raises where it is not the person's."""
    appeal = Appeal.objects.select_for_update(no_key=True).get(pk=seat.appeal_id)
    seat = AppealSeat.objects.select_related("appeal__application").get(pk=seat.pk)
    if not may_vote_on_appeal(seat, by):
        raise PermissionDenied
    if not appeal.is_with_panel:
        raise StepRefused([_("The appeal is over.")])
    return seat


@transaction.atomic
def comment_on_appeal(appeal: Appeal, *, words: str, by, seen: int | None = None) -> Appeal:
    """Say in writing, as the side that decided, how it came to that."""
    want_words(Appeal, FOR_PANEL, comment_words=words)
    appeal = take(appeal.comment, by=by, seen=seen, words=words.strip(), person=by)
    notify(owners_to_tell(appeal.application.organiser), "quality_label/appeal_commented", about=appeal)
    return appeal


@transaction.atomic
def answer_comment(appeal: Appeal, *, words: str, by, seen: int | None = None) -> Appeal:
    """Answer, as the applicant, to what the side that decided says."""
    want_words(Appeal, FOR_PANEL, answer_words=words)
    return take(appeal.answer, by=by, seen=seen, words=words.strip(), person=by)


@transaction.atomic
def withdraw_appeal(appeal: Appeal, *, by, seen: int | None = None) -> Appeal:
    """Take an appeal back before anybody voted; its panel is told."""
    panel = [seat.person for seat in appeal.seats.standing().select_related("person")]
    appeal = take(appeal.withdraw, by=by, seen=seen)
    told = {one.pk: one for one in [*panel, *admins_for(appeal)]}
    notify(told.values(), "quality_label/appeal_withdrawn", about=appeal)
    return appeal


@transaction.atomic
def remind_of_appeal(appeal: Appeal) -> None:
    """Remind those who look after an appeal that its day is near; one mail makes up for all that should have left."""
    day, earlier = (appeal.decide_by, len(REMIND_BEFORE)) if appeal.is_with_panel else (appeal.admit_by, 0)
    left = (day - clock.today()).days
    due = earlier + len([days for days in REMIND_BEFORE if left <= days])
    if Appeal.objects.filter(pk=appeal.pk, reminders__lt=due).update(reminders=due):
        notify(admins_for(appeal), "quality_label/appeal_waiting", about=appeal)
