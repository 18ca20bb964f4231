from django.db import migrations

from portal import clock
from portal.accounts.shipping import ship


def ship_new_languages(apps, schema_editor):
    ship(apps.get_model("accounts", "TermsVersion"), apps.get_model("accounts", "TermsText"), 1, clock.today())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_gaps_in_downloads")]
    operations = [migrations.RunPython(ship_new_languages, migrations.RunPython.noop, elidable=False)]
