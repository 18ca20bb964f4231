from django.apps import AppConfig


class OrganisersConfig(AppConfig):
    name = "organisers"
    default_auto_field = "django.db.models.BigAutoField"
