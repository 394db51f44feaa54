import accounts.clock
import accounts.models.records
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As in the menu and in lists', max_length=200, verbose_name='short name')),
                ('full_name', models.CharField(blank=True, help_text='As in the heading of an order', max_length=500, verbose_name='official name')),
                ('place', models.CharField(blank=True, help_text='Printed on orders', max_length=200, verbose_name='place')),
                ('head_post', models.CharField(default='Директор', max_length=100, verbose_name='post of the head')),
                ('site_url', models.URLField(blank=True, verbose_name='official site')),
                ('mentees_norm', models.PositiveSmallIntegerField(default=2, help_text="The portal warns beyond it; only the mentor's own capacity forbids", validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='usual number of mentees of one mentor')),
                ('young_years', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='experience that makes a mentee, years under')),
                ('plan_approver', models.CharField(choices=[('curator', 'Curator'), ('head', 'Head of the school')], default='curator', max_length=10, verbose_name='who approves plans')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'school',
                'verbose_name_plural': 'schools',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'This sign-in name is taken.'}, help_text='An e-mail address or a name given by the school', max_length=150, unique=True, validators=[django.core.validators.RegexValidator('^[\\w.@+-]+\\Z', 'Letters, digits and . @ + - _ only.')], verbose_name='sign-in name')),
                ('email', models.EmailField(blank=True, error_messages={'unique': 'This e-mail belongs to another person.'}, max_length=150, null=True, unique=True, verbose_name='e-mail')),
                ('last_name', models.CharField(max_length=100, verbose_name='last name')),
                ('first_name', models.CharField(max_length=100, verbose_name='first name')),
                ('patronymic', models.CharField(blank=True, max_length=100, verbose_name='patronymic')),
                ('gender', models.CharField(blank=True, choices=[('m', 'male'), ('f', 'female')], help_text='Only for the right case of the name in orders', max_length=1, verbose_name='grammatical gender')),
                ('declined', models.JSONField(blank=True, default=dict, editable=False, verbose_name='name in other cases')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('language', models.CharField(choices=[('ru', 'Русский'), ('en', 'English')], default='ru', max_length=2, verbose_name='language')),
                ('theme', models.CharField(blank=True, choices=[('', 'As on the device'), ('light', 'Light'), ('dark', 'Dark')], default='', max_length=5, verbose_name='theme')),
                ('is_admin', models.BooleanField(default=False, verbose_name='administrator')),
                ('is_head', models.BooleanField(default=False, verbose_name='head of the school')),
                ('is_curator', models.BooleanField(default=False, verbose_name='curator')),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('is_staff', models.BooleanField(default=False, editable=False, verbose_name='keeper of the installation')),
                ('search_key', models.CharField(editable=False, max_length=700)),
                ('sort_key', models.CharField(editable=False, max_length=320)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='SchoolYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='first calendar year')),
                ('starts_on', models.DateField(verbose_name='begins')),
                ('ends_on', models.DateField(verbose_name='ends')),
                ('teaching_ends_on', models.DateField(help_text="The roadmap's period ends with it", verbose_name='teaching ends')),
                ('state', models.CharField(choices=[('preparation', 'In preparation'), ('current', 'Current'), ('closed', 'Closed')], default='preparation', max_length=12, verbose_name='state')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='years', to='accounts.school', verbose_name='school')),
            ],
            options={
                'verbose_name': 'school year',
                'verbose_name_plural': 'school years',
                'ordering': ['-first_year'],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee')], max_length=6, verbose_name='role in the year')),
                ('since', models.DateField(default=accounts.clock.today, verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='why it ended')),
                ('capacity', models.PositiveSmallIntegerField(default=1, help_text='For mentors; 0 keeps them in reserve', validators=[django.core.validators.MaxValueValidator(20), django.core.validators.MinValueValidator(0)], verbose_name='how many mentees they agree to take')),
                ('live_pairs', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='accounts.schoolyear', verbose_name='school year')),
            ],
            options={
                'verbose_name': 'participation',
                'verbose_name_plural': 'participations',
                'ordering': ['person__sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('file_name', models.CharField(max_length=255)),
                ('content', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': 'import draft',
                'verbose_name_plural': 'import drafts',
            },
        ),
        migrations.CreateModel(
            name='DiagnosticPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='number')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('opens_on', models.DateField(verbose_name='opens')),
                ('closes_on', models.DateField(help_text='The last day for answers', verbose_name='closes')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='periods', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': 'diagnostic period',
                'verbose_name_plural': 'diagnostic periods',
                'ordering': ['opens_on'],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, upload_to=accounts.models.records.random_path, verbose_name='file')),
                ('name', models.CharField(max_length=255, verbose_name='file name')),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='accounts.school')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'file',
                'verbose_name_plural': 'files',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('mentor_work', 'to work as a mentor'), ('participation', 'to take part in mentoring'), ('personal_data', 'to the processing of personal data'), ('publication', 'to the publication of name and photo')], max_length=15, verbose_name='consent')),
                ('text_version', models.CharField(blank=True, max_length=60, verbose_name='version of the text')),
                ('given_on', models.DateField(default=accounts.clock.today, verbose_name='given on')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn on')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.storedfile')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ['-given_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('term', 'Term'), ('break', 'Break')], max_length=5, verbose_name='kind')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('starts_on', models.DateField(verbose_name='begins')),
                ('ends_on', models.DateField(verbose_name='ends')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': 'term or break',
                'verbose_name_plural': 'terms and breaks',
                'ordering': ['starts_on', 'kind'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.EmailField(max_length=254, verbose_name='to')),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('body', models.TextField(verbose_name='text')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('school', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.school')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'outbox',
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['created_at'], name='letters_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by_label', models.CharField(blank=True, max_length=320)),
                ('verb', models.CharField(max_length=200, verbose_name='what was done')),
                ('target_id', models.BigIntegerField()),
                ('target_label', models.CharField(max_length=500, verbose_name='with what')),
                ('target_url', models.CharField(blank=True, max_length=300)),
                ('comment', models.TextField(blank=True, verbose_name='comment')),
                ('changes', models.JSONField(blank=True, default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='changes')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('target_type', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='contenttypes.contenttype')),
                ('school', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.school')),
            ],
            options={
                'verbose_name': 'journal entry',
                'verbose_name_plural': 'journal',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['school', '-at'], name='journal_of_school'), models.Index(fields=['target_type', 'target_id', '-at'], name='journal_of_target')],
            },
        ),
        migrations.AddIndex(
            model_name='user',
            index=models.Index(fields=['school', 'sort_key'], name='people_of_school'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('school__isnull', False), models.Q(('is_admin', False), ('is_curator', False), ('is_head', False)), _connector='OR'), name='standing_role_needs_school'),
        ),
        migrations.AddConstraint(
            model_name='schoolyear',
            constraint=models.UniqueConstraint(fields=('school', 'first_year'), name='year_once_per_school', violation_error_message='This school year exists already.'),
        ),
        migrations.AddConstraint(
            model_name='schoolyear',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'current')), fields=('school',), name='one_current_year', violation_error_message='Another school year is current: close it first.'),
        ),
        migrations.AddConstraint(
            model_name='schoolyear',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'preparation')), fields=('school',), name='one_year_in_preparation', violation_error_message='Another school year is already in preparation.'),
        ),
        migrations.AddConstraint(
            model_name='schoolyear',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__lt', models.F('teaching_ends_on')), ('teaching_ends_on__lte', models.F('ends_on'))), name='year_dates_in_order', violation_error_message='The dates of the year must follow one another.'),
        ),
        migrations.AddIndex(
            model_name='participation',
            index=models.Index(fields=['year', 'side'], name='participation_year_side'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.UniqueConstraint(fields=('year', 'person', 'side'), name='participation_once', violation_error_message='This person already takes part in this role this year.'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(('side', 'mentee'), ('live_pairs__lte', models.F('capacity')), _connector='OR'), name='mentor_capacity', violation_error_message='The mentor already has as many mentees as they agreed to take.'),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='participation_dates_in_order', violation_error_message='The end cannot be before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='diagnosticperiod',
            constraint=models.UniqueConstraint(fields=('year', 'number'), name='diagnostic_period_once'),
        ),
        migrations.AddConstraint(
            model_name='diagnosticperiod',
            constraint=models.CheckConstraint(condition=models.Q(('opens_on__lte', models.F('closes_on'))), name='diagnostic_period_dates_in_order', violation_error_message='The end cannot be before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_on__isnull', True)), fields=('person', 'kind'), name='one_consent_in_force', violation_error_message='This consent is recorded already.'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('given_on')), _connector='OR'), name='consent_dates_in_order', violation_error_message='The end cannot be before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__lte', models.F('ends_on'))), name='term_dates_in_order', violation_error_message='The end cannot be before the beginning.'),
        ),
    ]
