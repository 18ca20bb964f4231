from django.apps import AppConfig

from portal.ui.panels import register


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register("account_links", "reports.panels.account_links")
        register("colophon", "reports.panels.report_link")
        register("workspace_waiting", "reports.panels.waiting_reports")
