from importlib import import_module

from django.apps import AppConfig
from django.core.checks import Tags, register

from badges import subjects
from portal.ui import panels


class BadgesConfig(AppConfig):
    name = "badges"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        subjects.register(subjects.ORGANISER, "badges.actions.endorsable.ORGANISERS")
        subjects.register(subjects.BADGE, "badges.actions.endorsable.BADGES")
        subjects.register(subjects.ASSERTION, "badges.actions.endorsable.ASSERTIONS")
        panels.register("account_holds", "badges.panels.account_holds")
        panels.register("account_loses", "badges.panels.account_loses")
        panels.register("account_loses", "badges.panels.badges_of_both")
        panels.register("address_row", "badges.panels.address_row")
        panels.register("address_leaving", "badges.panels.address_leaving")
        panels.register("organiser_page", "badges.panels.issued_badges")
        panels.register("organiser_page", "badges.panels.issued_elsewhere")
        panels.register("organiser_page", "badges.panels.organiser_endorsements")
        panels.register("workspace_actions", "badges.panels.workspace_actions")
        panels.register("workspace_waiting", "badges.panels.workspace_waiting")
        panels.register("workspace_overview", "badges.panels.workspace_figures")
        checks = import_module("badges.checks")
        register(checks.base_address_is_the_first, Tags.database)
