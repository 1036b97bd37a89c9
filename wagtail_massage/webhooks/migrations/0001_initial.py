import django.db.models.deletion
import uuid
import wagtail_massage.webhooks.models
import wagtail_massage.webhooks.signing
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(verbose_name='next attempt')),
                ('claimed_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('outcome', models.CharField(blank=True, choices=[('DELIVERED', 'Delivered'), ('FAILED', 'Given up')], max_length=16, verbose_name='outcome')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
            },
        ),
        migrations.CreateModel(
            name='WebhookAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('url', models.CharField(max_length=500)),
                ('address', models.CharField(blank=True, max_length=64)),
                ('secrets', models.CharField(blank=True, max_length=100)),
                ('trouble', models.CharField(blank=True, max_length=16)),
                ('detail', models.CharField(blank=True, max_length=500)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('milliseconds', models.PositiveIntegerField(default=0)),
                ('answer_headers', models.TextField(blank=True)),
                ('answer_body', models.TextField(blank=True)),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='wagtail_massage_webhooks.webhookdelivery')),
            ],
            options={
                'verbose_name': 'attempt of a webhook',
                'verbose_name_plural': 'attempts of webhooks',
            },
        ),
        migrations.CreateModel(
            name='WebhookEndpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What your colleagues will recognise it by.', max_length=80, unique=True, verbose_name='name')),
                ('url', models.CharField(help_text='Messages are posted to it, as JSON. It must be on the public internet.', max_length=500, verbose_name='address')),
                ('events', models.JSONField(default=wagtail_massage.webhooks.models.every_event, verbose_name='events')),
                ('is_active', models.BooleanField(default=True, help_text='While it is off nothing is noted for it, and what was noted before waits.', verbose_name='active')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('site', models.ForeignKey(blank=True, help_text='Only what happens on this site is told; left empty, what happens on any of them.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'webhook',
                'verbose_name_plural': 'webhooks',
            },
        ),
        migrations.AddField(
            model_name='webhookdelivery',
            name='endpoint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='wagtail_massage_webhooks.webhookendpoint'),
        ),
        migrations.CreateModel(
            name='WebhookEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('type', models.CharField(max_length=32, verbose_name='event')),
                ('body', models.TextField()),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'event of a webhook',
                'verbose_name_plural': 'events of webhooks',
                'indexes': [models.Index(fields=['created_at'], name='massage_webhook_event')],
            },
        ),
        migrations.AddField(
            model_name='webhookdelivery',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='wagtail_massage_webhooks.webhookevent'),
        ),
        migrations.CreateModel(
            name='WebhookSecret',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=wagtail_massage.webhooks.signing.make_secret, max_length=100)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secrets', to='wagtail_massage_webhooks.webhookendpoint')),
            ],
            options={
                'verbose_name': 'secret of a webhook',
                'verbose_name_plural': 'secrets of webhooks',
            },
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(fields=['finished_at', 'due_at'], name='massage_webhook_due'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(fields=['endpoint', 'id'], name='massage_webhook_log'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.UniqueConstraint(fields=('event', 'endpoint'), name='massage_webhook_delivery'),
        ),
    ]
