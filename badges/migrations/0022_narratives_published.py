from django.db import migrations
from django.db.models import Q


def keep_what_is_published(apps, _schema_editor):
    """Let pages go on showing what they show, and mark the badges whose files say more than their pages."""
    badges, rows = apps.get_model("badges", "Assertion").objects, apps.get_model("badges", "AwardRow").objects
    named = badges.filter(published_at__isnull=False, shows_name=True)
    told = Q(pk__in=named.values("row")) | Q(state="due", supersedes__in=named.values("pk"))
    rows.filter(told).exclude(narrative="").update(narrative_is_public=True)
    secret = rows.exclude(narrative="").filter(narrative_is_public=False)
    ticked = rows.exclude(narrative="", public_evidence=[], result_is_public=False)
    more = Q(row__in=secret.values("pk")) | Q(published_at=None, row__in=ticked.values("pk"))
    badges.filter(more, erased_at=None).exclude(state="withdrawn").update(says_too_much=True)


class Migration(migrations.Migration):
    dependencies = [("badges", "0021_shown_while_published")]

    operations = [migrations.RunPython(keep_what_is_published, migrations.RunPython.noop)]
