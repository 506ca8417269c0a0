"""Imports, codes, cards, devices, roll-overs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import lms.core.db


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('import_run',
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=True),
    sa.Column('asked_by_name', sa.Text(), nullable=False),
    sa.Column('place_id', sa.Uuid(), nullable=True),
    sa.Column('place_path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.Column('made', sa.JSON(), nullable=False),
    sa.Column('confirmed_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('undone_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'confirmed', 'undone')", name=op.f('ck_import_run_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_run'))
    )
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_run_asked_by_id'), ['asked_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_run_place_path'), ['place_path'], unique=False)

    op.create_table('sign_in_pause',
    sa.Column('account', sa.String(length=140).with_variant(sa.String(length=140, collation='C'), 'postgresql'), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('window_began_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.Column('pauses', sa.Integer(), nullable=False),
    sa.Column('paused_until', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_pause')),
    sa.UniqueConstraint('account', name=op.f('uq_sign_in_pause_account'))
    )
    op.create_table('import_line',
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.String(length=10), nullable=False),
    sa.Column('given', sa.JSON(), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("verdict IN ('new', 'changed', 'unchanged', 'bad')", name=op.f('ck_import_line_verdict')),
    sa.ForeignKeyConstraint(['run_id'], ['import_run.id'], name=op.f('fk_import_line_run_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_line'))
    )
    with op.batch_alter_table('import_line', schema=None) as batch_op:
        batch_op.create_index('ix_import_line_run_id_verdict_number', ['run_id', 'verdict', 'number'], unique=False)

    op.create_table('oidc_identity',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('issuer', sa.String(length=250).with_variant(sa.String(length=250, collation='C'), 'postgresql'), nullable=False),
    sa.Column('subject', sa.String(length=250).with_variant(sa.String(length=250, collation='C'), 'postgresql'), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_oidc_identity_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_oidc_identity')),
    sa.UniqueConstraint('issuer', 'subject', name=op.f('uq_oidc_identity_issuer_subject'))
    )
    with op.batch_alter_table('oidc_identity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_oidc_identity_person_id'), ['person_id'], unique=False)

    op.create_table('one_time_code',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('issued_by_id', sa.Uuid(), nullable=True),
    sa.Column('expires_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.Column('used_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('revoked_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_one_time_code_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_code')),
    sa.UniqueConstraint('digest', name=op.f('uq_one_time_code_digest'))
    )
    with op.batch_alter_table('one_time_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_code_person_id'), ['person_id'], unique=False)

    op.create_table('pupil_card',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('token_digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('short_digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('issued_by_id', sa.Uuid(), nullable=True),
    sa.Column('revoked_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pupil_card_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pupil_card')),
    sa.UniqueConstraint('short_digest', name=op.f('uq_pupil_card_short_digest')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_pupil_card_token_digest'))
    )
    with op.batch_alter_table('pupil_card', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pupil_card_person_id'), ['person_id'], unique=False)

    op.create_table('recovery_code',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('used_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_recovery_code_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code')),
    sa.UniqueConstraint('digest', name=op.f('uq_recovery_code_digest'))
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_code_person_id'), ['person_id'], unique=False)

    op.create_table('roll_over',
    sa.Column('school_id', sa.Uuid(), nullable=False),
    sa.Column('from_year_id', sa.Uuid(), nullable=False),
    sa.Column('to_year_id', sa.Uuid(), nullable=False),
    sa.Column('made', sa.JSON(), nullable=False),
    sa.Column('undone_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['from_year_id'], ['school_year.id'], name=op.f('fk_roll_over_from_year_id')),
    sa.ForeignKeyConstraint(['school_id'], ['place.id'], name=op.f('fk_roll_over_school_id')),
    sa.ForeignKeyConstraint(['to_year_id'], ['school_year.id'], name=op.f('fk_roll_over_to_year_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roll_over'))
    )
    with op.batch_alter_table('roll_over', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roll_over_school_id'), ['school_id'], unique=False)

    op.create_table('school_device',
    sa.Column('school_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('device_digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('registered_by_id', sa.Uuid(), nullable=True),
    sa.Column('revoked_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['place.id'], name=op.f('fk_school_device_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_device'))
    )
    with op.batch_alter_table('school_device', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_school_device_device_digest'), ['device_digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_school_device_school_id'), ['school_id'], unique=False)

    op.create_table('sign_in_trouble',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('means', sa.String(length=20), nullable=False),
    sa.Column('device_name', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_trouble_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_trouble'))
    )
    with op.batch_alter_table('sign_in_trouble', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_trouble_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('totp_last_step', sa.BigInteger(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('failed_in_row', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('school_class', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sort_key', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False, server_default=''))

    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('device_digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_sign_in_session_device_digest'), ['device_digest'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_session_device_digest'))
        batch_op.drop_column('device_digest')

    with op.batch_alter_table('school_class', schema=None) as batch_op:
        batch_op.drop_column('sort_key')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('failed_in_row')
        batch_op.drop_column('totp_last_step')

    with op.batch_alter_table('sign_in_trouble', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_trouble_person_id'))

    op.drop_table('sign_in_trouble')
    with op.batch_alter_table('school_device', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_school_device_school_id'))
        batch_op.drop_index(batch_op.f('ix_school_device_device_digest'))

    op.drop_table('school_device')
    with op.batch_alter_table('roll_over', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_roll_over_school_id'))

    op.drop_table('roll_over')
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recovery_code_person_id'))

    op.drop_table('recovery_code')
    with op.batch_alter_table('pupil_card', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pupil_card_person_id'))

    op.drop_table('pupil_card')
    with op.batch_alter_table('one_time_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_code_person_id'))

    op.drop_table('one_time_code')
    with op.batch_alter_table('oidc_identity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_oidc_identity_person_id'))

    op.drop_table('oidc_identity')
    with op.batch_alter_table('import_line', schema=None) as batch_op:
        batch_op.drop_index('ix_import_line_run_id_verdict_number')

    op.drop_table('import_line')
    op.drop_table('sign_in_pause')
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_run_place_path'))
        batch_op.drop_index(batch_op.f('ix_import_run_asked_by_id'))

    op.drop_table('import_run')
