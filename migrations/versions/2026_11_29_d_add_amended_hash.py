"""add to drafts which event wrote an amendment last

Until the next such event, whatever was read of a draft's amendments holds.

Revision ID: 2026_11_29_d_add_amended_hash
Revises: 2026_11_29_c_add_digests
Create Date: 2026-11-29 13:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '2026_11_29_d_add_amended_hash'
down_revision = '2026_11_29_c_add_digests'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("ALTER TABLE drafts ADD COLUMN amended_hash VARCHAR(64)")
    op.execute("UPDATE drafts SET amended_hash = last_hash")


def downgrade():
    op.execute("ALTER TABLE drafts DROP COLUMN amended_hash")
