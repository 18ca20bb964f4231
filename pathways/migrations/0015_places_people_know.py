from django.db import migrations, models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat


def take_from_dates(apps, schema_editor):
    place = Concat(
        "page__address", Value("\n"), Coalesce("page__city__name", Value("")), Value("\n"), "room",
        output_field=models.TextField(),
    )
    dates = apps.get_model("pathways", "ActivityDate").objects.filter(key=OuterRef("date_key")).order_by("page_id")
    apps.get_model("pathways", "Registration").objects.update(whereabouts=Subquery(dates.values(place=place)[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('pathways', '0014_times_people_know'),
    ]

    operations = [
        migrations.AddField(
            model_name='registration',
            name='whereabouts',
            field=models.TextField(null=True),
        ),
        migrations.RunPython(take_from_dates, migrations.RunPython.noop),
    ]
