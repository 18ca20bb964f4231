from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"
