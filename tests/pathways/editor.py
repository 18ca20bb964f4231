"""Sending the forms of the editor, by hand or by forgery."""

from pathways.models import PlaylistPage, SectionPage


def section(organiser):
    return SectionPage.objects.get(organiser=organiser, locale__language_code="en")


def activity_words(**changes) -> dict:
    """Return what the editor's form of an activity sends."""
    counts = {f"{name}-count": "0" for name in ("body", "things_to_do", "access", "checklist", "quiz")}
    forms = {f"{name}-{kind}_FORMS": "0" for name in ("dates", "comments") for kind in ("TOTAL", "INITIAL")}
    words = {
        "title": "Changed", "slug": "changed", "summary": "New words.", "kind": "workshop", "minutes": "20",
        "audience": "public", "mode": "online", "judge": "self", "answer_days": "10", "pass_mark": "80",
        "pause_hours": "12", "peers": "2", "dates_needed": "1",
    }  # fmt: skip
    return counts | forms | words | changes


def send_playlist(client, page, steps, **changes):
    """Send the editor's form of a playlist, with the activities chosen by hand or by forgery."""
    words = {
        "title": page.title, "slug": page.slug, "summary": "Ride safely.", "body-count": "0", "outcomes-count": "0",
        "groups-count": "0", "prerequisites-count": "0", "order": "free",
        "required_count": "", "badge_class": "", "steps-TOTAL_FORMS": str(len(steps)), "steps-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    for number, step in enumerate(steps):
        words |= {
            f"steps-{number}-activity": str(step.pk),
            f"steps-{number}-ORDER": str(number + 1),
            f"steps-{number}-id": "",
        }
    return client.post(f"/cms/pages/{page.pk}/edit/", words | changes)


def draft(page):
    return PlaylistPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def steps_in_draft(page):
    return [step.activity_id for step in draft(page).steps.all()]
