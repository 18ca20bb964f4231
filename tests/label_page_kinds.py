"""The kinds of pages that the Quality Label has: what its sides see, from the draft to the seal."""

OWNER, HOLDER, REFUSED, QUESTIONED, COMPARED, WRITING, LEAD, ASSESSOR, ASKED, MEMBER, VOTER, COORDINATOR, ADMIN = (
    f"{name}@example.org"
    for name in [
        "ruta.k", "milica.s", "efisio.m", "nuria.f", "daan.v", "ana.z",
        "kadri.t", "maria.a", "ingrid.l", "luca.d", "sean.o", "petra.n", "hanna.w",
    ]
)  # fmt: skip


def label_page_kinds(found: dict) -> list[tuple[str, str, str]]:
    """Return name, address and person of each; `found` holds addresses by what they are of."""
    draft = "/workspace/zmajska-delavnica/quality-label"
    questioned = "/workspace/taller-mar-oberta/quality-label"
    return [
        ("own-none", "/workspace/neris-camp/quality-label/", OWNER),
        ("own-draft", f"{draft}/", WRITING),
        ("own-questions", f"{questioned}/", QUESTIONED),
        ("own-compared", "/workspace/groene-fietsacademie/quality-label/", COMPARED),
        ("own-decided", "/workspace/laguna-aperta/quality-label/", REFUSED),
        ("own-holder", "/workspace/dunavska-ucionica/quality-label/", HOLDER),
        ("own-ready", "/workspace/neris-makers/quality-label/", OWNER),
        ("form", f"{draft}/form/", WRITING),
        ("form-handed-in", f"{questioned}/form/", QUESTIONED),
        ("form-context", f"{draft}/form/context/", WRITING),
        ("form-badges", f"{draft}/form/badges/", WRITING),
        ("form-plan", f"{draft}/form/plan/", WRITING),
        ("form-signatory", f"{draft}/form/signatory/", WRITING),
        ("form-conflicts", f"{draft}/form/conflicts/", WRITING),
        ("form-gate", f"{draft}/form/gate:G4/", WRITING),
        ("form-criterion", f"{draft}/form/criterion:B3/", WRITING),
        ("form-criterion-empty", f"{draft}/form/criterion:C4/", WRITING),
        ("form-history", f"{draft}/form/criterion:B3/history/", WRITING),
        ("form-all", f"{draft}/form/all/", WRITING),
        ("form-all-handed-in", f"{questioned}/form/all/", QUESTIONED),
        ("form-evidence", f"{draft}/evidence/", WRITING),
        ("form-hand-in", f"{draft}/hand-in/", WRITING),
        ("form-discard", f"{draft}/discard/", WRITING),
        ("form-replies", f"{questioned}/answers/", QUESTIONED),
        ("form-withdraw", f"{questioned}/withdraw/", QUESTIONED),
        ("hearing", found["hearing"], ADMIN),
        ("hearing-own", found["hearing"], REFUSED),
        ("own-training", "/quality-label/training/", WRITING),
        ("case-list", "/network/applications/", COORDINATOR),
        ("case-compared", found["compared_case"], COORDINATOR),
        ("case-questions", found["questioned_case"], COORDINATOR),
        ("case-checked", found["checked_case"], COORDINATOR),
        ("case-decided", found["decided_case"], COORDINATOR),
        ("case-eligible", f"{found['checked_case']}eligible/", COORDINATOR),
        ("case-return", f"{found['checked_case']}return/", COORDINATOR),
        ("case-not-eligible", f"{found['checked_case']}not-eligible/", COORDINATOR),
        ("case-hand-over", f"{found['checked_case']}hand-over/", COORDINATOR),
        ("case-declare", f"{found['checked_case']}declare/", ADMIN),
        ("case-small", "/network/applications/small-organisers/", COORDINATOR),
        ("team", f"{found['team_case']}team/", COORDINATOR),
        ("team-complete", f"{found['compared_case']}team/", COORDINATOR),
        ("experts", "/network/experts/", COORDINATOR),
        ("expert", found["expert"], ADMIN),
        ("expert-own", "/settings/expert/", LEAD),
        ("committee", "/network/committee/", ADMIN),
        ("place-asked", found["place_asked"], ASKED),
        ("place-taken", found["place_taken"], ASSESSOR),
        ("desk-criterion", f"{found['desk']}B3/", ASSESSOR),
        ("desk-criterion-empty", f"{found['desk']}F3/", ASSESSOR),
        ("desk-hand-in", f"{found['desk']}hand-in/", ASSESSOR),
        ("desk-locked", f"{found['desk_locked']}B3/", ASSESSOR),
        ("desk-locked-hand-in", f"{found['desk_locked']}hand-in/", ASSESSOR),
        ("desk-questions", f"{found['desk']}questions/", ASSESSOR),
        ("lead-waiting", found["lead_waiting"], LEAD),
        ("lead", found["lead"], LEAD),
        ("lead-consensus", f"{found['lead']}consensus/", LEAD),
        ("lead-report", f"{found['lead']}report/", LEAD),
        ("panel-declare", found["panel"], MEMBER),
        ("panel-vote", found["panel"], VOTER),
        ("panel-waiting", found["panel"], COORDINATOR),
        ("panel-decide", found["panel_voted"], COORDINATOR),
        ("panel-decided", found["panel_decided"], COORDINATOR),
        ("report", found["report"], REFUSED),
        ("report-conditions", found["report_conditions"], HOLDER),
        ("yearly", "/quality-label/report/", ""),
        ("register", "/quality-label/holders/", ""),
        ("register-none", "/quality-label/holders/?q=nobody", ""),
        ("holder", "/quality-label/holders/neris-makers/", ""),
        ("holder-conditions", "/quality-label/holders/dunavska-ucionica/", ""),
        ("seal", "/quality-label/holders/neris-makers/seal/", ""),
        ("label-administration", found["label"], ADMIN),
        ("label-own", "/workspace/dunavska-ucionica/quality-label/label/", HOLDER),
        ("label-own-whole", "/workspace/neris-makers/quality-label/label/", OWNER),
        ("label-give-back", "/workspace/neris-makers/quality-label/label/give-back/", OWNER),
        ("label-check-in", "/workspace/neris-makers/quality-label/label/check-in/", OWNER),
        ("appeal-lodge", found["appeal_lodge"], REFUSED),
        ("appeal-own", found["appeal_own"], REFUSED),
        ("appeal-list", "/network/appeals/", ADMIN),
        ("appeal", found["appeal"], ADMIN),
        ("appeal-panel", found["appeal_panel"], found["appeal_member"]),
        ("condition-own", found["condition_own"], HOLDER),
        ("condition-sent", found["condition"], COORDINATOR),
    ]  # fmt: skip


FIND_LABEL = """
from datetime import date, timedelta
from django.urls import reverse
from cms.demo.applications import (
    ago, cast_vote, declare_for_panel, fill_in, finished, in_review, owner_of, person, reviewed, start_application,
    submit_application, without_ties, write,
)
from organisers.models import Membership, Organiser
from portal import schedule
from quality_label.actions.application import withdraw_application
from quality_label.actions.conditions import attach_to_condition, send_condition
from quality_label.actions.decision import invite_panel
from quality_label.actions.hearing import open_hearing
from quality_label.models import (
    Application, CheckIn, Condition, Declaration, Hearing, Label, Snapshot, TrainingBadge, matters_of,
)
from tests.factories.label import ApplicationFactory, AssignmentFactory, decided, ready_case
from tests.factories.organisers import OrganiserFactory

def application_of(slug):
    return Application.objects.filter(organiser__slug=slug).order_by("pk").last()

def of(name, thing):
    return reverse(f"quality_label:{name}", args=[getattr(thing, "key", thing)])

refused, conditional = application_of("laguna-aperta"), application_of("dunavska-ucionica")
questioned, compared = application_of("taller-mar-oberta"), application_of("groene-fietsacademie")
if not Application.objects.filter(organiser__slug="button-corner").exists():
    petra, maria = person("Petra N."), person("Maria A.")
    for name, state in [("Button Corner", "in_check"), ("Thread Corner", "assigning")]:
        corner = OrganiserFactory(verified=True, words=name, slug=name.lower().replace(" ", "-"))
        case = ApplicationFactory(**{state: True}, coordinator=petra, organiser=corner)
        Declaration.objects.create(application=case, person=petra, conflict="none", answers=without_ties())
        file = compared.snapshots.first()
        Snapshot.objects.create(application=case, cause="submitted", document=file.document, sha256=file.sha256)
    AssignmentFactory(application=case, person=person("Ingrid L."), invited_by=petra)
    neris = Organiser.objects.get(slug="neris-makers")
    withdraw_application(application_of("neris-makers"), by=owner_of(neris))
    with ago(40):
        owner = owner_of(neris)
        ready = start_application(neris, by=owner)
        fill_in(ready)
        write(ready, "gate:G4", {"words": "Few came to the workshop in winter; the summer camp begins in June."})
        submit_application(ready, by=owner, confirmed_name=owner.name)
        ready.refresh_from_db()
    finished(reviewed(in_review(ready, days_ago=40), days_ago=20), days_ago=2)
    schedule.drain()
    ready.refresh_from_db()
    for name in ["Seán O.", "Elena R."]:
        member = person(name)
        declare_for_panel(ready.seats.get(person=member), has_conflict=False, by=member)
    cast_vote(ready.seats.get(person=member), vote="awarded", words="Well done.", by=member)
    corner = OrganiserFactory(verified=True, words="Ribbon Corner", slug="ribbon-corner")
    voted = ready_case(coordinator=petra, organiser=corner, report={"outcome": "awarded"})
    Snapshot.objects.create(application=voted, cause="submitted", document=file.document, sha256=file.sha256)
    for seat in invite_panel(voted)[:3]:
        declare_for_panel(seat, has_conflict=False, by=seat.person)
        cast_vote(seat, vote="awarded", words="I agree with the report of the team.", by=seat.person)
    corner = OrganiserFactory(verified=True, words="Velvet Corner", slug="velvet")
    velvet = ready_case(coordinator=petra, organiser=corner)
    Membership.objects.create(organiser=corner, person=person("Efisio M."), role="owner")
    for seat in invite_panel(velvet)[:3]:
        declare_for_panel(seat, has_conflict=False, by=seat.person)
        cast_vote(seat, vote="not_awarded", words="Not yet.", agrees_to_departure=True, by=seat.person)
    why = "The panel finds the sample too small to say more, although the rule would let the label be awarded as it is."
    decided(velvet, "not_awarded", departure_reason=why)
checked, sought = application_of("button-corner"), application_of("thread-corner")
doubted = TrainingBadge.objects.awarded().get(email="efisio.m@example.org")
doubt = "Three lines of the capstone stand word for word in the work of somebody else, handed in a month before."
hearing = Hearing.objects.first() or open_hearing(doubted, words=doubt, by=person("Hanna W."))
appeal = refused.appeals.get()
held = Label.objects.get(organiser__slug="neris-makers")
CheckIn.objects.get_or_create(label=held, year=1, defaults={"due_on": date.today() + timedelta(days=7)})
sent, unmet = Condition.objects.filter(application=conditional).order_by("code")
if not sent.is_sent:
    milica = owner_of(conditional.organiser)
    attach_to_condition(
        sent, by=milica, seen_on=None, kind="link", title="Three judgements with a second person", url="https://example.org/second",
        dated_on=date.today(), from_minute=None, is_plan=False, is_free_of_personal_data=True, file=None,
    )
    send_condition(sent, words="Two people judge each portfolio now, and write down where they differ.", by=milica)
label_pages = {
    "hearing": hearing.get_absolute_url(),
    "compared_case": of("case", compared),
    "questioned_case": of("case", questioned),
    "checked_case": of("case", checked),
    "decided_case": of("case", conditional),
    "team_case": of("case", sought),
    "expert": reverse("quality_label:expert", args=[person("Kadri T.").pk]),
    "place_asked": sought.assignments.first().get_absolute_url(),
    "place_taken": compared.assignments.reviews().get(person=person("Maria A.")).get_absolute_url(),
    "desk": of("desk", questioned.assignments.reviews().get(person=person("Maria A."))),
    "desk_locked": of("desk", compared.assignments.reviews().get(person=person("Maria A."))),
    "lead_waiting": of("lead", questioned),
    "lead": of("lead", compared),
    "panel": of("panel", application_of("neris-makers")),
    "panel_voted": of("panel", application_of("ribbon-corner")),
    "panel_decided": of("panel", conditional),
    "report": refused.decision.get_absolute_url(),
    "report_conditions": conditional.decision.get_absolute_url(),
    "condition_own": unmet.own_url,
    "condition": sent.get_absolute_url(),
    "appeal_lodge": matters_of(application_of("velvet"))[0].url,
    "appeal_own": appeal.own_url,
    "appeal": appeal.get_absolute_url(),
    "appeal_panel": appeal.panel_url,
    "appeal_member": appeal.seats.first().person.email,
    "label": of("label", Label.objects.get(organiser__slug="dunavska-ucionica")),
}
"""
