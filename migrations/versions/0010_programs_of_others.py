"""programs of others, and hosts that packages may reach"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import lms.core.db


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('package', sa.Column('hosts', sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table('package', schema=None) as batch_op:
        batch_op.alter_column('hosts', server_default=None)
    op.create_table('api_client',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('token_digest', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=False),
    sa.Column('scopes', sa.JSON(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('hook_url', sa.Text(), nullable=False),
    sa.Column('hook_secret', sa.LargeBinary(), nullable=True),
    sa.Column('last_used_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('revoked_at', lms.core.db.rows.Instant(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', lms.core.db.rows.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_api_client_made_by')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_api_client_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_client')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_api_client_token_digest'))
    )
    with op.batch_alter_table('api_client', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_api_client_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_api_client_place_id'), ['place_id'], unique=False)


def downgrade() -> None:
    op.drop_table('api_client')
    with op.batch_alter_table('package', schema=None) as batch_op:
        batch_op.drop_column('hosts')
