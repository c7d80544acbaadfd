"""add discarding

Revision ID: 2026_11_28_4_add_discarding
Revises: 2026_11_28_3_extend_agreement
Create Date: 2026-11-28 08:50:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_28_4_add_discarding'
down_revision = '2026_11_28_3_extend_agreement'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('amendments', sa.Column('discarded_at', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column('amendments', 'discarded_at')
