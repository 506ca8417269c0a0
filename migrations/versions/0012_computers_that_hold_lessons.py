"""computers of schools that hold live lessons on the school's own network; questions of several parts in them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


BEFORE = "kind IN ('single', 'multiple', 'number', 'text', 'cloud')"
NOW = "kind IN ('single', 'multiple', 'number', 'text', 'cloud', 'pairs', 'order', 'gaps')"


def upgrade() -> None:
    with op.batch_alter_table('streamed_question', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_streamed_question_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_streamed_question_kind'), NOW)
    with op.batch_alter_table('speed_meter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lessons', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('speed_meter', schema=None) as batch_op:
        batch_op.alter_column('lessons', server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM streamed_question WHERE kind IN ('pairs', 'order', 'gaps')")
    with op.batch_alter_table('streamed_question', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_streamed_question_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_streamed_question_kind'), BEFORE)
    with op.batch_alter_table('speed_meter', schema=None) as batch_op:
        batch_op.drop_column('lessons')
