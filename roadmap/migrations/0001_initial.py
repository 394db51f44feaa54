import django.core.serializers.json
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
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=12, verbose_name='№')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('content', models.TextField(max_length=4000, verbose_name='content')),
                ('deadline_words', models.CharField(blank=True, max_length=300, verbose_name='deadline, as in the paper')),
                ('deadline_kind', models.CharField(choices=[('by_date', 'By a date'), ('month', 'In a month'), ('month_range', 'From month to month'), ('recurring', 'Repeatedly'), ('whole_period', 'During the whole period'), ('external_schedule', 'By a separate schedule'), ('unclear', 'Not understood: set it by hand')], default='unclear', max_length=20, verbose_name='kind of deadline')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('times_a_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(366)], verbose_name='times a year')),
                ('deadline_guessed', models.BooleanField(default=False, verbose_name='the year of the deadline is guessed')),
                ('result', models.TextField(blank=True, max_length=4000, verbose_name='expected result (kind of document)')),
                ('indicator_words', models.TextField(blank=True, max_length=4000, verbose_name='efficiency indicator, as in the paper')),
                ('responsible', models.CharField(blank=True, max_length=500, verbose_name='responsible')),
                ('indicator', models.SlugField(blank=True, max_length=40, verbose_name='indicator')),
                ('target', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000)], verbose_name='target, %')),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'roadmap item',
                'verbose_name_plural': 'roadmap items',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('label', models.CharField(blank=True, max_length=60, verbose_name='period')),
                ('opens_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('explained', 'Closed with an explanation')], default='open', max_length=10, verbose_name='state')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('explanation', models.TextField(blank=True, max_length=2000, verbose_name='explanation')),
                ('done_before', models.BooleanField(default=False, verbose_name='done before the portal was used')),
                ('was_on_time', models.BooleanField(default=True, editable=False)),
                ('figures', models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='figures at closing')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checkpoints', to='accounts.schoolyear')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checkpoints', to='roadmap.item')),
            ],
            options={
                'verbose_name': 'checkpoint',
                'verbose_name_plural': 'checkpoints',
                'ordering': ['item__position', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('file', 'File'), ('link', 'Link'), ('note', 'Note'), ('printed', 'Printed by the portal')], max_length=8, verbose_name='kind')),
                ('title', models.CharField(max_length=300, verbose_name='name')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='note')),
                ('dated', models.DateField(blank=True, null=True, verbose_name='date of the document')),
                ('added_on', models.DateField()),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300, verbose_name='why it was withdrawn')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to='roadmap.checkpoint')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.storedfile')),
            ],
            options={
                'verbose_name': 'proof',
                'verbose_name_plural': 'proofs',
                'ordering': ['-added_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Roadmap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=500, verbose_name='title')),
                ('goal', models.TextField(blank=True, max_length=4000, verbose_name='goal')),
                ('period_ends_on', models.DateField(verbose_name="the roadmap's period ends")),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for approval'), ('returned', 'Returned'), ('approved', 'Approved')], default='draft', max_length=10, verbose_name='state')),
                ('submitted_on', models.DateField(blank=True, editable=False, null=True)),
                ('approved_on', models.DateField(blank=True, editable=False, null=True, verbose_name='approved on')),
                ('approval_order', models.CharField(blank=True, max_length=60, verbose_name='approved by order №')),
                ('approved_from_paper', models.BooleanField(default=False, verbose_name='entered by the curator from paper')),
                ('source_name', models.CharField(blank=True, editable=False, max_length=255)),
                ('created_on', models.DateField(blank=True, editable=False, null=True, verbose_name='made on')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('approval_scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.storedfile')),
                ('approved_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('year', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='roadmap', to='accounts.schoolyear')),
            ],
            options={
                'verbose_name': 'roadmap',
                'verbose_name_plural': 'roadmaps',
            },
        ),
        migrations.AddField(
            model_name='item',
            name='roadmap',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='roadmap.roadmap'),
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('roadmap', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='roadmap.roadmap')),
            ],
            options={
                'verbose_name': 'section',
                'verbose_name_plural': 'sections',
                'ordering': ['number'],
            },
        ),
        migrations.AddField(
            model_name='item',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='roadmap.section', verbose_name='section'),
        ),
        migrations.AddIndex(
            model_name='checkpoint',
            index=models.Index(fields=['year', 'due_on'], name='checkpoints_due'),
        ),
        migrations.AddConstraint(
            model_name='checkpoint',
            constraint=models.UniqueConstraint(fields=('item', 'number'), name='checkpoint_once'),
        ),
        migrations.AddConstraint(
            model_name='checkpoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', True), ('closed_on__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_by__isnull', False), ('closed_on__isnull', False)), _connector='OR'), name='closed_checkpoint_has_date_and_name'),
        ),
        migrations.AddConstraint(
            model_name='checkpoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'explained'), _negated=True), models.Q(('explanation', ''), _negated=True), _connector='OR'), name='explained_checkpoint_has_words'),
        ),
        migrations.AddConstraint(
            model_name='proof',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('kind__in', ['file', 'printed'])), models.Q(('kind', 'link'), models.Q(('link', ''), _negated=True)), models.Q(('kind', 'note'), models.Q(('note', ''), _negated=True)), _connector='OR'), name='proof_has_its_content', violation_error_message='Add a file, a link or a note.'),
        ),
        migrations.AddConstraint(
            model_name='roadmap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('approved_by__isnull', False), ('approved_on__isnull', False)), _connector='OR'), name='approved_roadmap_has_date_and_name'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(fields=('roadmap', 'number'), name='section_once'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('roadmap', 'number'), name='item_number_once', violation_error_message='The roadmap already has an item with this number.'),
        ),
    ]
