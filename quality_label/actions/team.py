"""Finding the team of an application: two assessors and a lead, each asked, and free of conflicts."""

from datetime import timedelta
from itertools import combinations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions import people_to_tell
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import mark_read_about, notify, take_back_news
from portal.workdays import working_days_after
from portal.workflow import StepRefused, take, unmet
from quality_label.actions.eligibility import coordinators_to_tell, lead_through, note_acting, require_declaration
from quality_label.actions.limits import refuse_overlong, refuse_unfit_answers
from quality_label.clock import SHORTEST_REVIEW
from quality_label.conflicts import (
    QUESTIONS,
    RULED_OUT,
    SENTENCES,
    TIED,
    Candidate,
    candidates,
    conflict_of,
    free_members,
    spared_words,
    ties_of,
)
from quality_label.models import Application, Assignment, Declaration, NamedPerson
from quality_label.models.conflict import key_of
from quality_label.models.panel import QUORUM
from quality_label.models.team import NETWORK_ROLE
from quality_label.workflow.assignment import INVITATION_DAYS

Role = Assignment.Role
TEAM = [Role.ASSESSOR, Role.ASSESSOR, Role.LEAD]


class TeamRefused(StepRefused):
    """These people cannot be asked together; `faults` are pairs of a place in the team and a sentence."""

    def __init__(self, faults):
        super().__init__([sentence for _place, sentence in faults])
        self.faults = faults


@transaction.atomic
def record_named(application: Application) -> None:
    """Note whom the applicant named as known or to be avoided; called when it is handed in and each time anew."""
    answer = application.answers.filter(place="conflicts").first()
    said = answer.content if answer else {}
    names = [one["name"] for kind in ("people", "avoid") for one in said.get(kind, [])]
    application.named.all().delete()
    keys = sorted({key_of(name) for name in names} - {""})
    NamedPerson.objects.bulk_create(NamedPerson(application=application, key=key) for key in keys)


def places_to_fill(application: Application) -> list[str]:
    """Return the roles for which nobody was asked, or nobody is asked any more."""
    missing = [Role.THIRD] if application.is_in_third_review else list(TEAM)
    for role in application.assignments.open().values_list("role", flat=True):
        if role in missing:
            missing.remove(role)
    return missing


def pool(application: Application) -> list[Candidate]:
    """Return everybody who judges for the network, the best for this case first, with what speaks against them."""
    today = clock.today()
    until = working_days_after(today, INVITATION_DAYS)
    roles = Person.objects.with_network_role("assessor") | Person.objects.with_network_role("lead_assessor")
    return candidates(application, roles.distinct(), first=today, last=until)


@transaction.atomic
def invite_team(
    application: Application, people: list, *, spares_members: bool = False, by, seen=None
) -> list[Assignment]:
    """Ask people to judge: one for each place to fill, in the order of `places_to_fill`.

    They have three working days. A third assessor is asked alone, once a third review is called. Members of the
    committee are asked only with `spares_members`, as they cannot sit on the panel then, and never when too few would
    be left for it. Raises TeamRefused with the rule that somebody falls under.
    """
    application = lead_through(application.invite, by=by, seen=seen)
    roles = places_to_fill(application)
    if len(people) != len(roles) or not roles:
        raise StepRefused([_("The places to fill have changed. Look at the team again.")])
    if faults := faults_of(application, list(zip(roles, people, strict=True))):
        raise TeamRefused(faults)
    if faults := against_panel(application, people, spares_members=spares_members):
        raise TeamRefused(faults)
    answer_by = working_days_after(clock.today(), INVITATION_DAYS)
    places = [
        Assignment.objects.create(
            application=application,
            round=application.round,
            person=person,
            role=role,
            invited_by=by,
            answer_by=answer_by,
        )
        for role, person in zip(roles, people, strict=True)
    ]
    for place in places:
        record("quality_label.invite_to_team", about=application, by=by, facts={"person": place.person_id})
        notify([place.person], "quality_label/place_offered", about=place)
    return places


def faults_of(application: Application, wanted: list) -> list:
    """Return why these people cannot be asked for these roles, each with the number of its place; empty if they can."""
    known = {one.person.pk: one for one in pool(application)}
    faults = []
    for number, (role, person) in enumerate(wanted):
        one = known.get(person.pk)
        if [other.pk for _role, other in wanted[:number]].count(person.pk):
            faults.append((number, _("%(name)s can have one part only.") % {"name": person}))
        elif one is None or NETWORK_ROLE[role] not in one.roles:
            faults.append((number, _("%(name)s is not in this role for the network.") % {"name": person}))
        elif not one.is_free:
            faults.append((number, _("%(name)s %(rule)s.") % {"name": person, "rule": one.against()}))
    if faults:
        return faults
    held = [known[one.person_id] for one in application.assignments.open() if one.person_id in known]
    held_roles = dict(application.assignments.open().values_list("person", "role"))
    asked = [known[person.pk] for _role, person in wanted]
    team = held + asked
    roles = held_roles | {person.pk: role for role, person in wanted}
    assessors = [one for one in team if roles[one.person.pk] != Role.LEAD]
    if any(one.organisers & other.organisers for one, other in combinations(assessors, 2)):
        faults.append((0, _("Two assessors belong to the same organisation.")))
    if not any(one.reads for one in assessors):
        faults.append((0, _("One of the two assessors has to read the language of the application.")))
    if len([one for one in team if one.ties]) > 1:
        tied = ", ".join(str(one.person) for one in team if one.ties)
        faults.append((0, _("One person with a tie is the most in a team: %(names)s.") % {"names": tied}))
    return faults


def against_panel(application: Application, people: list, *, spares_members: bool) -> list:
    """Return what the panel would lack if these people were asked, each with the number of its place."""
    members = {person.pk for person in free_members(application)}
    asked = [(number, person) for number, person in enumerate(people) if person.pk in members]
    left = len(members) - len(asked)
    if left < QUORUM:
        return [(number, f"{person} {spared_words(left)}.") for number, person in asked]
    if spares_members:
        return []
    words = _("%(name)s %(rule)s. To ask them all the same, tick that below.")
    return [(number, words % {"name": person, "rule": spared_words(left)}) for number, person in asked]


@transaction.atomic
def accept_place(assignment: Assignment, answers: dict, *, by) -> Assignment:
    """Answer the eight questions and take a place; an answer that excludes declines it instead.

    A tie that can be managed waits for the coordinator's agreement. The review begins once all three are settled.
    """
    refuse_unfit_answers(answers)
    application = _locked(assignment)
    assignment = Assignment.objects.with_words().get(pk=assignment.pk)
    ties = [str(SENTENCES[code]) for code in ties_of(application, by)]
    conflict = conflict_of(answers)
    if conflict == RULED_OUT:
        return decline_place(assignment, reason=Assignment.Reason.CONFLICT, answers=answers, by=by)
    declaration = Declaration(
        application=application,
        person=by,
        answers=answers,
        conflict=TIED if ties else conflict,
        words="; ".join(ties),
    )
    if reasons := unmet(assignment.accept):
        raise StepRefused(reasons)
    if not by.has_network_role(assignment.network_role):
        raise StepRefused([_("You are not in this role for the network any more.")])
    declaration.save()
    assignment = take(assignment.accept, by=by, declaration=declaration)
    mark_read_about(assignment, ["quality_label/place_offered"])
    if assignment.awaits_agreement:
        notify(coordinators_to_tell(application), "quality_label/place_tie", about=assignment)
    open_file_if_settled(application)
    return assignment


@transaction.atomic
def decline_place(assignment: Assignment, *, reason: str, by, answers=None, kind="", words="") -> Assignment:
    """Say no. With a conflict, named by its kind alone, the case is closed to the person from then on."""
    refuse_overlong(Assignment, reason_words=words)
    application = _locked(assignment)
    assignment = take(assignment.decline, by=by, reason=reason, words=words)
    mark_read_about(assignment, ["quality_label/place_offered"])
    if reason == Assignment.Reason.CONFLICT:
        said = answers or {code: {"yes": code == kind, "words": ""} for code in QUESTIONS}
        Declaration.objects.create(application=application, person=by, answers=said, conflict=RULED_OUT)
        take_back_news(application, person=by)
        take_back_news(assignment, person=by)
    notify(coordinators_to_tell(application), "quality_label/place_declined", about=assignment)
    return assignment


@transaction.atomic
def close_silent_place(assignment: Assignment) -> Assignment:
    """Take an invitation back that nobody answered in time."""
    assignment = take(assignment.run_out, by=None)
    mark_read_about(assignment, ["quality_label/place_offered"])
    notify(coordinators_to_tell(assignment.application), "quality_label/place_declined", about=assignment)
    return assignment


@transaction.atomic
def remind_of_place(assignment: Assignment) -> None:
    """Remind somebody once that an answer is waited for."""
    is_first = Assignment.objects.filter(pk=assignment.pk, reminders=0).update(reminders=1)
    if is_first and not assignment.application.is_barred_for(assignment.person):
        notify([assignment.person], "quality_label/place_offered", about=assignment)


@transaction.atomic
def agree_to_tie(assignment: Assignment, *, words: str, by) -> Assignment:
    """Agree in writing that a tie can be managed; one person with a tie is the most in a team."""
    application = _locked(assignment)
    require_declaration(application, by=by)
    if not words.strip():
        raise StepRefused([_("Write how the tie is managed.")])
    refuse_overlong(Declaration, agreed_words=words)
    others = application.assignments.taken().exclude(pk=assignment.pk).filter(declaration__conflict=TIED)
    if others.exclude(declaration__agreed_at=None).exists():
        raise StepRefused([_("You agreed to one person with a tie already; that is the most in a team.")])
    assignment = take(assignment.agree, by=by)
    note_acting(application, "agree", by=by)
    declaration = assignment.declaration
    declaration.agreed_by, declaration.agreed_words, declaration.agreed_at = by, words.strip(), clock.now()
    declaration.save()
    open_file_if_settled(application)
    return assignment


@transaction.atomic
def void_place(assignment: Assignment, *, words: str, cause: str = "", by, seen=None) -> Assignment:
    """Take a place away from somebody, so that somebody else can be asked; the days go on.

    Once the review began that takes a cause: it is late, the person withdrew, or a conflict was found. For a conflict
    also a review that was handed in is taken out, and a third one called where both were compared.
    """
    application = _locked(assignment)
    if not words.strip():
        raise StepRefused([_("Write why; the person reads it.")])
    refuse_overlong(Assignment, reason_words=words)
    require_declaration(application, by=by)
    assignment = Assignment.objects.with_words().get(pk=assignment.pk)
    causes = assignment.causes_to_replace()
    if not (assignment.is_freely_replaceable or cause in causes):
        raise StepRefused([said_of_causes(causes)])
    assignment = take(assignment.void, by=by, seen=seen, words=words.strip())
    if cause:
        record(
            "quality_label.replace", about=application, by=by, facts={"person": assignment.person_id, "cause": cause}
        )
    if cause == Assignment.ReplacedFor.CONFLICT:
        close_case_to(assignment)
    if application.is_in_consensus:
        take(application.call_third, by=by)
    note_acting(application, "void", by=by)
    mark_read_about(assignment, ["quality_label/place_offered"])
    notify([assignment.person], "quality_label/place_voided", about=assignment)
    return assignment


def said_of_causes(causes: list) -> str:
    """Say for what a person can still be replaced."""
    if not causes:
        return _("Nobody is replaced now: the reviews are handed in, and the case goes on with them.")
    return _("Choose why: %(causes)s") % {"causes": " ".join(str(one.label) for one in causes)}


def close_case_to(assignment: Assignment) -> None:
    """Write down that a conflict keeps somebody from a case, and take back what they were told of it."""
    application, person = assignment.application, assignment.person
    Declaration.objects.filter(application=application, person=person).update(conflict=RULED_OUT)
    take_back_news(application, person=person)


def open_file_if_settled(application: Application) -> None:
    """Open the file to those who accepted and have no tie left to be agreed to."""
    if application.is_in_third_review:
        open_third_review(application)
    elif application.is_in_review:
        open_to_successors(application)
    elif not unmet(application.begin_review):
        begin_review(application)


def open_third_review(application: Application) -> None:
    """Open the file to a third assessor, who has 14 days and sees no levels of the others."""
    for place in application.assignments.settled().filter(role=Role.THIRD, due_on=None).with_words():
        place.due_on = clock.today() + timedelta(days=SHORTEST_REVIEW)
        place.save(update_fields=["due_on"])
        notify([place.person], "quality_label/review_opened", about=place)


def open_to_successors(application: Application) -> None:
    """Open the file to who accepted in the place of somebody while the others write."""
    for place in application.assignments.settled().exclude(role=Role.LEAD).filter(due_on=None).with_words():
        place.due_on = application.days().review_due_on(clock.today())
        place.save(update_fields=["due_on"])
        notify([place.person], "quality_label/review_opened", about=place)


def begin_review(application: Application) -> None:
    """Open the file to the team, and say until when reviews are written."""
    application = take(application.begin_review, by=None)
    due_on = application.days().review_due_on(clock.today())
    application.assignments.reviews().update(due_on=due_on)
    for place in application.assignments.taken().with_words():
        notify([place.person], "quality_label/review_opened", about=place)
    notify(people_to_tell(application.organiser), "quality_label/application_in_review", about=application)


def _locked(assignment) -> Application:
    return Application.objects.locked().get(pk=assignment.application_id)
