"""The Celery application: the same jobs as the embedded worker, spread over machines."""

import os

from celery import Celery
from celery.signals import worker_init

from portal import schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")


@app.on_after_finalize.connect
def register_jobs(sender, **kwargs):
    """Give the jobs to beat."""
    sender.conf.beat_schedule = schedule.beat_schedule()


@worker_init.connect
def load_jobs(**kwargs):
    """Give the jobs to workers."""
    schedule.discover()
