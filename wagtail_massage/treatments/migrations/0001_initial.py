import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from wagtail.search import index


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BodyArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='slug')),
            ],
            options={
                'verbose_name': 'body area',
                'verbose_name_plural': 'body areas',
            },
            bases=(index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Contraindication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='In words that guests use, in lower case: it stands within a sentence.', max_length=120, validators=[django.core.validators.MinLengthValidator(2)], verbose_name='name')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='slug')),
                ('synonyms', models.TextField(blank=True, help_text='Other words for it, one a line, as guests may write them.', verbose_name='synonyms')),
                ('level', models.CharField(choices=[('AVOID', 'Avoid the treatment'), ('AVOID_AREA', 'Avoid the area'), ('ASK_DOCTOR', 'Ask a doctor first'), ('ADAPT', 'Adapt the treatment')], default='ASK_DOCTOR', max_length=10, verbose_name='level')),
                ('explanation', models.TextField(blank=True, help_text='Why, and what to do instead. Shown with the name.', verbose_name='explanation')),
                ('clinically_reviewed_date', models.DateField(blank=True, help_text='The day on which a clinician has checked this entry. Empty means: not clinically reviewed.', null=True, verbose_name='clinically reviewed on')),
            ],
            options={
                'verbose_name': 'contraindication',
                'verbose_name_plural': 'contraindications',
            },
            bases=(index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('role', models.CharField(blank=True, help_text='Shown under the name.', max_length=120, verbose_name='role')),
                ('credentials', models.CharField(blank=True, help_text='Diplomas and registrations, as they are printed.', max_length=255, verbose_name='credentials')),
                ('user', models.ForeignKey(blank=True, help_text='The account with which this person signs in here, if there is one.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user account')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
            },
            bases=(index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='DraftPreview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32, unique=True)),
                ('page_type', models.CharField(max_length=200)),
                ('page_key', models.CharField(max_length=300)),
                ('content', models.TextField()),
                ('changed_at', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'draft in a preview',
                'verbose_name_plural': 'drafts in previews',
                'indexes': [models.Index(fields=['user', 'page_type'], name='massage_preview_of_user')],
            },
        ),
    ]
