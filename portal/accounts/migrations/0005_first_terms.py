from django.db import migrations

from portal import clock
from portal.accounts.shipping import ship


def ship_first_terms(apps, schema_editor):
    ship(apps.get_model("accounts", "TermsVersion"), apps.get_model("accounts", "TermsText"), 1, clock.today())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_terms")]
    operations = [migrations.RunPython(ship_first_terms, migrations.RunPython.noop, elidable=False)]
