"""What a case page says: the file as it was handed in, the way with its targets, the team's places, and the log."""

from django.utils import formats
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from portal import clock
from portal.audit.models import AuditEvent
from portal.comparison import changed_rows
from portal.sentences import in_own_language
from quality_label import reminders
from quality_label.models import Application
from quality_label.readiness import readiness_of
from quality_label.sections import code_of, place_title
from quality_label.wording import said_of

STOPS = [
    ("eligibility", gettext_lazy("Checking the file"), "eligible_at"),
    ("team", gettext_lazy("Team complete"), "review_began_on"),
    ("reviews", gettext_lazy("Both reviews locked"), "compared_at"),
    ("consensus", gettext_lazy("Consensus and report"), "ready_at"),
    ("decision", gettext_lazy("Decision"), "ended_at"),
]
DONE = {
    "submit": gettext_lazy("Handed in"),
    "take_up": gettext_lazy("Taken up"),
    "lose_training": gettext_lazy("The training badge of a member was declared void: look at the gate of the training"),
    "hand_over": gettext_lazy("Handed over"),
    "give_back": gettext_lazy("Returned to be completed"),
    "resend": gettext_lazy("Completed and sent again"),
    "run_out": gettext_lazy("Ended: not completed in time"),
    "turn_down": gettext_lazy("Found not eligible"),
    "find_eligible": gettext_lazy("Found eligible"),
    "invite": gettext_lazy("Team asked"),
    "begin_review": gettext_lazy("Review begun"),
    "ask": gettext_lazy("Applicant asked"),
    "take_more_time": gettext_lazy("More time taken"),
    "answer": gettext_lazy("Questions answered"),
    "go_on_unanswered": gettext_lazy("Questions not answered in time"),
    "compare": gettext_lazy("Reviews compared"),
    "call_third": gettext_lazy("Third assessor called"),
    "finish": gettext_lazy("Consensus finished"),
    "award": gettext_lazy("Label awarded"),
    "award_with_conditions": gettext_lazy("Label awarded with conditions"),
    "not_award": gettext_lazy("Label not yet issued"),
    "correct_facts": gettext_lazy("Correction of facts sent by the applicant"),
    "withdraw": pgettext_lazy("log", "Withdrawn"),
    "extend": gettext_lazy("Given more days"),
    "declare": gettext_lazy("Conflicts of interest declared"),
    "confirm_gates": gettext_lazy("Every gate confirmed"),
    "invite_to_team": gettext_lazy("Somebody asked to judge"),
    "act_for_coordinator": gettext_lazy("The step was taken in place of the coordinator"),
    "attach_evidence": gettext_lazy("Evidence attached"),
    "widen_evidence": gettext_lazy("Evidence put to more criteria"),
    "remove_evidence": gettext_lazy("Evidence removed"),
    "erase_evidence": gettext_lazy("Evidence erased"),
    "gather_questions": gettext_lazy("Questions gathered"),
    "vote": gettext_lazy("Vote cast"),
    "promise_broken": gettext_lazy("Promised day passed without a decision"),
    "explain_delay": gettext_lazy("Delay explained"),
    "stop_for_suspension": gettext_lazy("Days stopped: the organiser is suspended"),
    "go_on_after_suspension": gettext_lazy("Days go on after the suspension"),
}


def places_of(application: Application) -> dict:
    """Return the places at which something can be missing, each with its name, in the order of the form."""
    return {place: place_title(application.rules, place) for place in application.places()}


def file_of(application: Application) -> dict | None:
    """Return the latest snapshot as sections of rows; None where there is none."""
    snapshot = application.snapshots.last()
    if snapshot is None:
        return None
    document = snapshot.document
    answers, badges = document.get("answers", {}), application.sample.names()
    return {
        "made_at": snapshot.made_at,
        "cause": snapshot.get_cause_display(),
        "sections": [
            {"place": place, "title": name, "rows": said_of(answers[place], badges)}
            for place, name in places_of(application).items()
            if place in answers
        ],
        "evidence": evidence_of(application, document),
    }


def completed_of(application: Application) -> list[dict]:
    """Return what was missing place by place, with what was said there before and after it was completed."""
    returned = application.returns.first()
    if returned is None:
        return []
    documents = list(application.snapshots.values_list("document", flat=True))
    before, now = (documents[0], documents[-1]) if documents and returned.resent_at else ({}, {})
    badges = application.sample.names()
    return [
        {**one, "was_sent": bool(returned.resent_at), "changes": _changes_at(one["place"], before, now, badges)}
        for one in returned.asked()
    ]


def _changes_at(place, before, now, badges) -> list:
    return changed_rows(*(_said_at(place, document, badges) for document in (before, now)))


def _said_at(place, document, badges) -> dict[str, str]:
    """Say what a file says at a place, with the evidence that it names for the criterion."""
    evidence = [
        f"{item['number']}. {item['title']}"
        for item in document.get("evidence", [])
        if code_of(place) in item.get("criteria", [])
    ]
    said = said_of(document.get("answers", {}).get(place, {}), badges)
    return said | {_("Evidence"): "\n".join(evidence)}


def evidence_of(application: Application, document: dict) -> list[dict]:
    """Return the evidence that was handed in, each with where it opens; what is hidden opens to its applicant alone."""
    stored = {item.number: item for item in application.evidence.all()}
    shown = []
    for facts in document.get("evidence", []):
        item = stored.get(facts.get("number"))
        is_hidden = item is not None and item.hidden_at is not None
        opens_at = item.opens_at if item and not is_hidden else ""
        shown.append({**facts, "opens_at": opens_at, "is_hidden": is_hidden})
    return shown


def gates_of(application: Application, *, on=None) -> list[dict]:
    """Return the gates, each with what was found on day 0 and, where a day is given, what has fallen until then."""
    now = {one.gate.code: one.finding for one in readiness_of(application, on).gates} if on else {}
    snapshot = application.snapshots.last()
    found = snapshot.document.get("gates", []) if snapshot else []
    said = {one["code"]: one for one in found if isinstance(one, dict)}
    return [
        {
            "code": gate.code,
            "title": application.rules.text(f"{gate.code}.title", get_language())[0],
            "said": day_0(said.get(gate.code, {})) or gate.check,
            "explained": said.get(gate.code, {}).get("explanation", ""),
            "fallen": fallen(said.get(gate.code, {}), now.get(gate.code)),
            "links": contact_links(application.organiser) if gate.fact == "contact" else [],
        }
        for gate in application.rules.gates
    ]


def contact_links(organiser) -> list[dict]:
    """Return what a person looks at for the public contact: its page, the address, the privacy notice."""
    links = [
        {"name": _("Public page"), "url": organiser.get_absolute_url()},
        {"name": organiser.contact_email, "url": f"mailto:{organiser.contact_email}"},
    ]
    return [*links, {"name": _("Privacy notice"), "url": organiser.privacy_url}] if organiser.privacy_url else links


def fallen(then: dict, now) -> str:
    """Say what is not so any more; empty where nothing has changed for the worse."""
    return now.said if then.get("is_met") and now and not now.is_met else ""


def day_0(found: dict) -> str:
    """Say what was found of a gate on the day on which the application was handed in."""
    met = {
        True: _("Met when it was handed in."),
        False: _("Not met when it was handed in."),
    }.get(found.get("is_met"), "")
    return " ".join(part for part in [met, in_own_language(found.get("said", {}))] if part)


def named_people(application: Application) -> list[str]:
    """Return whom the file names as known to the applicant; those to be avoided stay out."""
    snapshot = application.snapshots.last()
    answers = snapshot.document.get("answers", {}) if snapshot else {}
    people = answers.get("conflicts", {}).get("people", [])
    signatory = answers.get("signatory", {}).get("name", "")
    return [name for name in [signatory, *(one["name"] for one in people)] if name]


def clock_of(application: Application) -> dict:
    """Return the days of a case as a bar shows them."""
    days = application.days()
    return {
        "day": days.day,
        "total": days.total,
        "left": days.days_left,
        "zone": reminders.zone(days),
        "due_on": days.due_on,
        "is_paused": days.is_paused,
        "is_breached": days.is_breached,
        "late": application.days_late(),
    }


def way_of(application: Application) -> list[dict]:
    """Return the way of a case with its targets as stops."""
    days, stops, is_next = application.days(), [], application.is_open
    for number, (target, title, fact) in enumerate(STOPS, start=1):
        reached = getattr(application, fact)
        state = "done" if reached else ("now" if is_next else "")
        is_next = is_next and bool(reached)
        day = formats.date_format(days.date_of(days.target(target)), "SHORT_DATE_FORMAT")
        meta = _("target: day %(number)d, %(day)s") % {"number": days.target(target), "day": day}
        stops.append({"number": number, "title": title, "state": state, "meta": meta})
    return stops


def log_of(application: Application) -> list[dict]:
    """Return what was done in a case since it was handed in, the latest first, and by whom."""
    events = AuditEvent.objects.about(application).filter(at__gte=application.submitted_at)
    if decision := application.decision:
        events |= AuditEvent.objects.about(decision)
    lines = []
    for event in events.select_related("actor").order_by("-pk"):
        step = event.verb.rpartition(".")[2]
        lines.append(
            {
                "title": DONE.get(step, step.replace("_", " ").capitalize()),
                "when": formats.date_format(clock.day_of(event.at), "DATE_FORMAT"),
                "iso": event.at.isoformat(),
                "by": name_of_actor(event.actor, application),
            }
        )
    return lines


def name_of_actor(person, application: Application) -> str:
    """Name who did something in a case: never by an address, which stands for whoever gave no name."""
    if person is None:
        return _("the portal")
    if person.name:
        return person.name
    if person.pk == application.coordinator_id:
        return _("the coordinator")
    is_own = application.organiser.is_held_by(person, "owner", "issuer", "author", "reviewer")
    return _("the applicant") if is_own else _("somebody of the network")
