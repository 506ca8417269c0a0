"""Questions, papers, sittings and their marks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import lms.core.db


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('item',
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('grade', sa.Integer(), nullable=True),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('objective', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('level', sa.String(length=1), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('search', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('twin_id', sa.Uuid(), nullable=True),
    sa.Column('context_id', sa.Uuid(), nullable=True),
    sa.Column('current_id', sa.Uuid(), nullable=True),
    sa.Column('practice', sa.Boolean(), nullable=False),
    sa.Column('archived_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("level IN ('A', 'B', 'C')", name=op.f('ck_item_level')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_item_author_id')),
    sa.ForeignKeyConstraint(['context_id'], ['item.id'], name=op.f('fk_item_context_id')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_item_place_id')),
    sa.ForeignKeyConstraint(['twin_id'], ['item.id'], name=op.f('fk_item_twin_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item'))
    )
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_context_id'), ['context_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_search'), ['search'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_subject'), ['subject'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_twin_id'), ['twin_id'], unique=False)

    op.create_table('paper',
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.String(length=250).with_variant(sa.String(length=250, collation='C'), 'postgresql'), nullable=False),
    sa.Column('search', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('grade', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('format', sa.String(length=40), nullable=False),
    sa.Column('shuffle', sa.Boolean(), nullable=False),
    sa.Column('aids', sa.JSON(), nullable=False),
    sa.Column('breaks', sa.JSON(), nullable=False),
    sa.Column('extra_minutes', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('sections', sa.JSON(), nullable=False),
    sa.Column('current_id', sa.Uuid(), nullable=True),
    sa.Column('archived_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_paper_author_id')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_paper_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper'))
    )
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_search'), ['search'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_sort_key'), ['sort_key'], unique=False)

    op.create_table('question_file',
    sa.Column('file', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('brought_by', sa.Uuid(), nullable=False),
    sa.Column('media_type', sa.String(length=60), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['brought_by'], ['person.id'], name=op.f('fk_question_file_brought_by')),
    sa.ForeignKeyConstraint(['file'], ['blob.digest'], name=op.f('fk_question_file_file')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_question_file_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_file')),
    sa.UniqueConstraint('file', name=op.f('uq_question_file_file'))
    )
    with op.batch_alter_table('question_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_file_file'), ['file'], unique=False)
        batch_op.create_index(batch_op.f('ix_question_file_place_id'), ['place_id'], unique=False)

    op.create_table('item_version',
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_version_item_id')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_item_version_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_version')),
    sa.UniqueConstraint('item_id', 'number', name=op.f('uq_item_version_item_id_number'))
    )
    with op.batch_alter_table('item_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_version_item_id'), ['item_id'], unique=False)

    op.create_table('paper_version',
    sa.Column('paper_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('most', sa.Double(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_paper_version_made_by')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_paper_version_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_version')),
    sa.UniqueConstraint('paper_id', 'number', name=op.f('uq_paper_version_paper_id_number'))
    )
    with op.batch_alter_table('paper_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_version_paper_id'), ['paper_id'], unique=False)

    op.create_table('practice',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('box', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('right', sa.Integer(), nullable=False),
    sa.Column('wrong', sa.Integer(), nullable=False),
    sa.Column('last_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_practice_item_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_practice_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice')),
    sa.UniqueConstraint('person_id', 'item_id', name=op.f('uq_practice_person_id_item_id'))
    )
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_practice_person_id'), ['person_id'], unique=False)

    op.create_table('sitting',
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('school_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('given_by', sa.Uuid(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('opens_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('closes_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12).with_variant(sa.String(length=12, collation='C'), 'postgresql'), nullable=False),
    sa.Column('sealed', sa.Boolean(), nullable=False),
    sa.Column('seal', sa.JSON(), nullable=False),
    sa.Column('on_school_computers', sa.Boolean(), nullable=False),
    sa.Column('breaks', sa.JSON(), nullable=False),
    sa.Column('second_marker_id', sa.Uuid(), nullable=True),
    sa.Column('certificate_share', sa.Integer(), nullable=False),
    sa.Column('variants', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('show_key', sa.Boolean(), nullable=False),
    sa.Column('published_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('appeals_until', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('withdrawn_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("mode IN ('exam', 'self')", name=op.f('ck_sitting_mode')),
    sa.ForeignKeyConstraint(['given_by'], ['person.id'], name=op.f('fk_sitting_given_by')),
    sa.ForeignKeyConstraint(['school_id'], ['place.id'], name=op.f('fk_sitting_school_id')),
    sa.ForeignKeyConstraint(['second_marker_id'], ['person.id'], name=op.f('fk_sitting_second_marker_id')),
    sa.ForeignKeyConstraint(['version_id'], ['paper_version.id'], name=op.f('fk_sitting_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitting'))
    )
    with op.batch_alter_table('sitting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sitting_given_by'), ['given_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_sitting_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_sitting_school_id'), ['school_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sitting_second_marker_id'), ['second_marker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sitting_version_id'), ['version_id'], unique=False)

    op.create_table('key_change',
    sa.Column('sitting_id', sa.Uuid(), nullable=False),
    sa.Column('old_id', sa.Uuid(), nullable=False),
    sa.Column('new_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('touched', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_key_change_made_by')),
    sa.ForeignKeyConstraint(['new_id'], ['item_version.id'], name=op.f('fk_key_change_new_id')),
    sa.ForeignKeyConstraint(['old_id'], ['item_version.id'], name=op.f('fk_key_change_old_id')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sitting.id'], name=op.f('fk_key_change_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_key_change'))
    )
    with op.batch_alter_table('key_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_key_change_old_id'), ['old_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_key_change_sitting_id'), ['sitting_id'], unique=False)

    op.create_table('quiz_attempt',
    sa.Column('sitting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('variant', sa.Integer(), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('left_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('started_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('deadline', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('extra_minutes', sa.Integer(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('device', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('hand_over_digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('hand_over_until', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('last_seen_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('breaks_taken', sa.Integer(), nullable=False),
    sa.Column('break_until', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('away', sa.Integer(), nullable=False),
    sa.Column('ended_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('ended_by', sa.String(length=10), nullable=False),
    sa.Column('points', sa.Float(), nullable=True),
    sa.Column('most', sa.Float(), nullable=False),
    sa.Column('to_mark', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_quiz_attempt_person_id')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sitting.id'], name=op.f('fk_quiz_attempt_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quiz_attempt')),
    sa.UniqueConstraint('sitting_id', 'person_id', 'number', name=op.f('uq_quiz_attempt_sitting_id_person_id_number'))
    )
    with op.batch_alter_table('quiz_attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quiz_attempt_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_quiz_attempt_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quiz_attempt_sitting_id'), ['sitting_id'], unique=False)

    op.create_table('sitting_target',
    sa.Column('sitting_id', sa.Uuid(), nullable=False),
    sa.Column('class_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint('(class_id IS NULL) != (person_id IS NULL)', name=op.f('ck_sitting_target_one_target')),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_sitting_target_class_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sitting_target_person_id')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sitting.id'], name=op.f('fk_sitting_target_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitting_target'))
    )
    with op.batch_alter_table('sitting_target', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sitting_target_class_id'), ['class_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sitting_target_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sitting_target_sitting_id'), ['sitting_id'], unique=False)

    op.create_table('answer_file',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('file', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['quiz_attempt.id'], name=op.f('fk_answer_file_attempt_id')),
    sa.ForeignKeyConstraint(['file'], ['blob.digest'], name=op.f('fk_answer_file_file')),
    sa.PrimaryKeyConstraint('attempt_id', 'file', name=op.f('pk_answer_file'))
    )
    with op.batch_alter_table('answer_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_file_file'), ['file'], unique=False)

    op.create_table('answer_log',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('received_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('written_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('counts', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['quiz_attempt.id'], name=op.f('fk_answer_log_attempt_id')),
    sa.PrimaryKeyConstraint('attempt_id', 'epoch', 'seq', name=op.f('pk_answer_log'))
    )
    op.create_table('appeal',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reply', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('open', 'granted', 'refused')", name=op.f('ck_appeal_state')),
    sa.ForeignKeyConstraint(['attempt_id'], ['quiz_attempt.id'], name=op.f('fk_appeal_attempt_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_appeal_decided_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal')),
    sa.UniqueConstraint('attempt_id', 'number', name=op.f('uq_appeal_attempt_id_number'))
    )
    with op.batch_alter_table('appeal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appeal_attempt_id'), ['attempt_id'], unique=False)

    op.create_table('given_answer',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('rank', sa.BigInteger(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=True),
    sa.Column('points', sa.Float(), nullable=True),
    sa.Column('most', sa.Float(), nullable=True),
    sa.Column('mistakes', sa.Integer(), nullable=False),
    sa.Column('waiting', sa.Boolean(), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('marked_by', sa.Uuid(), nullable=True),
    sa.Column('marked_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['attempt_id'], ['quiz_attempt.id'], name=op.f('fk_given_answer_attempt_id')),
    sa.ForeignKeyConstraint(['marked_by'], ['person.id'], name=op.f('fk_given_answer_marked_by')),
    sa.ForeignKeyConstraint(['version_id'], ['item_version.id'], name=op.f('fk_given_answer_version_id')),
    sa.PrimaryKeyConstraint('attempt_id', 'number', name=op.f('pk_given_answer'))
    )
    with op.batch_alter_table('given_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_given_answer_version_id'), ['version_id'], unique=False)

    op.create_table('sitting_event',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['quiz_attempt.id'], name=op.f('fk_sitting_event_attempt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitting_event'))
    )
    with op.batch_alter_table('sitting_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sitting_event_attempt_id'), ['attempt_id'], unique=False)

    op.create_table('sealed_paper',
    sa.Column('sitting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('variant', sa.Integer(), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('fetched_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sealed_paper_person_id')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sitting.id'], name=op.f('fk_sealed_paper_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_paper')),
    sa.UniqueConstraint('sitting_id', 'person_id', name=op.f('uq_sealed_paper_sitting_id_person_id'))
    )
    with op.batch_alter_table('sealed_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sealed_paper_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sealed_paper_sitting_id'), ['sitting_id'], unique=False)

    op.create_table('item_exposure',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['quiz_attempt.id'], name=op.f('fk_item_exposure_attempt_id')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_exposure_item_id')),
    sa.PrimaryKeyConstraint('attempt_id', 'item_id', name=op.f('pk_item_exposure'))
    )
    with op.batch_alter_table('item_exposure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_exposure_item_id'), ['item_id'], unique=False)

    op.create_table('second_mark',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('points', sa.Float(), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('marked_by', sa.Uuid(), nullable=False),
    sa.Column('marked_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('settled_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['attempt_id', 'number'], ['given_answer.attempt_id', 'given_answer.number'], name=op.f('fk_second_mark_attempt_id_number')),
    sa.ForeignKeyConstraint(['marked_by'], ['person.id'], name=op.f('fk_second_mark_marked_by')),
    sa.PrimaryKeyConstraint('attempt_id', 'number', name=op.f('pk_second_mark'))
    )
    op.create_table('result_notice',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('seen_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('published', 'changed')", name=op.f('ck_result_notice_kind')),
    sa.ForeignKeyConstraint(['attempt_id'], ['quiz_attempt.id'], name=op.f('fk_result_notice_attempt_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_result_notice_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_result_notice'))
    )
    with op.batch_alter_table('result_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_result_notice_attempt_id'), ['attempt_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_result_notice_person_id'), ['person_id'], unique=False)

    op.create_table('certificate',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=16).with_variant(sa.String(length=16, collation='C'), 'postgresql'), nullable=False),
    sa.Column('revoked_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['quiz_attempt.id'], name=op.f('fk_certificate_attempt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('attempt_id', name=op.f('uq_certificate_attempt_id')),
    sa.UniqueConstraint('code', name=op.f('uq_certificate_code'))
    )
    op.create_table('answer_sheet',
    sa.Column('sitting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('variant', sa.Integer(), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('seen', sa.JSON(), nullable=False),
    sa.Column('attempt_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['quiz_attempt.id'], name=op.f('fk_answer_sheet_attempt_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_answer_sheet_person_id')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sitting.id'], name=op.f('fk_answer_sheet_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_sheet')),
    sa.UniqueConstraint('number', name=op.f('uq_answer_sheet_number')),
    sa.UniqueConstraint('sitting_id', 'person_id', name=op.f('uq_answer_sheet_sitting_id_person_id'))
    )
    with op.batch_alter_table('answer_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_sheet_attempt_id'), ['attempt_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_sheet_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_sheet_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_sheet_sitting_id'), ['sitting_id'], unique=False)

    op.create_table('study',
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('entry', sa.JSON(), nullable=False),
    sa.Column('leaving', sa.JSON(), nullable=False),
    sa.Column('model', sa.String(length=10), nullable=False),
    sa.Column('pilot', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('result', sa.JSON(), nullable=True),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'done', 'few')", name=op.f('ck_study_state')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_study_made_by')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_study_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_study'))
    )
    with op.batch_alter_table('study', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_study_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_study_place_id'), ['place_id'], unique=False)

    op.create_table('kept_clinic',
    sa.Column('sitting_id', sa.Uuid(), nullable=False),
    sa.Column('model', sa.String(length=10), nullable=False),
    sa.Column('pages', sa.JSON(), nullable=True),
    sa.Column('stamp', sa.String(length=80), nullable=False),
    sa.Column('made_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['sitting_id'], ['sitting.id'], name=op.f('fk_kept_clinic_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_clinic')),
    sa.UniqueConstraint('sitting_id', 'model', name=op.f('uq_kept_clinic_sitting_id_model'))
    )
    op.create_table('sheet_photo',
    sa.Column('sitting_id', sa.Uuid(), nullable=False),
    sa.Column('file', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sent_by', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('sheets', sa.Integer(), nullable=False),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'read', 'refused')", name=op.f('ck_sheet_photo_state')),
    sa.ForeignKeyConstraint(['file'], ['blob.digest'], name=op.f('fk_sheet_photo_file')),
    sa.ForeignKeyConstraint(['sent_by'], ['person.id'], name=op.f('fk_sheet_photo_sent_by')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sitting.id'], name=op.f('fk_sheet_photo_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_photo'))
    )
    with op.batch_alter_table('sheet_photo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_photo_file'), ['file'], unique=False)
        batch_op.create_index(batch_op.f('ix_sheet_photo_sitting_id'), ['sitting_id'], unique=False)



def downgrade() -> None:

    with op.batch_alter_table('sheet_photo', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_photo_sitting_id'))
        batch_op.drop_index(batch_op.f('ix_sheet_photo_file'))

    op.drop_table('sheet_photo')
    op.drop_table('kept_clinic')
    with op.batch_alter_table('study', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_study_place_id'))
        batch_op.drop_index(batch_op.f('ix_study_path'))

    op.drop_table('study')
    with op.batch_alter_table('answer_sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_sheet_sitting_id'))
        batch_op.drop_index(batch_op.f('ix_answer_sheet_person_id'))
        batch_op.drop_index(batch_op.f('ix_answer_sheet_path'))
        batch_op.drop_index(batch_op.f('ix_answer_sheet_attempt_id'))

    op.drop_table('answer_sheet')
    op.drop_table('certificate')
    with op.batch_alter_table('result_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_result_notice_person_id'))
        batch_op.drop_index(batch_op.f('ix_result_notice_attempt_id'))

    op.drop_table('result_notice')
    op.drop_table('second_mark')
    with op.batch_alter_table('item_exposure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_exposure_item_id'))

    op.drop_table('item_exposure')
    with op.batch_alter_table('sealed_paper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sealed_paper_sitting_id'))
        batch_op.drop_index(batch_op.f('ix_sealed_paper_person_id'))

    op.drop_table('sealed_paper')
    with op.batch_alter_table('sitting_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sitting_event_attempt_id'))

    op.drop_table('sitting_event')
    with op.batch_alter_table('given_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_given_answer_version_id'))

    op.drop_table('given_answer')
    with op.batch_alter_table('appeal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appeal_attempt_id'))

    op.drop_table('appeal')
    op.drop_table('answer_log')
    with op.batch_alter_table('answer_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_file_file'))

    op.drop_table('answer_file')
    with op.batch_alter_table('sitting_target', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sitting_target_sitting_id'))
        batch_op.drop_index(batch_op.f('ix_sitting_target_person_id'))
        batch_op.drop_index(batch_op.f('ix_sitting_target_class_id'))

    op.drop_table('sitting_target')
    with op.batch_alter_table('quiz_attempt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quiz_attempt_sitting_id'))
        batch_op.drop_index(batch_op.f('ix_quiz_attempt_person_id'))
        batch_op.drop_index(batch_op.f('ix_quiz_attempt_path'))

    op.drop_table('quiz_attempt')
    with op.batch_alter_table('key_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_key_change_sitting_id'))
        batch_op.drop_index(batch_op.f('ix_key_change_old_id'))

    op.drop_table('key_change')
    with op.batch_alter_table('sitting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sitting_version_id'))
        batch_op.drop_index(batch_op.f('ix_sitting_second_marker_id'))
        batch_op.drop_index(batch_op.f('ix_sitting_school_id'))
        batch_op.drop_index(batch_op.f('ix_sitting_path'))
        batch_op.drop_index(batch_op.f('ix_sitting_given_by'))

    op.drop_table('sitting')
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_practice_person_id'))
        batch_op.drop_index(batch_op.f('ix_practice_item_id'))

    op.drop_table('practice')
    with op.batch_alter_table('paper_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_version_paper_id'))

    op.drop_table('paper_version')
    with op.batch_alter_table('item_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_version_item_id'))

    op.drop_table('item_version')
    with op.batch_alter_table('question_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_question_file_place_id'))
        batch_op.drop_index(batch_op.f('ix_question_file_file'))

    op.drop_table('question_file')
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_sort_key'))
        batch_op.drop_index(batch_op.f('ix_paper_search'))
        batch_op.drop_index(batch_op.f('ix_paper_place_id'))
        batch_op.drop_index(batch_op.f('ix_paper_path'))
        batch_op.drop_index(batch_op.f('ix_paper_author_id'))

    op.drop_table('paper')
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_twin_id'))
        batch_op.drop_index(batch_op.f('ix_item_subject'))
        batch_op.drop_index(batch_op.f('ix_item_search'))
        batch_op.drop_index(batch_op.f('ix_item_place_id'))
        batch_op.drop_index(batch_op.f('ix_item_path'))
        batch_op.drop_index(batch_op.f('ix_item_context_id'))
        batch_op.drop_index(batch_op.f('ix_item_author_id'))

    op.drop_table('item')

