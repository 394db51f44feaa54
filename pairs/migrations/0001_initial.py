import accounts.clock
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Competence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(editable=False, max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place in the list')),
                ('archived', models.BooleanField(default=False, verbose_name='no longer offered')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competences', to='accounts.school')),
            ],
            options={
                'verbose_name': 'competence',
                'verbose_name_plural': 'competences',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Declined',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('on', models.DateField(default=accounts.clock.today, verbose_name='date')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declined_years', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declined', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': 'declined mentoring',
                'verbose_name_plural': 'declined mentoring',
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('holds_all', models.BooleanField(default=False, editable=False)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': 'group',
                'verbose_name_plural': 'groups',
                'ordering': ['-holds_all', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(default=accounts.clock.today, verbose_name='date')),
                ('minutes', models.PositiveSmallIntegerField(default=45, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(600)], verbose_name='duration, minutes')),
                ('kind', models.CharField(choices=[('talk', 'Conversation, consultation'), ('lesson_visit', 'Lesson visit'), ('analysis', 'Analysis of a lesson'), ('training', 'Workshop, practice'), ('distant', 'Online meeting, call')], default='talk', max_length=12, verbose_name='kind of meeting')),
                ('topic', models.CharField(max_length=200, verbose_name='topic')),
                ('agreed', models.TextField(blank=True, max_length=4000, verbose_name='what was agreed')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='next meeting')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='held', max_length=10, verbose_name='state')),
                ('cancel_reason', models.CharField(blank=True, max_length=2000, verbose_name='why it was cancelled')),
                ('from_paper', models.BooleanField(default=False, verbose_name='entered by the curator from paper')),
                ('form_key', models.CharField(blank=True, editable=False, max_length=32)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='accounts.participation', verbose_name='mentor')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.storedfile', verbose_name='scan of the paper')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pairs.competence', verbose_name='competence')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='accounts.participation')),
            ],
            options={
                'verbose_name': 'offer',
                'verbose_name_plural': 'offers',
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='order №')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='date of the order')),
                ('in_force_from', models.DateField(default=accounts.clock.today, verbose_name='pairs work from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='pairs work until')),
                ('basis', models.CharField(blank=True, max_length=500, verbose_name='basis')),
                ('text', models.TextField(blank=True, max_length=20000, verbose_name='text of the order')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('signed', 'Signed'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10, verbose_name='state')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.storedfile')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': 'order',
                'verbose_name_plural': 'orders',
                'ordering': ['-signed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_main', models.BooleanField(default=True, help_text='A mentee has one main mentor; a second pair may be short-term or reverse', verbose_name='main mentor')),
                ('form', models.CharField(choices=[('teacher', 'teacher – teacher'), ('head', 'head of the school – teacher'), ('employer', 'employer – student'), ('lecturer', 'university or college lecturer – young teacher'), ('partner', 'social partner – teacher')], default='teacher', max_length=10, verbose_name='form')),
                ('kind', models.CharField(choices=[('traditional', 'traditional (one to one)'), ('group', 'in a group'), ('distant', 'distant'), ('short', 'short-term'), ('reverse', 'reverse'), ('situational', 'situational'), ('speed', 'speed mentoring')], default='traditional', max_length=12, verbose_name='kind')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('fixed', 'Fixed by an order'), ('completed', 'Completed'), ('ended', 'Ended early'), ('withdrawn', 'Withdrawn draft')], default='draft', max_length=10, verbose_name='state')),
                ('fixed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='fixed on')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='works from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='works until')),
                ('completed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='completed on')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('ended_by_wish_of', models.CharField(blank=True, choices=[('mentor', 'Mentor'), ('mentee', 'Mentee'), ('school', 'School')], max_length=6, verbose_name='who asked for it')),
                ('chosen_because', models.CharField(blank=True, max_length=500, verbose_name='why this mentor')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('groups', models.ManyToManyField(blank=True, related_name='pairs', to='pairs.group', verbose_name='groups')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs_as_mentee', to='accounts.participation', verbose_name='mentee')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs_as_mentor', to='accounts.participation', verbose_name='mentor')),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='pairs.order')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': 'pair',
                'verbose_name_plural': 'pairs',
                'ordering': ['mentee__person__sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(blank=True, choices=[('', 'Not answered yet'), ('confirmed', 'Confirmed'), ('objected', 'Objected to')], default='', max_length=10, verbose_name="mentee's answer")),
                ('objection', models.CharField(blank=True, max_length=300, verbose_name='objection')),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('private_note', models.TextField(blank=True, help_text='Read by the two of you alone: not by the curator, not by the head', max_length=4000, verbose_name='private note')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.schoolyear')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='pairs.meeting')),
                ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='pairs.pair')),
            ],
            options={
                'verbose_name': 'pair at a meeting',
                'verbose_name_plural': 'pairs at meetings',
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(default=accounts.clock.today, verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until (the last day)')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('pair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pauses', to='pairs.pair')),
            ],
            options={
                'verbose_name': 'pause',
                'verbose_name_plural': 'pauses',
                'ordering': ['-since'],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goal', models.TextField(blank=True, max_length=2000, verbose_name='goal')),
                ('request', models.TextField(blank=True, max_length=2000, verbose_name="mentee's request")),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for approval'), ('returned', 'Returned for changes'), ('approved', 'Approved'), ('completed', 'Completed')], default='draft', max_length=10, verbose_name='state')),
                ('submitted_on', models.DateField(blank=True, editable=False, null=True, verbose_name='first submitted on')),
                ('waiting_since', models.DateField(blank=True, editable=False, null=True)),
                ('first_approved_on', models.DateField(blank=True, editable=False, null=True, verbose_name='first approved on')),
                ('approved_on', models.DateField(blank=True, editable=False, null=True, verbose_name='approved on')),
                ('approval_order', models.CharField(blank=True, max_length=60, verbose_name='approved by order №')),
                ('approved_from_paper', models.BooleanField(default=False, verbose_name='entered by the curator from paper')),
                ('completed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='completed on')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('approval_scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.storedfile')),
                ('approved_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pair', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='pairs.pair')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': 'plan',
                'verbose_name_plural': 'plans',
                'ordering': ['pair__mentee__person__sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('what', models.CharField(max_length=500, verbose_name='activity, task')),
                ('due_on', models.DateField(verbose_name='due')),
                ('expected', models.CharField(blank=True, max_length=500, verbose_name='expected result')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                ('result', models.CharField(blank=True, max_length=1000, verbose_name='actual result')),
                ('from_paper', models.BooleanField(default=False, verbose_name='entered by the curator from paper')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('competence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pairs.competence', verbose_name='competence')),
                ('marked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='marked by')),
                ('meetings', models.ManyToManyField(blank=True, related_name='plan_items', to='pairs.meeting')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='pairs.plan')),
                ('proof', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.storedfile', verbose_name='proof')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': 'plan item',
                'verbose_name_plural': 'plan items',
                'ordering': ['due_on', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(blank=True, editable=False, max_length=40)),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('goal', models.TextField(blank=True, max_length=2000, verbose_name='goal')),
                ('archived', models.BooleanField(default=False, verbose_name='no longer offered')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_templates', to='accounts.school')),
            ],
            options={
                'verbose_name': 'plan template',
                'verbose_name_plural': 'plan templates',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='PlanTemplateItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('what', models.CharField(max_length=500, verbose_name='activity, task')),
                ('due_month', models.PositiveSmallIntegerField(help_text='9 for September … 5 for May', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='month')),
                ('due_day', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(28)], verbose_name='day')),
                ('expected', models.CharField(blank=True, max_length=500, verbose_name='expected result')),
                ('competence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pairs.competence')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='pairs.plantemplate')),
            ],
            options={
                'verbose_name': 'item of a plan template',
                'verbose_name_plural': 'items of a plan template',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(editable=False, max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place in the list')),
                ('archived', models.BooleanField(default=False, verbose_name='no longer offered')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='accounts.school')),
            ],
            options={
                'verbose_name': 'reason to be a mentee',
                'verbose_name_plural': 'reasons to be a mentee',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MenteeReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='accounts.participation')),
                ('reason', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pairs.reason')),
            ],
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='in own words')),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pairs.competence', verbose_name='competence')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='accounts.participation')),
            ],
            options={
                'verbose_name': 'request',
                'verbose_name_plural': 'requests',
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('acquaintance', 'Acquaintance meeting'), ('trial', 'Trial meeting'), ('planning', 'Planning meeting'), ('work', 'Joint work by the plan'), ('final', 'Final meeting')], max_length=12, verbose_name='step')),
                ('due_on', models.DateField(verbose_name='due')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': "step of a pair's work",
                'verbose_name_plural': "steps of a pair's work",
                'ordering': ['position'],
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='steps',
            field=models.ManyToManyField(blank=True, related_name='meetings', to='pairs.step', verbose_name="steps of the pair's work"),
        ),
        migrations.CreateModel(
            name='TeacherCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(blank=True, max_length=200, verbose_name='post')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                ('stage', models.CharField(blank=True, choices=[('preschool', 'Preschool'), ('primary', 'Primary school'), ('basic', 'Basic school'), ('secondary', 'Secondary school')], max_length=10, verbose_name='teaching stage')),
                ('building', models.CharField(blank=True, max_length=100, verbose_name='building')),
                ('category', models.CharField(blank=True, choices=[('none', 'No category'), ('fitness', 'Fit for the post'), ('first', 'First category'), ('highest', 'Highest category'), ('methodist', 'Teacher-methodist'), ('mentor', 'Teacher-mentor')], max_length=10, verbose_name='category')),
                ('experience_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(840)], verbose_name='teaching experience, months')),
                ('experience_on', models.DateField(blank=True, null=True, verbose_name='experience as of')),
                ('at_school_since', models.DateField(blank=True, null=True, verbose_name='at this school since')),
                ('note', models.CharField(blank=True, help_text='Read by curator, head, administrator and the teacher', max_length=500, verbose_name='note')),
                ('completed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='card complete since')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='card', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='accounts.school')),
            ],
            options={
                'verbose_name': 'teacher card',
                'verbose_name_plural': 'teacher cards',
                'ordering': ['person__sort_key'],
            },
        ),
        migrations.AddConstraint(
            model_name='competence',
            constraint=models.UniqueConstraint(fields=('school', 'name'), name='competence_once', violation_error_message='The list already has this name.'),
        ),
        migrations.AddConstraint(
            model_name='competence',
            constraint=models.UniqueConstraint(fields=('school', 'code'), name='competence_code_once'),
        ),
        migrations.AddConstraint(
            model_name='declined',
            constraint=models.UniqueConstraint(fields=('year', 'person'), name='declined_once', violation_error_message='This is recorded already.'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.UniqueConstraint(fields=('year', 'name'), name='group_once', violation_error_message='The list already has this name.'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.UniqueConstraint(condition=models.Q(('holds_all', True)), fields=('year',), name='one_group_of_all'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.UniqueConstraint(fields=('participation', 'competence'), name='offer_once'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'signed'), _negated=True), models.Q(('signed_on__isnull', False), models.Q(('number', ''), _negated=True)), _connector='OR'), name='signed_order_has_number_and_date', violation_error_message='A signed order has a number and a date.'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'signed')), fields=('year', 'number'), name='order_number_once', violation_error_message='There is an order with this number already.'),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(fields=['year', 'state'], name='pairs_of_year'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.UniqueConstraint(condition=models.Q(('is_main', True), ('state', 'fixed')), fields=('mentee',), name='one_main_mentor', violation_error_message='This mentee already has a main mentor.'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'fixed'])), fields=('mentor', 'mentee'), name='pair_once', violation_error_message='This pair exists already.'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['fixed', 'completed', 'ended']), _negated=True), models.Q(('fixed_on__isnull', False), ('order__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='fixed_pair_has_order'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('completed_on__isnull', False), ('state', 'completed')), models.Q(models.Q(('state', 'completed'), _negated=True), ('completed_on__isnull', True)), _connector='OR'), name='completed_pair_has_date'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_on__isnull', True)), _connector='OR'), name='ended_pair_has_date'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('starts_on__isnull', True), ('until__gte', models.F('starts_on')), _connector='OR'), name='pair_dates_in_order', violation_error_message='The end cannot be before the beginning.'),
        ),
        migrations.AddIndex(
            model_name='attendance',
            index=models.Index(fields=['year', 'pair'], name='attendance_of_pair'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'pair'), name='pair_once_at_meeting'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'objected'), models.Q(('objection', ''), _negated=True)), models.Q(('answer', 'objected'), _negated=True), _connector='OR'), name='objection_has_words'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('pair',), name='one_open_pause', violation_error_message='The pair is paused already.'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='pause_dates_in_order', violation_error_message='The end cannot be before the beginning.'),
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['year', 'state'], name='plans_of_year'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'completed']), _negated=True), models.Q(('approved_by__isnull', False), ('approved_on__isnull', False), ('first_approved_on__isnull', False)), _connector='OR'), name='approved_plan_has_date_and_name'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'submitted'), _negated=True), models.Q(('submitted_on__isnull', False), ('waiting_since__isnull', False)), _connector='OR'), name='submitted_plan_has_date'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'completed'), _negated=True), ('completed_on__isnull', False), _connector='OR'), name='completed_plan_has_date'),
        ),
        migrations.AddIndex(
            model_name='planitem',
            index=models.Index(fields=['year', 'due_on'], name='plan_items_due'),
        ),
        migrations.AddConstraint(
            model_name='reason',
            constraint=models.UniqueConstraint(fields=('school', 'name'), name='reason_once', violation_error_message='The list already has this name.'),
        ),
        migrations.AddConstraint(
            model_name='reason',
            constraint=models.UniqueConstraint(fields=('school', 'code'), name='reason_code_once'),
        ),
        migrations.AddConstraint(
            model_name='menteereason',
            constraint=models.UniqueConstraint(fields=('participation', 'reason'), name='mentee_reason_once'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.UniqueConstraint(fields=('participation', 'competence'), name='request_once'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('year', 'code'), name='step_once'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['year', '-on'], name='meetings_of_year'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(condition=models.Q(('form_key', ''), _negated=True), fields=('form_key',), name='meeting_form_once'),
        ),
    ]
