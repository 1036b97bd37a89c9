# Written for every supported Wagtail: the base page by swapper.

import django.db.models.deletion
import swapper
from django.conf import settings
from django.db import migrations, models

swapper.set_app_prefix('wagtailcore', 'wagtail')
PAGE_MODEL = swapper.get_model_name('wagtailcore', 'Page')


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        swapper.dependency('wagtailcore', 'Page'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportedArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_key', models.CharField(max_length=80, unique=True)),
                ('title', models.CharField(blank=True, max_length=255, verbose_name='title')),
                ('imported_at', models.DateTimeField(verbose_name='imported')),
                ('imported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'imported article',
                'verbose_name_plural': 'imported articles',
                'indexes': [models.Index(fields=['title'], name='massage_importer_title')],
            },
        ),
    ]
