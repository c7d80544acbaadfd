"""add the digests of what each event wrote

Rows from before have none: `flask record cover` takes them into the record.

Revision ID: 2026_11_29_c_add_digests
Revises: 2026_11_29_b_add_last_comment
Create Date: 2026-11-29 11:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '2026_11_29_c_add_digests'
down_revision = '2026_11_29_b_add_last_comment'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("ALTER TABLE events ADD COLUMN digests JSON")
    op.execute("ALTER TABLE events ADD COLUMN salt VARCHAR(32)")
    op.execute("ALTER TABLE drafts ADD COLUMN last_hash VARCHAR(64)")


def downgrade():
    op.execute("ALTER TABLE drafts DROP COLUMN last_hash")
    op.execute("ALTER TABLE events DROP COLUMN salt")
    op.execute("ALTER TABLE events DROP COLUMN digests")
