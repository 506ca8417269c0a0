"""packages given and played"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import lms.core.db


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('carried_state',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_carried_state_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_carried_state'))
    )
    op.create_table('package',
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('title_kk', sa.Text(), nullable=False),
    sa.Column('title_ru', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.String(length=250).with_variant(sa.String(length=250, collation='C'), 'postgresql'), nullable=False),
    sa.Column('search', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('grade', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('identifier', sa.Text(), nullable=False),
    sa.Column('current_id', sa.Uuid(), nullable=True),
    sa.Column('needs_window', sa.Boolean(), nullable=False),
    sa.Column('archived_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_package_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_package'))
    )
    with op.batch_alter_table('package', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_package_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_package_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_package_search'), ['search'], unique=False)
        batch_op.create_index(batch_op.f('ix_package_sort_key'), ['sort_key'], unique=False)

    op.create_table('screen_time',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('prompts', sa.Integer(), nullable=False),
    sa.Column('overrides', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_screen_time_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'day', name=op.f('pk_screen_time'))
    )
    op.create_table('package_version',
    sa.Column('package_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('edition', sa.String(length=10), nullable=False),
    sa.Column('archive', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('manifest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('contents', sa.JSON(), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.Column('repairs', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('capability', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('uploaded_by', sa.Uuid(), nullable=False),
    sa.Column('published_by', sa.Uuid(), nullable=True),
    sa.Column('published_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('inspecting', 'refused', 'ready', 'published', 'archived')", name=op.f('ck_package_version_state')),
    sa.ForeignKeyConstraint(['archive'], ['blob.digest'], name=op.f('fk_package_version_archive')),
    sa.ForeignKeyConstraint(['package_id'], ['package.id'], name=op.f('fk_package_version_package_id')),
    sa.ForeignKeyConstraint(['published_by'], ['person.id'], name=op.f('fk_package_version_published_by')),
    sa.ForeignKeyConstraint(['uploaded_by'], ['person.id'], name=op.f('fk_package_version_uploaded_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_package_version')),
    sa.UniqueConstraint('capability', name=op.f('uq_package_version_capability')),
    sa.UniqueConstraint('package_id', 'number', name=op.f('uq_package_version_package_id_number'))
    )
    with op.batch_alter_table('package_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_package_version_archive'), ['archive'], unique=False)
        batch_op.create_index(batch_op.f('ix_package_version_package_id'), ['package_id'], unique=False)

    op.create_table('assignment',
    sa.Column('package_id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('school_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('given_by', sa.Uuid(), nullable=False),
    sa.Column('opens_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('closes_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('counting', sa.String(length=10), nullable=False),
    sa.Column('credit', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('withdrawn_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("counting IN ('best', 'first', 'last', 'average')", name=op.f('ck_assignment_counting')),
    sa.ForeignKeyConstraint(['given_by'], ['person.id'], name=op.f('fk_assignment_given_by')),
    sa.ForeignKeyConstraint(['package_id'], ['package.id'], name=op.f('fk_assignment_package_id')),
    sa.ForeignKeyConstraint(['school_id'], ['place.id'], name=op.f('fk_assignment_school_id')),
    sa.ForeignKeyConstraint(['version_id'], ['package_version.id'], name=op.f('fk_assignment_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_given_by'), ['given_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_package_id'), ['package_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_school_id'), ['school_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_version_id'), ['version_id'], unique=False)

    op.create_table('package_file',
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=1024).with_variant(sa.String(length=1024, collation='C'), 'postgresql'), nullable=False),
    sa.Column('digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.ForeignKeyConstraint(['digest'], ['blob.digest'], name=op.f('fk_package_file_digest')),
    sa.ForeignKeyConstraint(['version_id'], ['package_version.id'], name=op.f('fk_package_file_version_id')),
    sa.PrimaryKeyConstraint('version_id', 'path', name=op.f('pk_package_file'))
    )
    with op.batch_alter_table('package_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_package_file_digest'), ['digest'], unique=False)

    op.create_table('assignment_target',
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('class_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint('(class_id IS NULL) != (person_id IS NULL)', name=op.f('ck_assignment_target_one_target')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_assignment_target_assignment_id')),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_assignment_target_class_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_assignment_target_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_target'))
    )
    with op.batch_alter_table('assignment_target', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_target_assignment_id'), ['assignment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_target_class_id'), ['class_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_target_person_id'), ['person_id'], unique=False)

    op.create_table('registration',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('assignment_id', sa.Uuid(), nullable=True),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('entries', sa.Integer(), nullable=False),
    sa.Column('state', sa.JSON(), nullable=True),
    sa.Column('completion', sa.String(length=20), nullable=False),
    sa.Column('success', sa.String(length=20), nullable=False),
    sa.Column('score', sa.Float(), nullable=True),
    sa.Column('seconds', sa.Float(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('last_seen_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('finished_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("mode IN ('normal', 'browse', 'review')", name=op.f('ck_registration_mode')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_registration_assignment_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_registration_person_id')),
    sa.ForeignKeyConstraint(['version_id'], ['package_version.id'], name=op.f('fk_registration_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration')),
    sa.UniqueConstraint('person_id', 'assignment_id', 'number', name=op.f('uq_registration_person_id_assignment_id_number'))
    )
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_assignment_id'), ['assignment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_version_id'), ['version_id'], unique=False)

    op.create_table('launch',
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('code_digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('token_digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('expires_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('next_seq', sa.Integer(), nullable=False),
    sa.Column('own_window', sa.Boolean(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=True),
    sa.Column('begun_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('last_heard_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('ended_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_launch_registration_id')),
    sa.ForeignKeyConstraint(['session_id'], ['sign_in_session.id'], name=op.f('fk_launch_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_launch')),
    sa.UniqueConstraint('code_digest', name=op.f('uq_launch_code_digest')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_launch_token_digest'))
    )
    with op.batch_alter_table('launch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_launch_registration_id'), ['registration_id'], unique=False)

    op.create_table('commit_log',
    sa.Column('launch_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('received_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('position', sa.Integer(), nullable=True),
    sa.Column('answer', sa.JSON(), nullable=True),
    sa.CheckConstraint("kind IN ('begin', 'delta', 'move', 'leave')", name=op.f('ck_commit_log_kind')),
    sa.ForeignKeyConstraint(['launch_id'], ['launch.id'], name=op.f('fk_commit_log_launch_id')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_commit_log_registration_id')),
    sa.PrimaryKeyConstraint('launch_id', 'seq', name=op.f('pk_commit_log'))
    )
    with op.batch_alter_table('commit_log', schema=None) as batch_op:
        batch_op.create_index('ix_commit_log_registration_id_position', ['registration_id', 'position'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('commit_log', schema=None) as batch_op:
        batch_op.drop_index('ix_commit_log_registration_id_position')

    op.drop_table('commit_log')
    with op.batch_alter_table('launch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_launch_registration_id'))

    op.drop_table('launch')
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_version_id'))
        batch_op.drop_index(batch_op.f('ix_registration_person_id'))
        batch_op.drop_index(batch_op.f('ix_registration_path'))
        batch_op.drop_index(batch_op.f('ix_registration_assignment_id'))

    op.drop_table('registration')
    with op.batch_alter_table('assignment_target', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_target_person_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_target_class_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_target_assignment_id'))

    op.drop_table('assignment_target')
    with op.batch_alter_table('package_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_package_file_digest'))

    op.drop_table('package_file')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_version_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_school_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_path'))
        batch_op.drop_index(batch_op.f('ix_assignment_package_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_given_by'))

    op.drop_table('assignment')
    with op.batch_alter_table('package_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_package_version_package_id'))
        batch_op.drop_index(batch_op.f('ix_package_version_archive'))

    op.drop_table('package_version')
    op.drop_table('screen_time')
    with op.batch_alter_table('package', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_package_sort_key'))
        batch_op.drop_index(batch_op.f('ix_package_search'))
        batch_op.drop_index(batch_op.f('ix_package_place_id'))
        batch_op.drop_index(batch_op.f('ix_package_path'))

    op.drop_table('package')
    op.drop_table('carried_state')
