"""Who runs the portal and how accessible it is: facts of the operator, with what editors wrote beside them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from cms.models import Operator, StandardPage
from cms.views.content import facts_of
from portal.access import public
from portal.pages import kept_for_strangers
from portal.ui.alternates import alternates_of_list
from reports.models import Report


def with_words(request, slug: str) -> dict:
    """Return the operator's facts and, where editors wrote a page of this name, what that is shown with."""
    page = StandardPage.objects.for_readers(Locale.get_active()).filter(slug=slug).first()
    facts = facts_of(page) if page else {}
    return facts | {"operator": Operator.load(), "alternates": alternates_of_list(request.path)}


@require_safe
@public
@kept_for_strangers
def imprint(request):
    """Say who runs this portal."""
    return render(request, "cms/imprint.html", with_words(request, "imprint"))


@require_safe
@public
@kept_for_strangers
def accessibility(request):
    """Say how accessible the portal is, whom to tell what does not work, and whom to turn to after that."""
    promised = {"days": Report.PROMISED_DAYS}
    return render(request, "cms/accessibility.html", with_words(request, "accessibility") | promised)
