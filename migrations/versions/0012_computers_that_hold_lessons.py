"""computers of schools that hold live lessons on the school's own network"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('speed_meter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lessons', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('speed_meter', schema=None) as batch_op:
        batch_op.alter_column('lessons', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('speed_meter', schema=None) as batch_op:
        batch_op.drop_column('lessons')
