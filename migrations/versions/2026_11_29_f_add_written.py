"""add to drafts by which event each table was last written

Until the next such event, whatever was read of the draft from that table holds. It says more than amended_hash did.

Revision ID: 2026_11_29_f_add_written
Revises: 2026_11_29_e_standing_in_order
Create Date: 2026-11-29 15:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '2026_11_29_f_add_written'
down_revision = '2026_11_29_e_standing_in_order'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("ALTER TABLE drafts ADD COLUMN written JSON")
    op.execute("UPDATE drafts SET written = '{}'")
    op.execute("ALTER TABLE drafts DROP COLUMN amended_hash")


def downgrade():
    op.execute("ALTER TABLE drafts ADD COLUMN amended_hash VARCHAR(64)")
    op.execute("UPDATE drafts SET amended_hash = last_hash")
    op.execute("ALTER TABLE drafts DROP COLUMN written")
