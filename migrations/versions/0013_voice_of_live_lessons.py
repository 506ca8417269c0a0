"""the teacher's voice of a live lesson, for those who were not there"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('streamed_lesson', schema=None) as batch_op:
        batch_op.add_column(sa.Column('voice', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True))
        batch_op.create_index(batch_op.f('ix_streamed_lesson_voice'), ['voice'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_streamed_lesson_voice'), 'blob', ['voice'], ['digest'])


def downgrade() -> None:
    with op.batch_alter_table('streamed_lesson', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_streamed_lesson_voice'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_streamed_lesson_voice'))
        batch_op.drop_column('voice')
