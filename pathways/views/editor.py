"""Views of Wagtail's admin that ask nobody, narrowed to what is the person's business."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView, ExternalLinkView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from pathways.authoring import own_or_live, sees_everything
from portal.access import in_cms


def explorable(user):
    """Return the pages that a person works on, with those on the way to them."""
    return policy_registry.get_by_type(Page).explorable_instances(user)


def choosable(user):
    """Return the pages that a person may choose from."""
    return own_or_live(Page.objects.all(), user)


def narrowed(view, pages, *names):
    """Let a view of Wagtail's answer about the numbers in its address or query that `pages(user)` has; else 404."""

    @require_admin_access
    @wraps(view)
    def checked(request, **kwargs):
        wanted = {str(kwargs[name]) for name in names} or set(request.GET.getlist("id"))
        known = pages(request.user).filter(pk__in=[number for number in wanted if number.isdecimal()])
        if known.distinct().count() != len(wanted):
            raise Http404
        return view(request, **kwargs)

    return never_cache(in_cms(checked))


page_list, page_list_results = (
    narrowed(page_viewset_registry.as_view(name, parent_page_id_kwarg="parent_page_id"), explorable, "parent_page_id")
    for name in ["index", "index_results"]
)
move_confirm = narrowed(
    page_viewset_registry.as_view("move_confirm", page_id_kwarg="page_to_move_id"),
    explorable,
    "page_to_move_id",
    "destination_id",
)
choose_below = narrowed(BrowseView.as_view(), choosable, "parent_page_id")
chosen = narrowed(ChosenMultipleView.as_view(), choosable)


class AllPageTypesView(PageTypesUsageReportView):
    """A report that names the page last edited of each kind, for those who look after all of them."""

    def dispatch(self, request, *args, **kwargs):
        if not sees_everything(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


page_types, page_types_results = (
    in_cms(require_admin_access(AllPageTypesView.as_view(results_only=alone))) for alone in (False, True)
)


class NamedLinkView(ExternalLinkView):
    """Wagtail names a page that a typed address leads to by its newest draft; here as the person may read it."""

    def render_chosen_response(self, result):
        """Answer with the address, or with the page that it leads to."""
        if "id" in result:
            page = Page.objects.get(pk=result["id"]).specific
            result |= {"adminTitle": page.get_admin_display_title()}
        return super().render_chosen_response(result)


choose_address = never_cache(in_cms(require_admin_access(NamedLinkView.as_view())))


class OwnCollectionsMixin:
    """Wagtail lists every organiser's files to whoever may enter its admin; here what the person may choose."""

    @classmethod
    def as_view(cls, *args, **kwargs):
        return in_cms(super().as_view(*args, **kwargs))

    def get_queryset(self):
        mine = policy_registry.get_by_type(self.model).instances_user_has_permission_for(self.request.user, "choose")
        return super().get_queryset().filter(pk__in=mine.values("pk"))


class OwnDocumentsAPIViewSet(OwnCollectionsMixin, DocumentsAdminAPIViewSet):
    """The documents in one's own collections."""


class OwnImagesAPIViewSet(OwnCollectionsMixin, ImagesAdminAPIViewSet):
    """The pictures in one's own collections."""
