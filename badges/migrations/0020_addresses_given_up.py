from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("badges", "0019_address_requests")]

    operations = [
        migrations.AddField("assertion", "address_given_up", models.BooleanField(default=False)),
        migrations.RemoveConstraint("assertion", "one_live_assertion"),
        migrations.AddConstraint(
            "assertion",
            models.UniqueConstraint(
                fields=["badge_class", "email"],
                condition=models.Q(
                    ("address_given_up", False),
                    ("is_repeat", False),
                    ("state__in", ["waiting", "collected", "declined"]),
                    ("superseded_by", None),
                ),
                name="one_live_assertion",
            ),
        ),
    ]
