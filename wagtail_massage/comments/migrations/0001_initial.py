import django.core.validators
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
            name='HealthQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_urgent', models.BooleanField(default=False)),
                ('choice', models.CharField(blank=True, choices=[('', 'Has not chosen yet: held as if for a private answer'), ('NAMED', 'Publish with my name'), ('NAMELESS', 'Publish without my name'), ('PRIVATE', 'Answer me privately')], max_length=16)),
                ('consent_version', models.CharField(blank=True, max_length=16)),
                ('chosen_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('escalated_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'health question',
                'verbose_name_plural': 'health questions',
            },
        ),
        migrations.CreateModel(
            name='MailRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient_key', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'refusal of mails',
                'verbose_name_plural': 'refusals of mails',
            },
        ),
        migrations.CreateModel(
            name='CommentThread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_title', models.CharField(blank=True, max_length=255, verbose_name='page title')),
                ('page_url', models.CharField(blank=True, max_length=2000, verbose_name='page address')),
                ('policy', models.CharField(blank=True, choices=[('OPEN', 'Open: comments appear at once unless a check holds them'), ('POST', 'Open, read afterwards: comments appear at once, and moderators are asked to look at them'), ('PRE', 'Open, read first: a moderator reads every comment before everybody else does'), ('MEMBERS', 'Members: only people who are signed in may write; a moderator reads first'), ('READ_ONLY', 'Read only: visitors can read, the team may still answer'), ('CLOSED', 'Closed: comments can be read, nobody can write'), ('OFF', 'Off: comments can neither be read nor written')], help_text='Who may comment here, and whether a moderator reads a comment before everybody else does.', max_length=16, verbose_name='policy')),
                ('opens_at', models.DateTimeField(blank=True, help_text='Before this moment nobody can write.', null=True, verbose_name='opens')),
                ('closes_at', models.DateTimeField(blank=True, help_text='From this moment on nobody can write.', null=True, verbose_name='closes')),
                ('close_after_days', models.PositiveIntegerField(blank=True, help_text='So many days after a page was first published nobody can write there any more. 0 stands for never; left empty, the setting of the installation holds.', null=True, validators=[django.core.validators.MaxValueValidator(36500)], verbose_name='closes after')),
                ('closed_notice', models.CharField(blank=True, help_text='Shown in place of the form. Say where questions are welcome instead.', max_length=500, verbose_name='words for readers when closed')),
                ('email_rule', models.CharField(blank=True, choices=[('OPTIONAL', 'May be left out'), ('REQUIRED', 'Must be given'), ('CONFIRMED', 'Must be given, and confirmed by a link in a mail before a moderator looks')], max_length=16, verbose_name='e-mail address of guests')),
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
            name='DeskText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('REPLY', 'Ready-made reply'), ('HEALTH_REPLY', 'Beginning of an answer to a health question'), ('SAFETY', 'What somebody with an urgent health question is told at once'), ('CONSENT', 'What somebody with a health question agrees to by choosing'), ('DISCLAIMER', 'What stands under each answer to a health question')], max_length=16, verbose_name='what it is for')),
                ('locale', models.CharField(blank=True, help_text='Left empty: for every language without its own.', max_length=16, verbose_name='language')),
                ('title', models.CharField(help_text='Only colleagues see it.', max_length=120, verbose_name='title')),
                ('body', models.TextField(max_length=5000, verbose_name='text')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name': 'text of the desk',
                'verbose_name_plural': 'texts of the desk',
                'indexes': [models.Index(fields=['kind', 'locale'], name='massage_desk_text')],
            },
        ),
        migrations.CreateModel(
            name='HealthAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(verbose_name='answer')),
                ('signature', models.JSONField(default=dict)),
                ('disclaimer', models.TextField(blank=True)),
                ('disclaimer_version', models.CharField(blank=True, max_length=16)),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='wagtail_massage_comments.healthquestion')),
            ],
            options={
                'verbose_name': 'answer to a health question',
                'verbose_name_plural': 'answers to health questions',
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
                ('is_health', models.BooleanField(default=False)),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('report_count', models.PositiveIntegerField(default=0)),
                ('author_kind', models.CharField(choices=[('GUEST', 'Guest'), ('USER', 'User of this site'), ('EXTERNAL', 'Account elsewhere')], default='GUEST', max_length=16)),
                ('author_key', models.CharField(blank=True, max_length=64)),
                ('author_name', models.CharField(blank=True, max_length=80, verbose_name='name')),
                ('author_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('email_verified_at', models.DateTimeField(blank=True, null=True)),
                ('wants_mail', models.BooleanField(default=False)),
                ('badge', models.CharField(blank=True, choices=[('', 'None'), ('STAFF', 'Team')], max_length=16)),
                ('network_key', models.CharField(blank=True, max_length=64)),
                ('body', models.TextField(blank=True, verbose_name='comment')),
                ('body_hash', models.CharField(blank=True, max_length=64)),
                ('locale', models.CharField(blank=True, max_length=16)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('origin', models.JSONField(blank=True, default=dict)),
                ('idempotency_key', models.CharField(max_length=64, null=True)),
                ('request_hash', models.CharField(blank=True, max_length=64)),
                ('source_key', models.CharField(max_length=200, null=True)),
                ('created_at', models.DateTimeField(verbose_name='written')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='edited')),
                ('author_user', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('in_reply_to', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtail_massage_comments.visitorcomment')),
                ('page', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=PAGE_MODEL, verbose_name='page')),
                ('parent', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtail_massage_comments.visitorcomment')),
                ('root', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtail_massage_comments.visitorcomment')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='wagtail_massage_comments.commentthread')),
            ],
            options={
                'verbose_name': 'visitor comment',
                'verbose_name_plural': 'visitor comments',
            },
        ),
        migrations.CreateModel(
            name='ModerationNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(verbose_name='note')),
                ('created_at', models.DateTimeField()),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='wagtail_massage_comments.visitorcomment')),
            ],
            options={
                'verbose_name': "moderators' note",
                'verbose_name_plural': "moderators' notes",
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
        migrations.AddField(
            model_name='healthquestion',
            name='comment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='health', to='wagtail_massage_comments.visitorcomment'),
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
        migrations.AddField(
            model_name='commentthread',
            name='pinned',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtail_massage_comments.visitorcomment', verbose_name='pinned comment'),
        ),
        migrations.CreateModel(
            name='CommentRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('body', models.TextField()),
                ('created_at', models.DateTimeField()),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='wagtail_massage_comments.visitorcomment')),
            ],
            options={
                'verbose_name': 'earlier text',
                'verbose_name_plural': 'earlier texts',
            },
        ),
        migrations.CreateModel(
            name='CommentReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reporter_key', models.CharField(max_length=64)),
                ('reason', models.CharField(choices=[('SPAM', 'Advertising or spam'), ('OFFENSIVE', 'Insulting or hateful'), ('PRIVATE', 'It says something private about a person'), ('HARMFUL', 'It could harm somebody who follows it'), ('OFF_TOPIC', 'It has nothing to do with the page'), ('OTHER', 'Something else')], max_length=16, verbose_name='reason')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name="in the reporter's words")),
                ('created_at', models.DateTimeField()),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='wagtail_massage_comments.visitorcomment')),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
            },
        ),
        migrations.CreateModel(
            name='CommentMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100)),
                ('kind', models.CharField(choices=[('CONFIRM', 'Please confirm your address'), ('APPROVED', 'Your comment is published'), ('REJECTED', 'Your comment will not be published'), ('REPLY', 'Somebody answered your comment'), ('ANSWERED', 'An answer is waiting for you'), ('MODERATORS', 'A comment is waiting'), ('DIGEST', 'What happened on the desk')], max_length=16)),
                ('lane', models.CharField(blank=True, choices=[('WAITING', 'Comments that wait for a decision'), ('PUBLISHED', 'Comments that appeared at once and nobody has read yet'), ('REPORTED', 'Comments that visitors have reported'), ('HEALTH', 'Personal health questions, to whoever may answer them')], max_length=16)),
                ('recipient_key', models.CharField(blank=True, max_length=64)),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('outcome', models.CharField(blank=True, choices=[('SENT', 'Sent'), ('SPREAD', 'Passed on to the moderators who want to know'), ('VOID', 'No longer of interest'), ('REFUSED', 'The recipient wants no mails'), ('LIMITED', 'Too many mails to one recipient'), ('FAILED', 'The mail server did not take it')], max_length=16)),
                ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtail_massage_comments.visitorcomment')),
                ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='wagtail_massage_comments.visitorcomment')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'mails',
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
        migrations.CreateModel(
            name='ModeratorMailChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lane', models.CharField(choices=[('WAITING', 'Comments that wait for a decision'), ('PUBLISHED', 'Comments that appeared at once and nobody has read yet'), ('REPORTED', 'Comments that visitors have reported'), ('HEALTH', 'Personal health questions, to whoever may answer them')], max_length=16)),
                ('frequency', models.CharField(choices=[('INSTANT', 'At once'), ('DIGEST', 'Together, once a day'), ('NEVER', 'Never')], max_length=16)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'choice of mails',
                'verbose_name_plural': 'choices of mails',
                'constraints': [models.UniqueConstraint(fields=('user', 'lane'), name='massage_moderator_mail_choice')],
            },
        ),
        migrations.CreateModel(
            name='ScreeningEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('BANNED_WORDS', 'Banned word or phrase: the comment is spam'), ('SUSPECT_WORDS', 'Suspect word or phrase: the comment is held'), ('BLOCKED_DOMAIN', 'Blocked web domain: a link there makes spam'), ('BLOCKED_EMAIL', 'Blocked e-mail address, or @domain: the comment is spam'), ('BLOCKED_NETWORK', 'Blocked network: the comment is spam'), ('RESERVED_NAME', 'Reserved name: only the team may use it')], max_length=16, verbose_name='what it does')),
                ('value', models.CharField(help_text='A word or phrase (* stands for any letters at its beginning or end), a domain, an e-mail address, @domain, an IP address or network, or a name.', max_length=200, verbose_name='entry')),
                ('note', models.CharField(blank=True, help_text='Why it is here, for colleagues.', max_length=200, verbose_name='note')),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'screening entry',
                'verbose_name_plural': 'screening entries',
                'constraints': [models.UniqueConstraint(fields=('kind', 'value'), name='massage_screening_entry')],
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
        migrations.AddIndex(
            model_name='visitorcomment',
            index=models.Index(fields=['page', 'created_at', 'id'], name='massage_comment_newest'),
        ),
        migrations.AddIndex(
            model_name='visitorcomment',
            index=models.Index(fields=['report_count'], name='massage_comment_reported'),
        ),
        migrations.AddIndex(
            model_name='visitorcomment',
            index=models.Index(fields=['status', 'reviewed_at', 'created_at', 'id'], name='massage_comment_unread'),
        ),
        migrations.AddIndex(
            model_name='visitorcomment',
            index=models.Index(condition=models.Q(('parent__isnull', False)), fields=['parent'], name='massage_comment_parent'),
        ),
        migrations.AddIndex(
            model_name='visitorcomment',
            index=models.Index(condition=models.Q(('in_reply_to__isnull', False)), fields=['in_reply_to'], name='massage_comment_in_reply_to'),
        ),
        migrations.AddIndex(
            model_name='visitorcomment',
            index=models.Index(condition=models.Q(('author_user__isnull', False)), fields=['author_user'], name='massage_comment_author_user'),
        ),
        migrations.AddConstraint(
            model_name='visitorcomment',
            constraint=models.UniqueConstraint(fields=('page', 'path'), name='massage_comment_place'),
        ),
        migrations.AddConstraint(
            model_name='visitorcomment',
            constraint=models.UniqueConstraint(fields=('idempotency_key',), name='massage_comment_sent_once'),
        ),
        migrations.AddConstraint(
            model_name='visitorcomment',
            constraint=models.UniqueConstraint(fields=('source_key',), name='massage_comment_source'),
        ),
        migrations.AddIndex(
            model_name='moderationevent',
            index=models.Index(fields=['actor_kind', 'created_at'], name='massage_event_actor'),
        ),
        migrations.AddIndex(
            model_name='healthquestion',
            index=models.Index(fields=['answered_at', 'is_urgent', 'created_at'], name='massage_health_lane'),
        ),
        migrations.AddIndex(
            model_name='healthquestion',
            index=models.Index(fields=['answered_at', 'due_at'], name='massage_health_due'),
        ),
        migrations.AddIndex(
            model_name='commentverdict',
            index=models.Index(fields=['outcome', 'created_at'], name='massage_verdict_objection'),
        ),
        migrations.AddIndex(
            model_name='commentthread',
            index=models.Index(fields=['policy'], name='massage_thread_policy'),
        ),
        migrations.AddConstraint(
            model_name='commentreport',
            constraint=models.UniqueConstraint(fields=('comment', 'reporter_key'), name='massage_comment_report_once'),
        ),
        migrations.AddIndex(
            model_name='commentmail',
            index=models.Index(fields=['finished_at', 'due_at'], name='massage_mail_due'),
        ),
        migrations.AddIndex(
            model_name='commentmail',
            index=models.Index(fields=['recipient_key', 'created_at'], name='massage_mail_recipient'),
        ),
        migrations.AddConstraint(
            model_name='commentmail',
            constraint=models.UniqueConstraint(fields=('key',), name='massage_mail_occasion'),
        ),
    ]
