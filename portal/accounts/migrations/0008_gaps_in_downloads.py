from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_reminders")]

    operations = [migrations.AddField("dataexport", "gaps", models.JSONField(default=list))]
