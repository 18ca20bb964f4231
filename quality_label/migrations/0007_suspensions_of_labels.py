from datetime import timedelta

import django.db.models.deletion
import portal.clock
from django.conf import settings
from django.db import migrations, models


HEARING, CONFIRMATION, CURE = timedelta(days=14), timedelta(days=5), timedelta(days=60)


def keep_running_suspensions(apps, _schema_editor):
    """Write down the suspension of each label that is suspended, as far as it is known."""
    suspensions = apps.get_model("quality_label", "LabelSuspension").objects
    for label in apps.get_model("quality_label", "Label").objects.exclude(suspended_at=None):
        since = label.suspended_at.date()
        facts = {"label": label, "words": label.words, "suspended_at": label.suspended_at}
        if label.suspended_untrained:
            suspensions.create(cause="untrained", cure_by=since + CURE, **facts)
        else:
            days = {"confirm_by": since + CONFIRMATION, "answer_by": since + HEARING}
            suspensions.create(cause="complaint", confirmed_at=label.suspended_at, **days, **facts)


def name_a_ground(apps, _schema_editor):
    """Say of labels that were revoked before there were grounds that what was missing was not made good."""
    apps.get_model("quality_label", "Label").objects.filter(state="revoked").update(ground="not_cured")


class Migration(migrations.Migration):
    dependencies = [
        ("badges", "0026_offered_languages"),
        ("organisers", "0008_time_zones_of_cities"),
        ("quality_label", "0006_offered_languages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LabelSuspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("complaint", "A serious complaint is being looked at."),
                            ("unreported", "A change that matters was not reported."),
                            ("verification", "The verification of the organiser is in doubt."),
                            ("misuse", "The label is shown where it does not belong."),
                            ("untrained", "For 90 days no member has held a valid training badge."),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=2000)),
                ("suspended_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                ("confirm_by", models.DateField(editable=False, null=True)),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                ("answer_by", models.DateField(editable=False, null=True)),
                ("answer", models.TextField(blank=True, max_length=3000)),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                ("cure_by", models.DateField(editable=False, null=True)),
                ("lifted_words", models.TextField(blank=True, max_length=2000)),
                ("lifted_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="labelsuspension",
            name="answered_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="labelsuspension",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="labelsuspension",
            name="label",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="suspensions", to="quality_label.label"
            ),
        ),
        migrations.AddField(
            model_name="labelsuspension",
            name="suspended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="label",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("false_evidence", "The evidence was false."),
                    ("harm", "Learners came to harm."),
                    ("misuse", "The label was misused, and that went on."),
                    ("verification", "The verification of the organiser was revoked."),
                    ("not_cured", "What was missing was not made good in time."),
                    ("order", "A court, or the protection of learners, asked for it."),
                ],
                editable=False,
                max_length=14,
            ),
        ),
        migrations.AddConstraint(
            model_name="labelsuspension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)), fields=("label",), name="one_running_suspension"
            ),
        ),
        migrations.AddConstraint(
            model_name="labelsuspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer_by__isnull", False),
                        ("cause__in", ["complaint", "unreported", "verification", "misuse"]),
                        ("confirm_by__isnull", False),
                        ("cure_by", None),
                    ),
                    models.Q(
                        models.Q(("cause__in", ["complaint", "unreported", "verification", "misuse"]), _negated=True),
                        ("answer_by", None),
                        ("confirm_by", None),
                        ("cure_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="suspension_is_heard_or_cured",
            ),
        ),
        migrations.AddConstraint(
            model_name="labelsuspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="suspension_answered_once",
            ),
        ),
        migrations.RunPython(keep_running_suspensions, migrations.RunPython.noop),
        migrations.RunPython(name_a_ground, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="label",
            name="suspended_label_remembers",
        ),
        migrations.RemoveField(
            model_name="label",
            name="suspended_at",
        ),
        migrations.RemoveField(
            model_name="label",
            name="suspended_untrained",
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "suspended"), _negated=True),
                    models.Q(("state_before", ""), _negated=True),
                    _connector="OR",
                ),
                name="suspended_label_remembers",
            ),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "revoked"), ("ground", ""), _connector="XOR"),
                name="revoked_label_says_why",
            ),
        ),
    ]
