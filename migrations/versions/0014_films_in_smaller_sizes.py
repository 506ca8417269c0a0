"""films in smaller sizes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('course_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('middle', sa.String(length=64).with_variant(sa.String(length=64, collation='C'), 'postgresql'), nullable=True))
        batch_op.add_column(sa.Column('middle_size', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_index(batch_op.f('ix_course_file_middle'), ['middle'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_course_file_middle'), 'blob', ['middle'], ['digest'])
    with op.batch_alter_table('course_file', schema=None) as batch_op:
        batch_op.alter_column('middle_size', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('course_file', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_course_file_middle'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_course_file_middle'))
        batch_op.drop_column('middle_size')
        batch_op.drop_column('middle')
