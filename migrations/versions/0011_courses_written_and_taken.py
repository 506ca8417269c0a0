"""courses written published and taken"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import lms.core.db


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('curriculum_objective',
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('grade', sa.Integer(), nullable=True),
    sa.Column('code', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('text_kk', sa.Text(), nullable=False),
    sa.Column('text_ru', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_curriculum_objective_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_curriculum_objective')),
    sa.UniqueConstraint('place_id', 'subject', 'code', name=op.f('uq_curriculum_objective_place_id_subject_code'))
    )
    with op.batch_alter_table('curriculum_objective', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_curriculum_objective_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_curriculum_objective_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_curriculum_objective_subject'), ['subject'], unique=False)

    op.create_table('course',
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('title_kk', sa.Text(), nullable=False),
    sa.Column('title_ru', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.String(length=250).with_variant(sa.String(length=250, collation='C'), 'postgresql'), nullable=False),
    sa.Column('search', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
    sa.Column('about_kk', sa.Text(), nullable=False),
    sa.Column('about_ru', sa.Text(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('grade', sa.Integer(), nullable=True),
    sa.Column('quarter', sa.Integer(), nullable=True),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('objectives', sa.JSON(), nullable=False),
    sa.Column('licence', sa.String(length=20), nullable=False),
    sa.Column('credits', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('review_note', sa.Text(), nullable=False),
    sa.Column('created_by', sa.Uuid(), nullable=False),
    sa.Column('current_id', sa.Uuid(), nullable=True),
    sa.Column('copied_from', sa.Uuid(), nullable=True),
    sa.Column('changed_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.Column('archived_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("licence IN ('school', 'cc-by', 'cc-by-sa', 'public')", name=op.f('ck_course_licence')),
    sa.CheckConstraint("state IN ('draft', 'review', 'published')", name=op.f('ck_course_state')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_course_created_by')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_course_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course'))
    )
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_created_by'), ['created_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_search'), ['search'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_sort_key'), ['sort_key'], unique=False)

    op.create_table('course_arrival',
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('found', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('refused', sa.Text(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('missed', sa.JSON(), nullable=False),
    sa.Column('lessons', sa.JSON(), nullable=False),
    sa.Column('modules', sa.JSON(), nullable=False),
    sa.Column('kept_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('reading', 'refused', 'read', 'keeping', 'kept', 'undone')", name=op.f('ck_course_arrival_state')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_arrival_course_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['digest'], ['blob.digest'], name=op.f('fk_course_arrival_digest')),
    sa.ForeignKeyConstraint(['found'], ['blob.digest'], name=op.f('fk_course_arrival_found')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_course_arrival_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_arrival'))
    )
    with op.batch_alter_table('course_arrival', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_arrival_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_arrival_digest'), ['digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_arrival_found'), ['found'], unique=False)

    op.create_table('course_edition',
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('outline', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('published_by', sa.Uuid(), nullable=False),
    sa.Column('published_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_edition_course_id')),
    sa.ForeignKeyConstraint(['published_by'], ['person.id'], name=op.f('fk_course_edition_published_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_edition')),
    sa.UniqueConstraint('course_id', 'number', name=op.f('uq_course_edition_course_id_number'))
    )
    with op.batch_alter_table('course_edition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_edition_course_id'), ['course_id'], unique=False)

    op.create_table('course_file',
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('family', sa.String(length=20), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('small', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('small_size', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('capability', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('start', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_file_course_id')),
    sa.ForeignKeyConstraint(['digest'], ['blob.digest'], name=op.f('fk_course_file_digest')),
    sa.ForeignKeyConstraint(['small'], ['blob.digest'], name=op.f('fk_course_file_small')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_file')),
    sa.UniqueConstraint('capability', name=op.f('uq_course_file_capability'))
    )
    with op.batch_alter_table('course_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_file_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_file_digest'), ['digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_file_small'), ['small'], unique=False)

    op.create_table('course_module',
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title_kk', sa.Text(), nullable=False),
    sa.Column('title_ru', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_module_course_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_module'))
    )
    with op.batch_alter_table('course_module', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_module_course_id'), ['course_id'], unique=False)

    op.create_table('course_lesson',
    sa.Column('module_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title_kk', sa.Text(), nullable=False),
    sa.Column('title_ru', sa.Text(), nullable=False),
    sa.Column('rule', sa.String(length=20), nullable=False),
    sa.Column('pass_score', sa.Integer(), nullable=False),
    sa.Column('in_order', sa.Boolean(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('activity', sa.String(length=20), nullable=False),
    sa.Column('activity_key', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("rule IN ('opened', 'seen', 'score', 'activity')", name=op.f('ck_course_lesson_rule')),
    sa.ForeignKeyConstraint(['module_id'], ['course_module.id'], name=op.f('fk_course_lesson_module_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_lesson'))
    )
    with op.batch_alter_table('course_lesson', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_lesson_module_id'), ['module_id'], unique=False)

    op.create_table('edition_lesson',
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('lesson_id', sa.Uuid(), nullable=False),
    sa.Column('blocks', sa.JSON(), nullable=False),
    sa.Column('search', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['course_edition.id'], name=op.f('fk_edition_lesson_edition_id')),
    sa.PrimaryKeyConstraint('edition_id', 'lesson_id', name=op.f('pk_edition_lesson'))
    )
    op.create_table('given_course',
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('school_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('given_by', sa.Uuid(), nullable=False),
    sa.Column('opens_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('closes_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('withdrawn_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('activities', sa.JSON(), nullable=False),
    sa.Column('dates', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_given_course_course_id')),
    sa.ForeignKeyConstraint(['edition_id'], ['course_edition.id'], name=op.f('fk_given_course_edition_id')),
    sa.ForeignKeyConstraint(['given_by'], ['person.id'], name=op.f('fk_given_course_given_by')),
    sa.ForeignKeyConstraint(['school_id'], ['place.id'], name=op.f('fk_given_course_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_given_course'))
    )
    with op.batch_alter_table('given_course', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_given_course_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_given_course_edition_id'), ['edition_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_given_course_given_by'), ['given_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_given_course_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_given_course_school_id'), ['school_id'], unique=False)

    op.create_table('model_part',
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=1024).with_variant(sa.String(length=1024, collation='C'), 'postgresql'), nullable=False),
    sa.Column('digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['digest'], ['blob.digest'], name=op.f('fk_model_part_digest')),
    sa.ForeignKeyConstraint(['file_id'], ['course_file.id'], name=op.f('fk_model_part_file_id')),
    sa.PrimaryKeyConstraint('file_id', 'path', name=op.f('pk_model_part'))
    )
    with op.batch_alter_table('model_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_model_part_digest'), ['digest'], unique=False)

    op.create_table('block_change',
    sa.Column('lesson_id', sa.Uuid(), nullable=False),
    sa.Column('block_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('deed', sa.String(length=10), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('after', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('ended_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.Column('undone_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("deed IN ('add', 'change', 'move', 'remove')", name=op.f('ck_block_change_deed')),
    sa.ForeignKeyConstraint(['lesson_id'], ['course_lesson.id'], name=op.f('fk_block_change_lesson_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_block_change_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_block_change'))
    )
    with op.batch_alter_table('block_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_block_change_block_id'), ['block_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_change_lesson_id'), ['lesson_id'], unique=False)

    op.create_table('course_block',
    sa.Column('lesson_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('kk', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('ru', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('revision_kk', sa.Integer(), nullable=False),
    sa.Column('revision_ru', sa.Integer(), nullable=False),
    sa.Column('stale_kk', sa.Boolean(), nullable=False),
    sa.Column('stale_ru', sa.Boolean(), nullable=False),
    sa.Column('saved_from', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('saved_number', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['course_lesson.id'], name=op.f('fk_course_block_lesson_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_block'))
    )
    with op.batch_alter_table('course_block', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_block_lesson_id'), ['lesson_id'], unique=False)

    op.create_table('course_comment',
    sa.Column('lesson_id', sa.Uuid(), nullable=False),
    sa.Column('block_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('settled_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['course_lesson.id'], name=op.f('fk_course_comment_lesson_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_course_comment_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_comment'))
    )
    with op.batch_alter_table('course_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_comment_lesson_id'), ['lesson_id'], unique=False)

    op.create_table('course_event',
    sa.Column('given_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('lesson_id', sa.Uuid(), nullable=False),
    sa.Column('block_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('mark', sa.String(length=110).with_variant(sa.String(length=110, collation='C'), 'postgresql'), nullable=False),
    sa.Column('received_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('opened', 'seen', 'answered', 'replied', 'time', 'done')", name=op.f('ck_course_event_kind')),
    sa.ForeignKeyConstraint(['given_id'], ['given_course.id'], name=op.f('fk_course_event_given_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_course_event_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_event')),
    sa.UniqueConstraint('mark', name=op.f('uq_course_event_mark'))
    )
    with op.batch_alter_table('course_event', schema=None) as batch_op:
        batch_op.create_index('ix_course_event_given_id_person_id', ['given_id', 'person_id'], unique=False)

    op.create_table('course_note',
    sa.Column('given_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('lesson_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('bookmark', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['given_id'], ['given_course.id'], name=op.f('fk_course_note_given_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_course_note_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_note')),
    sa.UniqueConstraint('given_id', 'person_id', 'lesson_id', name=op.f('uq_course_note_given_id_person_id_lesson_id'))
    )
    with op.batch_alter_table('course_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_note_person_id'), ['person_id'], unique=False)

    op.create_table('course_progress',
    sa.Column('given_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('lessons', sa.JSON(), nullable=False),
    sa.Column('at_lesson', sa.Uuid(), nullable=True),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('score', sa.Float(), nullable=True),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('seen_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.Column('finished_at', lms.core.db.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['given_id'], ['given_course.id'], name=op.f('fk_course_progress_given_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_course_progress_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_progress')),
    sa.UniqueConstraint('given_id', 'person_id', name=op.f('uq_course_progress_given_id_person_id'))
    )
    with op.batch_alter_table('course_progress', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_progress_given_id'), ['given_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_progress_person_id'), ['person_id'], unique=False)

    op.create_table('course_target',
    sa.Column('given_id', sa.Uuid(), nullable=False),
    sa.Column('class_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.CheckConstraint('(class_id IS NULL) != (person_id IS NULL)', name=op.f('ck_course_target_one_target')),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_course_target_class_id')),
    sa.ForeignKeyConstraint(['given_id'], ['given_course.id'], name=op.f('fk_course_target_given_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_course_target_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_target'))
    )
    with op.batch_alter_table('course_target', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_target_class_id'), ['class_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_target_given_id'), ['given_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_target_person_id'), ['person_id'], unique=False)

    op.create_table('lesson_plan',
    sa.Column('lesson_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('school_class', sa.Text(), nullable=False),
    sa.Column('on', sa.Date(), nullable=True),
    sa.Column('topic', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('stages', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['course_lesson.id'], name=op.f('fk_lesson_plan_lesson_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_lesson_plan_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_plan'))
    )
    with op.batch_alter_table('lesson_plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lesson_plan_lesson_id'), ['lesson_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lesson_plan_person_id'), ['person_id'], unique=False)

    op.create_table('lesson_presence',
    sa.Column('lesson_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('seen_at', lms.core.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['course_lesson.id'], name=op.f('fk_lesson_presence_lesson_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_lesson_presence_person_id')),
    sa.PrimaryKeyConstraint('lesson_id', 'person_id', name=op.f('pk_lesson_presence'))
    )


def downgrade() -> None:
    op.drop_table('lesson_presence')
    with op.batch_alter_table('lesson_plan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lesson_plan_person_id'))
        batch_op.drop_index(batch_op.f('ix_lesson_plan_lesson_id'))

    op.drop_table('lesson_plan')
    with op.batch_alter_table('course_target', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_target_person_id'))
        batch_op.drop_index(batch_op.f('ix_course_target_given_id'))
        batch_op.drop_index(batch_op.f('ix_course_target_class_id'))

    op.drop_table('course_target')
    with op.batch_alter_table('course_progress', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_progress_person_id'))
        batch_op.drop_index(batch_op.f('ix_course_progress_given_id'))

    op.drop_table('course_progress')
    with op.batch_alter_table('course_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_note_person_id'))

    op.drop_table('course_note')
    with op.batch_alter_table('course_event', schema=None) as batch_op:
        batch_op.drop_index('ix_course_event_given_id_person_id')

    op.drop_table('course_event')
    with op.batch_alter_table('course_comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_comment_lesson_id'))

    op.drop_table('course_comment')
    with op.batch_alter_table('course_block', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_block_lesson_id'))

    op.drop_table('course_block')
    with op.batch_alter_table('block_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_block_change_lesson_id'))
        batch_op.drop_index(batch_op.f('ix_block_change_block_id'))

    op.drop_table('block_change')
    with op.batch_alter_table('model_part', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_model_part_digest'))

    op.drop_table('model_part')
    with op.batch_alter_table('given_course', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_given_course_school_id'))
        batch_op.drop_index(batch_op.f('ix_given_course_path'))
        batch_op.drop_index(batch_op.f('ix_given_course_given_by'))
        batch_op.drop_index(batch_op.f('ix_given_course_edition_id'))
        batch_op.drop_index(batch_op.f('ix_given_course_course_id'))

    op.drop_table('given_course')
    op.drop_table('edition_lesson')
    with op.batch_alter_table('course_lesson', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_lesson_module_id'))

    op.drop_table('course_lesson')
    with op.batch_alter_table('course_module', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_module_course_id'))

    op.drop_table('course_module')
    with op.batch_alter_table('course_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_file_small'))
        batch_op.drop_index(batch_op.f('ix_course_file_digest'))
        batch_op.drop_index(batch_op.f('ix_course_file_course_id'))

    op.drop_table('course_file')
    with op.batch_alter_table('course_edition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_edition_course_id'))

    op.drop_table('course_edition')
    with op.batch_alter_table('course_arrival', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_arrival_found'))
        batch_op.drop_index(batch_op.f('ix_course_arrival_digest'))
        batch_op.drop_index(batch_op.f('ix_course_arrival_course_id'))

    op.drop_table('course_arrival')
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_sort_key'))
        batch_op.drop_index(batch_op.f('ix_course_search'))
        batch_op.drop_index(batch_op.f('ix_course_place_id'))
        batch_op.drop_index(batch_op.f('ix_course_path'))
        batch_op.drop_index(batch_op.f('ix_course_created_by'))

    op.drop_table('course')
    with op.batch_alter_table('curriculum_objective', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_curriculum_objective_subject'))
        batch_op.drop_index(batch_op.f('ix_curriculum_objective_place_id'))
        batch_op.drop_index(batch_op.f('ix_curriculum_objective_path'))

    op.drop_table('curriculum_objective')
