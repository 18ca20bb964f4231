from django.apps import AppConfig

from badges import subjects
from portal.ui.panels import register


class PathwaysConfig(AppConfig):
    name = "pathways"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        subjects.register("activity", "pathways.actions.endorsable.ACTIVITIES")
        register("account_holds", "pathways.panels.account_holds")
        register("workspace_waiting", "pathways.panels.waiting_reviews")
        register("workspace_waiting", "pathways.panels.waiting_questions")
        register("organiser_page", "pathways.panels.organiser_playlists")
        register("badge_next", "pathways.panels.next_playlists")
