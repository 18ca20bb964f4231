from django.apps import AppConfig

from portal.ui import panels


class SiteConfig(AppConfig):
    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        panels.register("colophon", "cms.panels.footer_pages")
