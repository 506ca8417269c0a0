"""session on the screen"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('registration', sa.Column('session', sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column('registration', 'session')
