"""the library: resources, council, shelves, carrying"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import lms.core.db


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('dictionary',
    sa.Column('title', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('spelling', 'terms', 'phrases', 'meanings')", name=op.f('ck_dictionary_kind')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dictionary')),
    sa.UniqueConstraint('title', name=op.f('uq_dictionary_title'))
    )
    op.create_table('dictionary_entry',
    sa.Column('dictionary_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('word', sa.Text(), nullable=False),
    sa.Column('bare', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=False),
    sa.Column('other', sa.Text(), nullable=False),
    sa.Column('meaning', sa.Text(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['dictionary_id'], ['dictionary.id'], name=op.f('fk_dictionary_entry_dictionary_id_dictionary'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dictionary_entry'))
    )
    with op.batch_alter_table('dictionary_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dictionary_entry_dictionary_id'), ['dictionary_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_dictionary_entry_bare'), ['bare'], unique=False)

    op.create_table('dictionary_key',
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['dictionary_entry.id'], name=op.f('fk_dictionary_key_entry_id_dictionary_entry'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('entry_id', 'key', name=op.f('pk_dictionary_key'))
    )
    with op.batch_alter_table('dictionary_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dictionary_key_key'), ['key'], unique=False)

    op.create_table('resource_bundle',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource_bundle'))
    )
    with op.batch_alter_table('resource_bundle', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_bundle_source'), ['source'], unique=False)

    op.create_table('harvest_source',
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
    sa.Column('set_name', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('nightly', sa.Boolean(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('since', sa.String(length=20), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_harvest_source_person_id')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_harvest_source_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_harvest_source')),
    sa.UniqueConstraint('place_id', 'address', 'set_name', name=op.f('uq_harvest_source_place_id_address_set_name'))
    )
    with op.batch_alter_table('harvest_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_harvest_source_path'), ['path'], unique=False)

    op.create_table('harvest',
    sa.Column('source_id', sa.Uuid(), nullable=False),
    sa.Column('bundle_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('fault', sa.String(length=40), nullable=False),
    sa.Column('since', sa.String(length=20), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('finished_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'done', 'failed', 'undone')", name=op.f('ck_harvest_state')),
    sa.ForeignKeyConstraint(['bundle_id'], ['resource_bundle.id'], name=op.f('fk_harvest_bundle_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_harvest_person_id')),
    sa.ForeignKeyConstraint(['source_id'], ['harvest_source.id'], name=op.f('fk_harvest_source_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_harvest'))
    )
    with op.batch_alter_table('harvest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_harvest_bundle_id'), ['bundle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_harvest_source_id'), ['source_id'], unique=False)

    op.create_table('carrier',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('form', sa.String(length=10), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('keys', sa.JSON(), nullable=False),
    sa.Column('budget', sa.BigInteger(), nullable=False),
    sa.Column('digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('maker', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'ready', 'failed', 'arrived', 'brought')", name=op.f('ck_carrier_state')),
    sa.CheckConstraint("form IN ('signed', 'cartridge')", name=op.f('ck_carrier_form')),
    sa.ForeignKeyConstraint(['digest'], ['blob.digest'], name=op.f('fk_carrier_digest')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_carrier_person_id')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_carrier_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_carrier'))
    )
    with op.batch_alter_table('carrier', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_carrier_digest'), ['digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_carrier_maker'), ['maker'], unique=False)
        batch_op.create_index(batch_op.f('ix_carrier_person_id'), ['person_id'], unique=False)

    op.create_table('collection',
    sa.Column('owner_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('readers', sa.String(length=10), nullable=False),
    sa.Column('changed_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("readers IN ('me', 'school', 'all')", name=op.f('ck_collection_readers')),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_collection_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collection'))
    )
    with op.batch_alter_table('collection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_collection_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_collection_readers'), ['readers'], unique=False)

    op.create_table('resource',
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('title_kk', sa.Text(), nullable=False),
    sa.Column('title_ru', sa.Text(), nullable=False),
    sa.Column('about_kk', sa.Text(), nullable=False),
    sa.Column('about_ru', sa.Text(), nullable=False),
    sa.Column('sort_key', sa.String(length=250).with_variant(sa.String(length=250, collation='C'), 'postgresql'), nullable=False),
    sa.Column('search', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('grade_from', sa.Integer(), nullable=True),
    sa.Column('grade_to', sa.Integer(), nullable=True),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('authors', sa.JSON(), nullable=False),
    sa.Column('licence', sa.String(length=20), nullable=False),
    sa.Column('link', sa.Text(), nullable=False),
    sa.Column('offline', sa.Boolean(), nullable=False),
    sa.Column('accessible', sa.Boolean(), nullable=False),
    sa.Column('small_class', sa.Boolean(), nullable=False),
    sa.Column('combined_class', sa.Boolean(), nullable=False),
    sa.Column('twins', sa.Uuid(), nullable=True),
    sa.Column('current_id', sa.Uuid(), nullable=True),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('published_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('changed_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('mark', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=True),
    sa.Column('mark_on', sa.Date(), nullable=True),
    sa.Column('mark_until', sa.Date(), nullable=True),
    sa.Column('withdrawn_for', sa.Text(), nullable=False),
    sa.Column('origin', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('origin_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('maker', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=False),
    sa.Column('voices', sa.Integer(), nullable=False),
    sa.Column('uses', sa.Integer(), nullable=False),
    sa.Column('bundle_id', sa.Uuid(), nullable=True),
    sa.Column('stale', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('textbook', 'article', 'map', 'timeline', 'lab', 'model', 'sources', 'interactive', 'video', 'audio', 'guide', 'dictionary', 'package', 'test', 'course', 'link')", name=op.f('ck_resource_kind')),
    sa.CheckConstraint("state IN ('draft', 'school', 'review', 'published', 'withdrawn', 'mirror')", name=op.f('ck_resource_state')),
    sa.ForeignKeyConstraint(['bundle_id'], ['resource_bundle.id'], name=op.f('fk_resource_bundle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_resource_owner_id')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_resource_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource')),
    sa.UniqueConstraint('mark', name=op.f('uq_resource_mark'))
    )
    with op.batch_alter_table('resource', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_bundle_id'), ['bundle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_changed_at'), ['changed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_origin'), ['origin'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_search'), ['search'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_sort_key'), ['sort_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_stale'), ['stale'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_twins'), ['twins'], unique=False)

    op.create_table('saved_search',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('typed', sa.Text(), nullable=False),
    sa.Column('chosen', sa.JSON(), nullable=False),
    sa.Column('paths', sa.JSON(), nullable=False),
    sa.Column('looked_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_saved_search_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_search'))
    )
    with op.batch_alter_table('saved_search', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_search_person_id'), ['person_id'], unique=False)

    op.create_table('cart_item',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_cart_item_person_id')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_cart_item_resource_id')),
    sa.PrimaryKeyConstraint('person_id', 'resource_id', name=op.f('pk_cart_item'))
    )
    op.create_table('collection_item',
    sa.Column('collection_id', sa.Uuid(), nullable=False),
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_collection_item_collection_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_collection_item_resource_id')),
    sa.PrimaryKeyConstraint('collection_id', 'resource_id', name=op.f('pk_collection_item'))
    )
    op.create_table('library_notice',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('resource_id', sa.Uuid(), nullable=True),
    sa.Column('case_id', sa.Uuid(), nullable=True),
    sa.Column('read_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_library_notice_person_id')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_library_notice_resource_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_library_notice'))
    )
    with op.batch_alter_table('library_notice', schema=None) as batch_op:
        batch_op.create_index('ix_library_notice_person_id_read_at', ['person_id', 'read_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_library_notice_resource_id'), ['resource_id'], unique=False)

    op.create_table('resource_event',
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('what', sa.String(length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_resource_event_person_id')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_resource_event_resource_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource_event'))
    )
    with op.batch_alter_table('resource_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_event_resource_id'), ['resource_id'], unique=False)

    op.create_table('resource_objective',
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_resource_objective_resource_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('resource_id', 'code', name=op.f('pk_resource_objective'))
    )
    with op.batch_alter_table('resource_objective', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_objective_code'), ['code'], unique=False)

    op.create_table('resource_rating',
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint('stars BETWEEN 1 AND 5', name=op.f('ck_resource_rating_stars')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_resource_rating_person_id')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_resource_rating_resource_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource_rating')),
    sa.UniqueConstraint('resource_id', 'person_id', name=op.f('uq_resource_rating_resource_id_person_id'))
    )
    with op.batch_alter_table('resource_rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_rating_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_rating_resource_id'), ['resource_id'], unique=False)

    op.create_table('resource_use',
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_resource_use_person_id')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_resource_use_resource_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource_use')),
    sa.UniqueConstraint('resource_id', 'person_id', 'day', name=op.f('uq_resource_use_resource_id_person_id_day'))
    )
    with op.batch_alter_table('resource_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_use_day'), ['day'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_use_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_use_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_use_resource_id'), ['resource_id'], unique=False)

    op.create_table('resource_version',
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('reading', sa.String(length=20), nullable=False),
    sa.Column('parts', sa.Integer(), nullable=False),
    sa.Column('alike', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("reading IN ('waiting', 'read', 'unreadable', 'nothing')", name=op.f('ck_resource_version_reading')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_resource_version_made_by')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_resource_version_resource_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource_version')),
    sa.UniqueConstraint('resource_id', 'number', name=op.f('uq_resource_version_resource_id_number'))
    )
    with op.batch_alter_table('resource_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_version_resource_id'), ['resource_id'], unique=False)

    op.create_table('council_case',
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('stage', sa.String(length=20), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('led_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('decision', sa.Text(), nullable=False),
    sa.Column('log', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("stage IN ('submitted', 'external', 'rework', 'trial', 'mending', 'commission', 'approved', 'refused', 'taken_back')", name=op.f('ck_council_case_stage')),
    sa.ForeignKeyConstraint(['led_by'], ['person.id'], name=op.f('fk_council_case_led_by')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_council_case_resource_id')),
    sa.ForeignKeyConstraint(['version_id'], ['resource_version.id'], name=op.f('fk_council_case_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_case'))
    )
    with op.batch_alter_table('council_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_council_case_due_on'), ['due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_council_case_resource_id'), ['resource_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_council_case_stage'), ['stage'], unique=False)

    op.create_table('resource_band',
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('band', sa.Integer(), nullable=False),
    sa.Column('value', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['resource_version.id'], name=op.f('fk_resource_band_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('version_id', 'band', name=op.f('pk_resource_band'))
    )
    with op.batch_alter_table('resource_band', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_band_value'), ['value'], unique=False)

    op.create_table('resource_file',
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('media_type', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("role IN ('main', 'subtitles', 'preview')", name=op.f('ck_resource_file_role')),
    sa.ForeignKeyConstraint(['digest'], ['blob.digest'], name=op.f('fk_resource_file_digest')),
    sa.ForeignKeyConstraint(['version_id'], ['resource_version.id'], name=op.f('fk_resource_file_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource_file'))
    )
    with op.batch_alter_table('resource_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_file_digest'), ['digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_file_version_id'), ['version_id'], unique=False)

    op.create_table('resource_text',
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=10), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['resource_version.id'], name=op.f('fk_resource_text_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('version_id', 'number', name=op.f('pk_resource_text'))
    )
    op.create_table('council_seat',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('part', sa.String(length=20), nullable=False),
    sa.Column('conflict', sa.Text(), nullable=False),
    sa.Column('scores', sa.JSON(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('verdict', sa.String(length=10), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('given_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("part IN ('scientist', 'teacher_one', 'teacher_two', 'methodologist', 'commission')", name=op.f('ck_council_seat_part')),
    sa.CheckConstraint("verdict IN ('', 'accept', 'rework', 'refuse')", name=op.f('ck_council_seat_verdict')),
    sa.ForeignKeyConstraint(['case_id'], ['council_case.id'], name=op.f('fk_council_seat_case_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_council_seat_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_seat')),
    sa.UniqueConstraint('case_id', 'person_id', name=op.f('uq_council_seat_case_id_person_id'))
    )
    with op.batch_alter_table('council_seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_council_seat_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_council_seat_person_id'), ['person_id'], unique=False)

    op.create_table('council_voice',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('tried', sa.Boolean(), nullable=False),
    sa.Column('school', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['council_case.id'], name=op.f('fk_council_voice_case_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_council_voice_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_voice'))
    )
    with op.batch_alter_table('council_voice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_council_voice_case_id'), ['case_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('council_voice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_council_voice_case_id'))

    op.drop_table('council_voice')
    with op.batch_alter_table('council_seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_council_seat_person_id'))
        batch_op.drop_index(batch_op.f('ix_council_seat_case_id'))

    op.drop_table('council_seat')
    op.drop_table('resource_text')
    with op.batch_alter_table('resource_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_file_version_id'))
        batch_op.drop_index(batch_op.f('ix_resource_file_digest'))

    op.drop_table('resource_file')
    with op.batch_alter_table('resource_band', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_band_value'))

    op.drop_table('resource_band')
    with op.batch_alter_table('council_case', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_council_case_stage'))
        batch_op.drop_index(batch_op.f('ix_council_case_resource_id'))
        batch_op.drop_index(batch_op.f('ix_council_case_due_on'))

    op.drop_table('council_case')
    with op.batch_alter_table('resource_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_version_resource_id'))

    op.drop_table('resource_version')
    with op.batch_alter_table('resource_use', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_use_resource_id'))
        batch_op.drop_index(batch_op.f('ix_resource_use_person_id'))
        batch_op.drop_index(batch_op.f('ix_resource_use_path'))
        batch_op.drop_index(batch_op.f('ix_resource_use_day'))

    op.drop_table('resource_use')
    with op.batch_alter_table('resource_rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_rating_resource_id'))
        batch_op.drop_index(batch_op.f('ix_resource_rating_person_id'))

    op.drop_table('resource_rating')
    with op.batch_alter_table('resource_objective', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_objective_code'))

    op.drop_table('resource_objective')
    with op.batch_alter_table('resource_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_event_resource_id'))

    op.drop_table('resource_event')
    with op.batch_alter_table('library_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_library_notice_resource_id'))
        batch_op.drop_index('ix_library_notice_person_id_read_at')

    op.drop_table('library_notice')
    op.drop_table('collection_item')
    op.drop_table('cart_item')
    with op.batch_alter_table('saved_search', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_saved_search_person_id'))

    op.drop_table('saved_search')
    with op.batch_alter_table('resource', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_twins'))
        batch_op.drop_index(batch_op.f('ix_resource_state'))
        batch_op.drop_index(batch_op.f('ix_resource_stale'))
        batch_op.drop_index(batch_op.f('ix_resource_sort_key'))
        batch_op.drop_index(batch_op.f('ix_resource_search'))
        batch_op.drop_index(batch_op.f('ix_resource_place_id'))
        batch_op.drop_index(batch_op.f('ix_resource_path'))
        batch_op.drop_index(batch_op.f('ix_resource_owner_id'))
        batch_op.drop_index(batch_op.f('ix_resource_origin'))
        batch_op.drop_index(batch_op.f('ix_resource_changed_at'))
        batch_op.drop_index(batch_op.f('ix_resource_bundle_id'))

    op.drop_table('resource')
    with op.batch_alter_table('collection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_collection_owner_id'))
        batch_op.drop_index(batch_op.f('ix_collection_readers'))

    op.drop_table('collection')
    with op.batch_alter_table('carrier', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_carrier_person_id'))
        batch_op.drop_index(batch_op.f('ix_carrier_maker'))
        batch_op.drop_index(batch_op.f('ix_carrier_digest'))

    op.drop_table('carrier')
    with op.batch_alter_table('harvest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_harvest_source_id'))
        batch_op.drop_index(batch_op.f('ix_harvest_bundle_id'))

    op.drop_table('harvest')
    with op.batch_alter_table('harvest_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_harvest_source_path'))

    op.drop_table('harvest_source')
    with op.batch_alter_table('resource_bundle', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_bundle_source'))

    op.drop_table('resource_bundle')
    with op.batch_alter_table('dictionary_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dictionary_key_key'))

    op.drop_table('dictionary_key')
    with op.batch_alter_table('dictionary_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dictionary_entry_bare'))
        batch_op.drop_index(batch_op.f('ix_dictionary_entry_dictionary_id'))

    op.drop_table('dictionary_entry')
    op.drop_table('dictionary')
