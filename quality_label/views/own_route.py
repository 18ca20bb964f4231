"""The way to the label as its applicant sees it: the steps before it, and the five steps after it was handed in."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import clock
from portal.sentences import joined
from quality_label.gates import GATES, address_of_training
from quality_label.models import Application, ApplicationPause, Label, TrainingBadge
from quality_label.readiness import first_day_after, said_of_waiting
from quality_label.workflow import application as steps

RECEIVED, CHECKING, REVIEW, QUESTION, DECISION = range(5)
PUBLIC = {
    steps.SUBMITTED: RECEIVED,
    steps.IN_CHECK: CHECKING,
    steps.RETURNED: CHECKING,
    steps.ASSIGNING: CHECKING,
    steps.IN_REVIEW: REVIEW,
    steps.CONSENSUS: REVIEW,
    steps.THIRD_REVIEW: REVIEW,
    steps.CLARIFICATION: QUESTION,
    steps.READY: DECISION,
}


def public_steps(application: Application) -> list[dict]:
    """Return the five steps of an open application; who judges and how far they are it does not tell."""
    names = [_("Received"), _("Checking the file"), _("In review"), _("Question for you"), _("Decision")]
    here = PUBLIC[application.state]
    found = []
    for number, name in enumerate(names):
        state = "done" if number < here else "now" if number == here else ""
        if number == QUESTION and number < here and not application.rounds_asked():
            state = ""
        found.append({"name": name, "state": state})
    return found


def word_for(application: Application) -> str:
    """Name where an application stands, in the words of its applicant."""
    if application.state in PUBLIC:
        return public_steps(application)[PUBLIC[application.state]]["name"]
    return application.get_state_display()


CAUSES = {
    ApplicationPause.Cause.RETURN: lambda: _("returned to be completed"),
    ApplicationPause.Cause.CLARIFICATION: lambda: _("a question for you"),
    ApplicationPause.Cause.APPEAL: lambda: _("it had been found not eligible, until an appeal was upheld"),
    ApplicationPause.Cause.SUSPENSION: lambda: _("the organiser was suspended"),
}


def pauses_in_words(application: Application) -> list[str]:
    """Say which days did not count, and why; a pause that ended on its first day has none."""
    said = []
    for pause in application.pauses.all():
        if pause.resumed_on == pause.stopped_on:
            continue
        facts = {"from": date_format(pause.stopped_on), "why": CAUSES[pause.cause]()}
        if pause.resumed_on:
            facts["to"] = date_format(pause.resumed_on)
            said.append(_("From %(from)s until before %(to)s: %(why)s.") % facts)
        else:
            said.append(_("Since %(from)s: %(why)s.") % facts)
    return said


def stops_before(organiser, application: Application | None, label: Label | None) -> list[dict]:
    """Return the steps to the label, with what was found of each."""
    today, slug = clock.today(), organiser.slug
    verified, trained = GATES["verified"](organiser, today), GATES["trained"](organiser, today)
    training = TrainingBadge.objects.select_related("badge_class").first() if trained.is_met else None
    training_url = training and address_of_training(training)
    issued = [GATES["experience"](organiser, today), GATES["sample"](organiser, today)]
    first = None if application else first_day_after(Application.objects.of(organiser), today)
    apply = {
        "title": _("Assess yourself and apply"),
        "is_met": application.was_submitted if application else bool(label and label.is_standing),
        "text": said_of_waiting(first) if first else "",
        "url": reverse("quality_label:own-form", args=[slug]) if application and application.is_draft else "",
        "is_shut": first is not None,
    }
    stops = [
        {"title": _("Be verified"), "is_met": verified.is_met, "text": verified.said, "url": verified.url},
        {"title": _("Train"), "is_met": trained.is_met, "text": trained.said, "url": training_url or trained.url},
        {
            "title": _("Issue badges"),
            "is_met": all(one.is_met for one in issued),
            "text": joined(" ", [one.said for one in issued]),
            "url": next((one.url for one in issued if not one.is_met), issued[0].url),
        },
        apply,
    ]
    ahead = next((number for number, stop in enumerate(stops) if not stop["is_met"]), len(stops))
    for number, stop in enumerate(stops):
        stop["number"] = number
        stop["state"] = (
            "done" if stop["is_met"] else "locked" if stop.get("is_shut") else "now" if number == ahead else ""
        )
    return stops


def next_step(organiser, application: Application | None, stops: list[dict], label: Label | None) -> dict:
    """Say what is next, with the address where to do it."""
    slug = organiser.slug
    if application is None:
        return first_step(organiser, stops, label)
    facts = {"day": application.answer_by and date_format(application.answer_by)}
    if application.is_draft:
        return {
            "text": said_of_renewal(application)
            if application.renews and application.renews.is_live
            else _("Your application is a draft. Fill it in and hand it in when the gates are open."),
            "url": reverse("quality_label:own-form", args=[slug]),
            "name": _("Go on writing"),
        }
    if application.is_returned:
        return {
            "text": _("Your turn: something is missing. Complete it by %(day)s; until then your days stand still.")
            % facts,
            "url": reverse("quality_label:own-form", args=[slug]),
            "name": _("Complete it"),
        }
    if application.has_open_questions:
        return {
            "text": _("Your turn: there are questions for you. Answer by %(day)s; until then your days stand still.")
            % facts,
            "url": reverse("quality_label:own-replies", args=[slug]),
            "name": _("Read and answer"),
            "besides": replacing(application),
        }
    if turn := replacing(application):
        return turn
    due = date_format(application.days().due_on)
    return {"text": _("Nothing for you: the network decides by %(day)s.") % {"day": due}, "url": "", "name": ""}


def said_of_renewal(application: Application) -> str:
    """Say by when a renewal is handed in for the label to hold until it is decided, or whether it does."""
    label = application.renews
    days = {"day": date_format(label.send_renewal_by), "end": date_format(label.valid_until)}
    if application.was_submitted:
        due = {"day": date_format(application.days().due_on)} | {"end": days["end"]}
        if label.has_renewal_in_time():
            return _("The network decides on your renewal by %(day)s. Your label holds until then.") % due
        return (
            _("The network decides on your renewal by %(day)s. It came too late for your label to outlast %(end)s.")
            % due
        )
    if clock.today() > label.send_renewal_by:
        return _("Hand your renewal in: your label ends on %(end)s.") % days
    return (
        _("Hand your renewal in by %(day)s; then your label, which ends on %(end)s, holds until it is decided.") % days
    )


def replacing(application: Application) -> dict:
    """Say which evidence waits to be replaced, with the address where to do it; empty where none does."""
    titles = [_("“%(title)s”") % {"title": item.title} for item in application.evidence_to_replace()]
    if not titles:
        return {}
    text = ngettext(
        "Your turn: personal data was seen in the evidence %(titles)s. Replace it.",
        "Your turn: personal data was seen in the evidence %(titles)s. Replace each.",
        len(titles),
    )
    return {
        "text": text % {"titles": joined(", ", titles)},
        "url": reverse("quality_label:own-evidence", args=[application.organiser.slug]),
        "name": _("Replace the evidence"),
    }


def first_step(organiser, stops: list[dict], label: Label | None) -> dict:
    """Say what is next while no application is open."""
    if label and label.is_standing and label.is_conditional:
        return next_of_conditions(label)
    if label and label.is_standing:
        text = _("Nothing for you. Your label can be renewed in a short form from %(day)s; it holds meanwhile.")
        day = date_format(label.renewal_from)
        return {"text": text % {"day": day}, "url": "", "name": "", "is_for_later": True}
    if stops[-1]["is_shut"]:
        return {"text": stops[-1]["text"], "url": "", "name": "", "must_wait": True}
    stop = next((stop for stop in stops[:3] if not stop["is_met"]), None)
    if stop:
        text = _("Next: %(step)s. %(found)s") % {"step": stop["title"], "found": stop["text"]}
        return {"text": text, "url": stop["url"], "name": stop["title"]}
    return {"text": _("Everything is in place. Begin your application."), "url": "", "name": ""}


def next_of_conditions(label: Label) -> dict:
    """Say which conditions of a label its holder has to show, until when; or that the network has them."""
    to_show = [one for one in label.open_conditions if not one.is_sent]
    if not to_show:
        return {
            "text": _("Nothing for you: the network checks your conditions."),
            "url": "",
            "name": "",
            "is_for_later": True,
        }
    url = reverse("quality_label:own-label", args=[label.organiser.slug])
    return {"text": said_of_conditions(label, to_show), "url": url, "name": _("Show that it is met")}


def said_of_conditions(label: Label, to_show: list) -> str:
    """Say by when which conditions of a label are to be shown, and what happens otherwise."""
    one = _("%(code)s by %(day)s")
    said = [one % {"code": each.code, "day": date_format(each.due_on)} for each in to_show]
    text = ngettext(
        "Your turn. A condition is open: %(conditions)s. Send what shows that it is met. Without that the label is "
        "suspended after %(end)s.",
        "Your turn. Conditions are open: %(conditions)s. Send what shows that they are met. Without that the label is "
        "suspended after %(end)s.",
        len(said),
    )
    return text % {"conditions": ", ".join(said), "end": date_format(label.valid_until)}


def days_in_words(application: Application) -> str:
    """Say how many days went by since one applied, whether they counted or not."""
    days = (clock.today() - application.day_0).days
    return ngettext("%(count)d day since you applied", "%(count)d days since you applied", days) % {"count": days}
