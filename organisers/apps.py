from django.apps import AppConfig

from portal.ui.panels import register


class OrganisersConfig(AppConfig):
    name = "organisers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register("account_holds", "organisers.panels.account_holds")
        register("workspace_waiting", "organisers.panels.waiting_requests")
        register("workspace_waiting", "organisers.panels.waiting_checks")
