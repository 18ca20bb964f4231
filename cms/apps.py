from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save

from portal.ui import panels


class SiteConfig(AppConfig):
    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        panels.register("colophon", "cms.panels.footer_pages")
        moved = import_module("wagtail.signals").post_page_move
        for signal in (post_save, post_delete, moved):
            signal.connect(import_module("cms.indexes").forget, dispatch_uid="cms.indexes")
