"""add the last comment before a thread was settled

What was said since is counted by order: in the strict mode comments have a day alone. Of threads settled before this
the moments stay what is counted by.

Revision ID: 2026_11_29_b_add_last_comment
Revises: 2026_11_29_add_consultations
Create Date: 2026-11-29 10:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '2026_11_29_b_add_last_comment'
down_revision = '2026_11_29_add_consultations'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("ALTER TABLE resolutions ADD COLUMN last_comment INTEGER")


def downgrade():
    op.execute("ALTER TABLE resolutions DROP COLUMN last_comment")
