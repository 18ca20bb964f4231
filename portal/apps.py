from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_delete, post_save


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        if settings.REDIS_URL:
            import_module("portal.celery")
        signals = import_module("wagtail.signals")
        for signal in (signals.page_published, signals.page_unpublished, signals.post_page_move):
            signal.connect(forget_pages_of_wagtail, dispatch_uid="portal.pages")
        post_delete.connect(forget_pages_of_wagtail, sender="wagtailcore.Page", dispatch_uid="portal.pages")
        for signal in (post_save, post_delete):
            signal.connect(
                forget_pages_of_wagtail, sender="wagtailcore.PageViewRestriction", dispatch_uid="portal.pages"
            )


def forget_pages_of_wagtail(**facts):
    """Empty the store of pages when an editor changes one."""
    import_module("portal.pages").forget_pages()
