import json
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from badges.models import AwardBatch, Collection, Endorsement, MoveIn
from cms.actions import build_site_tree
from cms.demo.applications import build_applications, build_issuing
from cms.demo.awards import build_awards
from cms.demo.collections import build_collections, build_portfolio, build_shares
from cms.demo.crowd import build_crowd, is_there
from cms.demo.data import LEARNERS
from cms.demo.description import describe
from cms.demo.editorial import build_editorial
from cms.demo.endorsements import build_endorsements
from cms.demo.event import build_event
from cms.demo.history import build_history
from cms.demo.label import build_framework, choose_training
from cms.demo.move_ins import build_move_ins
from cms.demo.organisations import WAITING, build_organisers, build_people, build_unit, build_waiting_check
from cms.demo.pages import build_playlists
from cms.demo.training import build_learner, build_training
from cms.models import StandardPage
from organisers.models import Organiser, VerificationCase
from pathways.models import Enrolment, PlaylistPage
from portal import clock
from quality_label.models import Application, FrameworkVersion, TrainingBadge

FOUNDED = timedelta(days=720)


class Command(BaseCommand):
    """Load the demo network, or say what is in it."""

    help = "Loads the demo network where it is missing; --describe prints accounts and example addresses as JSON."

    def add_arguments(self, parser):
        parser.add_argument("--learners", type=int, default=len(LEARNERS), help="how many learners")
        parser.add_argument(
            "--size", type=int, default=0, help="how many activities more all over Europe, ten of each organiser"
        )
        parser.add_argument("--describe", action="store_true", help="print what is there, as JSON")

    def handle(self, *args, **options):
        if options["describe"]:
            if Organiser._meta.db_table not in connection.introspection.table_names():
                raise CommandError("There is no database yet: start the portal once, with DEMO=1, then ask again.")
            self.stdout.write(json.dumps(describe(), indent=2, ensure_ascii=False))
            return
        if not settings.DEMO:
            raise CommandError("The demo has known passwords: set DEMO=1, on a loopback address, to load it.")
        build_site_tree()
        if not Organiser.objects.exists():
            with transaction.atomic(), clock.moved_to(-FOUNDED):
                build_people(options["learners"])
                build_organisers()
            self.stdout.write("People and organisers are there.")
        if not PlaylistPage.objects.exists():
            with clock.moved_to(-FOUNDED):
                build_playlists()
                build_training()
                build_event()
            self.stdout.write("Playlists, activities and badges are there.")
        if not StandardPage.objects.exists():
            build_editorial()
            self.stdout.write("The pages of the site are there.")
        if not Enrolment.objects.exists():
            build_issuing()
            build_history()
            self.stdout.write("Learners have been at work.")
        if not AwardBatch.objects.filter(source=AwardBatch.Source.LIST).exists():
            build_awards()
            self.stdout.write("Badges were awarded by list.")
        if not Collection.objects.exists():
            with transaction.atomic():
                build_collections()
                build_portfolio()
                build_shares()
            self.stdout.write("A learner shows a collection of badges.")
        if not Organiser.objects.exclude(parent=None).exists():
            with transaction.atomic():
                build_unit()
            self.stdout.write("A unit is there, an invitation and a request to join.")
        if not Endorsement.objects.exists():
            with transaction.atomic():
                build_endorsements()
            self.stdout.write("Organisers endorse each other.")
        if not MoveIn.objects.exists():
            with transaction.atomic():
                build_move_ins()
            self.stdout.write("What two organisers issued elsewhere before is there.")
        if not FrameworkVersion.objects.exists():
            with transaction.atomic():
                build_framework()
            self.stdout.write("The criteria of the label are in force, and a draft is there.")
        if not TrainingBadge.objects.exists():
            choose_training()
            build_learner()
            self.stdout.write("The badge of the training is chosen, and somebody is on the way to it.")
        if not VerificationCase.objects.filter(organiser__slug=WAITING).exists():
            with transaction.atomic():
                build_waiting_check()
            self.stdout.write("The check of an organiser waits for its answer.")
        if not Application.objects.exists():
            build_applications()
            self.stdout.write("Applications for the label are on their way, and labels are held.")
        if options["size"] > 0 and not is_there():
            build_crowd(options["size"])
            self.stdout.write("A crowd of organisers and activities is there.")
