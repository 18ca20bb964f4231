"""The report of pages that want an editor's hand, in Wagtail's admin."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.care import pages_to_look_after
from pathways.wagtail_hooks import sees_everything


class PagesToLookAfterView(WagtailAdminTemplateMixin, TemplateView):
    """List what is missing, broken, out of date or not translated on the pages of the site."""

    template_name = "cms/admin/look_after.html"
    page_title = _("Pages to look after")
    header_icon = "warning"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not sees_everything(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(found=pages_to_look_after(), **kwargs)
