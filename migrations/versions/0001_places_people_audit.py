"""places people audit"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import lms.core.db


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_entry',
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('actor_name', sa.Text(), nullable=False),
    sa.Column('action', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=False),
    sa.Column('object_kind', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('object_id', sa.Uuid(), nullable=True),
    sa.Column('place_path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('details', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('previous', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_action'), ['action'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_object_id'), ['object_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_place_path'), ['place_path'], unique=False)

    op.create_table('person',
    sa.Column('surname', sa.Text(), nullable=False),
    sa.Column('first_name', sa.Text(), nullable=False),
    sa.Column('patronymic', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.String(length=250).with_variant(sa.String(length=250, collation='C'), 'postgresql'), nullable=False),
    sa.Column('search_key', sa.String(length=250).with_variant(sa.String(length=250, collation='C'), 'postgresql'), nullable=False),
    sa.Column('login', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=True),
    sa.Column('login_key', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=True),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('password_set_by_person', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=True),
    sa.Column('sex', sa.String(length=1), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('telephone', sa.Text(), nullable=False),
    sa.Column('iin_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('iin_digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('special_needs', sa.JSON(), nullable=False),
    sa.Column('accommodations', sa.JSON(), nullable=False),
    sa.Column('totp_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('pictures', sa.JSON(), nullable=True),
    sa.Column('disabled', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('iin_digest', name=op.f('uq_person_iin_digest')),
    sa.UniqueConstraint('login', name=op.f('uq_person_login')),
    sa.UniqueConstraint('login_key', name=op.f('uq_person_login_key'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_search_key'), ['search_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_sort_key'), ['sort_key'], unique=False)

    op.create_table('place',
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('code', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=True),
    sa.Column('is_city', sa.Boolean(), nullable=False),
    sa.Column('name_kk', sa.Text(), nullable=False),
    sa.Column('name_ru', sa.Text(), nullable=False),
    sa.Column('sort_kk', sa.String(length=250).with_variant(sa.String(length=250, collation='C'), 'postgresql'), nullable=False),
    sa.Column('sort_ru', sa.String(length=250).with_variant(sa.String(length=250, collation='C'), 'postgresql'), nullable=False),
    sa.Column('search', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("level IN ('republic', 'oblast', 'district', 'settlement', 'school')", name=op.f('ck_place_level')),
    sa.ForeignKeyConstraint(['parent_id'], ['place.id'], name=op.f('fk_place_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place')),
    sa.UniqueConstraint('code', name=op.f('uq_place_code')),
    sa.UniqueConstraint('path', name=op.f('uq_place_path'))
    )
    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.create_index('ix_place_level_path', ['level', 'path'], unique=False)
        batch_op.create_index(batch_op.f('ix_place_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_place_search'), ['search'], unique=False)
        batch_op.create_index(batch_op.f('ix_place_sort_kk'), ['sort_kk'], unique=False)
        batch_op.create_index(batch_op.f('ix_place_sort_ru'), ['sort_ru'], unique=False)

    op.create_table('school_year',
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_year')),
    sa.UniqueConstraint('starts_on', name=op.f('uq_school_year_starts_on'))
    )
    op.create_table('combined_class',
    sa.Column('school_id', sa.Uuid(), nullable=False),
    sa.Column('year_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['place.id'], name=op.f('fk_combined_class_school_id')),
    sa.ForeignKeyConstraint(['year_id'], ['school_year.id'], name=op.f('fk_combined_class_year_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_combined_class'))
    )
    with op.batch_alter_table('combined_class', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_combined_class_school_id'), ['school_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_combined_class_year_id'), ['year_id'], unique=False)

    op.create_table('guardianship',
    sa.Column('guardian_id', sa.Uuid(), nullable=False),
    sa.Column('child_id', sa.Uuid(), nullable=False),
    sa.Column('relation', sa.String(length=20), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['child_id'], ['person.id'], name=op.f('fk_guardianship_child_id')),
    sa.ForeignKeyConstraint(['guardian_id'], ['person.id'], name=op.f('fk_guardianship_guardian_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guardianship')),
    sa.UniqueConstraint('guardian_id', 'child_id', name=op.f('uq_guardianship_guardian_id_child_id'))
    )
    with op.batch_alter_table('guardianship', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guardianship_child_id'), ['child_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guardianship_guardian_id'), ['guardian_id'], unique=False)

    op.create_table('role_holding',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(length=30), nullable=False),
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("role IN ('student', 'teacher', 'methodologist', 'deputy_director', 'director', 'district_officer', 'oblast_officer', 'republic_officer', 'administrator', 'guardian')", name=op.f('ck_role_holding_role')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_holding_person_id')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_role_holding_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_holding'))
    )
    with op.batch_alter_table('role_holding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_holding_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_holding_place_id'), ['place_id'], unique=False)

    op.create_table('school',
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('first_grade', sa.Integer(), nullable=False),
    sa.Column('last_grade', sa.Integer(), nullable=False),
    sa.Column('combined_classes', sa.Boolean(), nullable=False),
    sa.Column('shifts', sa.Integer(), nullable=False),
    sa.Column('bells', sa.JSON(), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('pupils', sa.Integer(), nullable=True),
    sa.Column('computers', sa.Integer(), nullable=True),
    sa.Column('technology', sa.String(length=20), nullable=False),
    sa.Column('provider', sa.Text(), nullable=False),
    sa.Column('contract_down', sa.Double(), nullable=True),
    sa.Column('contract_up', sa.Double(), nullable=True),
    sa.Column('identifiers', sa.JSON(), nullable=False),
    sa.Column('telephone', sa.Text(), nullable=False),
    sa.Column('address_kk', sa.Text(), nullable=False),
    sa.Column('address_ru', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('ordinary', 'small', 'hub', 'satellite')", name=op.f('ck_school_kind')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_school_place_id')),
    sa.PrimaryKeyConstraint('place_id', name=op.f('pk_school'))
    )
    op.create_table('school_class',
    sa.Column('school_id', sa.Uuid(), nullable=False),
    sa.Column('year_id', sa.Uuid(), nullable=False),
    sa.Column('grade', sa.Integer(), nullable=False),
    sa.Column('letter', sa.String(length=8).with_variant(sa.String(length=8, collation='C'), 'postgresql'), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('shift', sa.Integer(), nullable=False),
    sa.Column('teacher_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['place.id'], name=op.f('fk_school_class_school_id')),
    sa.ForeignKeyConstraint(['teacher_id'], ['person.id'], name=op.f('fk_school_class_teacher_id')),
    sa.ForeignKeyConstraint(['year_id'], ['school_year.id'], name=op.f('fk_school_class_year_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_class')),
    sa.UniqueConstraint('school_id', 'year_id', 'grade', 'letter', name=op.f('uq_school_class_school_id_year_id_grade_letter'))
    )
    with op.batch_alter_table('school_class', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_school_class_school_id'), ['school_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_school_class_teacher_id'), ['teacher_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_school_class_year_id'), ['year_id'], unique=False)

    op.create_table('sign_in_session',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('token_digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('means', sa.String(length=20), nullable=False),
    sa.Column('second_factor_due', sa.Boolean(), nullable=False),
    sa.Column('last_seen_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.Column('expires_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.Column('ended_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('browser', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_session_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_session')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_sign_in_session_token_digest'))
    )
    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_session_person_id'), ['person_id'], unique=False)

    op.create_table('class_membership',
    sa.Column('class_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_class_membership_class_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_class_membership_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_class_membership'))
    )
    with op.batch_alter_table('class_membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_class_membership_class_id'), ['class_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_class_membership_person_id'), ['person_id'], unique=False)

    op.create_table('combined_class_member',
    sa.Column('combined_id', sa.Uuid(), nullable=False),
    sa.Column('class_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_combined_class_member_class_id')),
    sa.ForeignKeyConstraint(['combined_id'], ['combined_class.id'], name=op.f('fk_combined_class_member_combined_id')),
    sa.PrimaryKeyConstraint('combined_id', 'class_id', name=op.f('pk_combined_class_member'))
    )
    op.create_table('room',
    sa.Column('school_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('computers', sa.Integer(), nullable=False),
    sa.Column('equipment', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.place_id'], name=op.f('fk_room_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room'))
    )
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_room_school_id'), ['school_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_room_school_id'))

    op.drop_table('room')
    op.drop_table('combined_class_member')
    with op.batch_alter_table('class_membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_class_membership_person_id'))
        batch_op.drop_index(batch_op.f('ix_class_membership_class_id'))

    op.drop_table('class_membership')
    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_session_person_id'))

    op.drop_table('sign_in_session')
    with op.batch_alter_table('school_class', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_school_class_year_id'))
        batch_op.drop_index(batch_op.f('ix_school_class_teacher_id'))
        batch_op.drop_index(batch_op.f('ix_school_class_school_id'))

    op.drop_table('school_class')
    op.drop_table('school')
    with op.batch_alter_table('role_holding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_holding_place_id'))
        batch_op.drop_index(batch_op.f('ix_role_holding_person_id'))

    op.drop_table('role_holding')
    with op.batch_alter_table('guardianship', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guardianship_guardian_id'))
        batch_op.drop_index(batch_op.f('ix_guardianship_child_id'))

    op.drop_table('guardianship')
    with op.batch_alter_table('combined_class', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_combined_class_year_id'))
        batch_op.drop_index(batch_op.f('ix_combined_class_school_id'))

    op.drop_table('combined_class')
    op.drop_table('school_year')
    with op.batch_alter_table('place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_place_sort_ru'))
        batch_op.drop_index(batch_op.f('ix_place_sort_kk'))
        batch_op.drop_index(batch_op.f('ix_place_search'))
        batch_op.drop_index(batch_op.f('ix_place_parent_id'))
        batch_op.drop_index('ix_place_level_path')

    op.drop_table('place')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_sort_key'))
        batch_op.drop_index(batch_op.f('ix_person_search_key'))

    op.drop_table('person')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_place_path'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_object_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_actor_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_action'))

    op.drop_table('audit_entry')
