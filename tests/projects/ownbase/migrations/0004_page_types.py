import django.core.validators
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ownbase', '0003_finalize'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtail_massage_treatments', '0001_initial'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.CreateModel(
            name='SpaArticle',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('standfirst', models.CharField(blank=True, help_text='One or two sentences under the title. They also introduce the page on cards.', max_length=300, verbose_name='standfirst')),
                ('hero_alt', models.CharField(blank=True, help_text='What the image shows, for people who cannot see it. Left empty, the description that is stored with the image is used.', max_length=255, verbose_name='image description')),
                ('body', wagtail.fields.StreamField([('text', 0), ('heading', 1), ('image', 2), ('quote', 3), ('callout', 4), ('benefit_list', 5)], blank=True, block_lookup={0: ('wagtail_massage.benefits.blocks.TextBlock', [], {}), 1: ('wagtail_massage.benefits.blocks.HeadingBlock', [], {}), 2: ('wagtail_massage.benefits.blocks.ImageWithCaptionBlock', [], {}), 3: ('wagtail_massage.benefits.blocks.QuoteBlock', [], {}), 4: ('wagtail_massage.benefits.blocks.CalloutBlock', [], {}), 5: ('wagtail_massage.benefits.blocks.BenefitListBlock', [], {})}, help_text='An introduction, the benefit list, and a closing thought.', verbose_name='body')),
                ('display_date', models.DateField(blank=True, help_text='Left empty, the day of first publication is shown.', null=True, verbose_name='date shown')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtail_massage_treatments.person', verbose_name='author')),
                ('hero_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='hero image')),
            ],
            options={
                'abstract': False,
            },
            bases=('ownbase.basepage', models.Model),
        ),
        migrations.CreateModel(
            name='SpaArticleSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='subjects', to='ownbase.spaarticle')),
                ('treatment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='treatment')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SpaArticleTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='ownbase.spaarticle')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='spaarticle',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='ownbase.SpaArticleTag', to='taggit.Tag', verbose_name='Tags'),
        ),
        migrations.CreateModel(
            name='SpaIndex',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('standfirst', models.CharField(blank=True, help_text='One or two sentences under the title. They also introduce the page on cards.', max_length=300, verbose_name='standfirst')),
                ('hero_alt', models.CharField(blank=True, help_text='What the image shows, for people who cannot see it. Left empty, the description that is stored with the image is used.', max_length=255, verbose_name='image description')),
                ('hero_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='hero image')),
            ],
            options={
                'abstract': False,
            },
            bases=('ownbase.basepage', models.Model),
        ),
        migrations.CreateModel(
            name='SpaJournal',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('standfirst', models.CharField(blank=True, help_text='One or two sentences under the title. They also introduce the page on cards.', max_length=300, verbose_name='standfirst')),
                ('hero_alt', models.CharField(blank=True, help_text='What the image shows, for people who cannot see it. Left empty, the description that is stored with the image is used.', max_length=255, verbose_name='image description')),
                ('hero_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='hero image')),
            ],
            options={
                'abstract': False,
            },
            bases=('ownbase.basepage', models.Model),
        ),
        migrations.CreateModel(
            name='SpaTreatment',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('standfirst', models.CharField(blank=True, help_text='One or two sentences under the title. They also introduce the page on cards.', max_length=300, verbose_name='standfirst')),
                ('hero_alt', models.CharField(blank=True, help_text='What the image shows, for people who cannot see it. Left empty, the description that is stored with the image is used.', max_length=255, verbose_name='image description')),
                ('body', wagtail.fields.StreamField([('text', 0), ('heading', 1), ('image', 2), ('quote', 3), ('callout', 4)], blank=True, block_lookup={0: ('wagtail_massage.benefits.blocks.TextBlock', [], {}), 1: ('wagtail_massage.benefits.blocks.HeadingBlock', [], {}), 2: ('wagtail_massage.benefits.blocks.ImageWithCaptionBlock', [], {}), 3: ('wagtail_massage.benefits.blocks.QuoteBlock', [], {}), 4: ('wagtail_massage.benefits.blocks.CalloutBlock', [], {})}, help_text='What the treatment is like.', verbose_name='body')),
                ('what_to_expect', wagtail.fields.RichTextField(blank=True, help_text='What happens, from arriving to leaving.', verbose_name='what to expect')),
                ('prepare', wagtail.fields.RichTextField(blank=True, verbose_name='how to prepare')),
                ('aftercare', wagtail.fields.RichTextField(blank=True, verbose_name='aftercare')),
                ('is_clinical', models.BooleanField(default=False, help_text='Tick only if it is given as therapy by a qualified clinician, not for relaxation.', verbose_name='clinical treatment')),
                ('body_areas', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='wagtail_massage_treatments.bodyarea', verbose_name='body areas')),
                ('contraindications', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Who should not have this treatment, or only with care. Shown before the booking links.', related_name='+', to='wagtail_massage_treatments.contraindication', verbose_name='contraindications')),
                ('hero_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='hero image')),
            ],
            options={
                'abstract': False,
            },
            bases=('ownbase.basepage', models.Model),
        ),
        migrations.CreateModel(
            name='SpaTreatmentOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('label', models.CharField(help_text='For example “Whole legs”.', max_length=120, verbose_name='label')),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1440)], verbose_name='minutes')),
                ('price', models.DecimalField(blank=True, decimal_places=2, help_text='In the currency of the site. Left empty, guests are asked to enquire.', max_digits=10, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='price')),
                ('price_from', models.BooleanField(default=False, help_text='The price is the lowest one: “from …”.', verbose_name='“from” price')),
                ('booking_url', models.URLField(blank=True, max_length=500, verbose_name='booking address')),
                ('active', models.BooleanField(default=True, help_text='Untick to take the option off the page for a while.', verbose_name='offered')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='ownbase.spatreatment')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SpaTreatmentTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='ownbase.spatreatment')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='spatreatment',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='ownbase.SpaTreatmentTag', to='taggit.Tag', verbose_name='Tags'),
        ),
    ]
