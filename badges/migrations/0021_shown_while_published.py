from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("badges", "0020_addresses_given_up")]

    operations = [
        migrations.AddField("awardrow", "narrative_is_public", models.BooleanField(default=False)),
        migrations.AddField("assertion", "says_too_much", models.BooleanField(default=False)),
        migrations.AddIndex(
            "assertion",
            models.Index(
                fields=["id"], condition=models.Q(("says_too_much", True)), name="assertion_says_too_much"
            ),
        ),
    ]
