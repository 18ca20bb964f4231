"""The case on paper, by WeasyPrint."""

from django.template.loader import render_to_string
from django.utils.translation import get_language

from badges.cards import printing
from quality_label.models import Application, Report
from quality_label.pseudonyms import sample_of
from quality_label.sections import place_title, section_of
from quality_label.wording import said_of


def case_pdf(application: Application, *, with_reviews: bool) -> bytes:
    """Return a case as a tagged PDF in the reader's language: the file, its proofs, and what was agreed on.

    Assessors are numbers and learners have no names; reviews are in it for those who may see them.
    """
    snapshot = application.snapshots.last()
    document = snapshot.document if snapshot else {}
    answers = document.get("answers", {})
    places = list(application.assignments.locked().prefetch_related("ratings")) if with_reviews else []
    ratings = [{rating.code: rating for rating in place.ratings.all()} for place in places]
    rows = application.consensus.by_code() if with_reviews else {}
    evidence = list(application.handed_in_evidence())
    names = application.sample.names()
    context = {
        "application": application,
        "language": get_language(),
        "rules": application.rules,
        "days": application.days(),
        "snapshot": snapshot,
        "others": [
            (place_title(application.rules, place), said_of(content, names))
            for place, content in answers.items()
            if section_of(place) != "criteria"
        ],
        "asked": application.clarifications.closed(),
        "evidence": evidence,
        "sample": sample_of(application, with_work=False),
        "areas": [
            (
                area,
                [
                    {
                        "criterion": criterion,
                        "own": answers.get(f"criterion:{criterion.code}", {}),
                        "evidence": [item.number for item in evidence if criterion.code in item.criteria],
                        "reviews": [review.get(criterion.code) for review in ratings],
                        "agreed": rows.get(criterion.code),
                    }
                    for criterion in area.criteria
                ],
            )
            for area in application.rules.areas
        ],
        "places": places,
        "report": Report.objects.filter(application=application).first() if with_reviews else None,
        "conditions": application.proposed_conditions if with_reviews else [],
    }
    return printing().pdf(render_to_string("quality_label/documents/case.html", context))
