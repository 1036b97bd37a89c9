import django.db.models.deletion
import swapper
import uuid
from django.conf import settings
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")
PAGE_MODEL = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        swapper.dependency("wagtailcore", "Page"),
    ]

    operations = [
        migrations.CreateModel(
            name='CommentThread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_title', models.CharField(blank=True, max_length=255, verbose_name='page title')),
                ('page_url', models.CharField(blank=True, max_length=2000, verbose_name='page address')),
                ('policy', models.CharField(blank=True, choices=[('PRE', 'Open, a moderator reads every comment first'), ('POST', 'Open, comments appear at once unless a check holds them'), ('CLOSED', 'Closed: comments can be read, not written'), ('OFF', 'Off: comments can neither be read nor written')], help_text='Who may comment here, and whether a moderator reads a comment before everybody else does.', max_length=16, verbose_name='policy')),
                ('unconfirmed_count', models.PositiveIntegerField(default=0)),
                ('pending_count', models.PositiveIntegerField(default=0)),
                ('approved_count', models.PositiveIntegerField(default=0)),
                ('rejected_count', models.PositiveIntegerField(default=0)),
                ('spam_count', models.PositiveIntegerField(default=0)),
                ('removed_count', models.PositiveIntegerField(default=0)),
                ('erased_count', models.PositiveIntegerField(default=0)),
                ('visible_count', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveBigIntegerField(default=0)),
                ('page', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'comment thread',
                'verbose_name_plural': 'comment threads',
            },
        ),
        migrations.CreateModel(
            name='VisitorComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('path', models.CharField(max_length=104)),
                ('depth', models.PositiveSmallIntegerField()),
                ('reply_count', models.PositiveIntegerField(default=0)),
                ('status', models.CharField(choices=[('UNCONFIRMED', 'Unconfirmed'), ('PENDING', 'Pending'), ('APPROVED', 'Approved'), ('REJECTED', 'Rejected'), ('SPAM', 'Spam'), ('REMOVED', 'Removed'), ('ERASED', 'Erased')], max_length=16, verbose_name='status')),
                ('is_visible', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('author_kind', models.CharField(choices=[('GUEST', 'Guest'), ('USER', 'User of this site'), ('EXTERNAL', 'Account elsewhere')], default='GUEST', max_length=16)),
                ('author_key', models.CharField(blank=True, max_length=64)),
                ('author_name', models.CharField(blank=True, max_length=80, verbose_name='name')),
                ('author_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('email_verified_at', models.DateTimeField(blank=True, null=True)),
                ('badge', models.CharField(blank=True, choices=[('', 'None'), ('STAFF', 'Team')], max_length=16)),
                ('body', models.TextField(blank=True, verbose_name='comment')),
                ('body_hash', models.CharField(blank=True, max_length=64)),
                ('locale', models.CharField(blank=True, max_length=16)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('idempotency_key', models.CharField(max_length=64, null=True, unique=True)),
                ('request_hash', models.CharField(blank=True, max_length=64)),
                ('source_key', models.CharField(max_length=200, null=True, unique=True)),
                ('created_at', models.DateTimeField(verbose_name='written')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='edited')),
                ('author_user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('in_reply_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtail_massage_comments.visitorcomment')),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=PAGE_MODEL, verbose_name='page')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtail_massage_comments.visitorcomment')),
                ('root', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtail_massage_comments.visitorcomment')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='wagtail_massage_comments.commentthread')),
            ],
            options={
                'verbose_name': 'visitor comment',
                'verbose_name_plural': 'visitor comments',
            },
        ),
        migrations.CreateModel(
            name='ModerationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=32)),
                ('from_status', models.CharField(blank=True, choices=[('UNCONFIRMED', 'Unconfirmed'), ('PENDING', 'Pending'), ('APPROVED', 'Approved'), ('REJECTED', 'Rejected'), ('SPAM', 'Spam'), ('REMOVED', 'Removed'), ('ERASED', 'Erased')], max_length=16)),
                ('to_status', models.CharField(choices=[('UNCONFIRMED', 'Unconfirmed'), ('PENDING', 'Pending'), ('APPROVED', 'Approved'), ('REJECTED', 'Rejected'), ('SPAM', 'Spam'), ('REMOVED', 'Removed'), ('ERASED', 'Erased')], max_length=16)),
                ('actor_kind', models.CharField(choices=[('HUMAN', 'Moderator'), ('RULE', 'Rule'), ('AUTHOR', 'Author'), ('TASK', 'Task')], max_length=16)),
                ('reason', models.CharField(blank=True, max_length=64)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField()),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='wagtail_massage_comments.visitorcomment')),
            ],
            options={
                'verbose_name': 'moderation event',
                'verbose_name_plural': 'moderation events',
            },
        ),
        migrations.CreateModel(
            name='CommentVerdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('check_name', models.CharField(max_length=64)),
                ('check_version', models.PositiveSmallIntegerField(default=1)),
                ('outcome', models.PositiveSmallIntegerField(choices=[(0, 'Pass'), (1, 'Hold'), (2, 'Spam'), (3, 'Refuse')])),
                ('score', models.FloatField(null=True)),
                ('reason', models.CharField(blank=True, max_length=64)),
                ('span_start', models.PositiveIntegerField(null=True)),
                ('span_end', models.PositiveIntegerField(null=True)),
                ('comment_version', models.PositiveIntegerField()),
                ('created_at', models.DateTimeField()),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='wagtail_massage_comments.visitorcomment')),
            ],
            options={
                'verbose_name': 'verdict',
                'verbose_name_plural': 'verdicts',
            },
        ),
        migrations.CreateModel(
            name='GroupCommentPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('permission', models.CharField(choices=[('MODERATE', 'Moderate comments'), ('ANSWER_HEALTH', 'Answer health questions')], max_length=16, verbose_name='permission')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='massage_comment_permissions', to='auth.group')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'group comment permission',
                'verbose_name_plural': 'group comment permissions',
                'constraints': [models.UniqueConstraint(fields=('group', 'page', 'permission'), name='massage_comment_group_permission')],
            },
        ),
        migrations.AddIndex(
            model_name='visitorcomment',
            index=models.Index(fields=['page', 'depth', 'is_visible', 'created_at', 'id'], name='massage_comment_roots'),
        ),
        migrations.AddIndex(
            model_name='visitorcomment',
            index=models.Index(fields=['root', 'is_visible', 'path'], name='massage_comment_replies'),
        ),
        migrations.AddIndex(
            model_name='visitorcomment',
            index=models.Index(fields=['status', 'created_at', 'id'], name='massage_comment_lane'),
        ),
        migrations.AddIndex(
            model_name='visitorcomment',
            index=models.Index(fields=['author_key', 'created_at'], name='massage_comment_author'),
        ),
        migrations.AddIndex(
            model_name='visitorcomment',
            index=models.Index(fields=['body_hash', 'created_at'], name='massage_comment_body'),
        ),
        migrations.AddConstraint(
            model_name='visitorcomment',
            constraint=models.UniqueConstraint(fields=('page', 'path'), name='massage_comment_place'),
        ),
    ]
