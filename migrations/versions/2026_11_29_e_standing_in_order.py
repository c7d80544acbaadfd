"""let the standing texts of clauses be walked in their order

An index in which a column is NULL is not walked in the order of the next one by PostgreSQL; a partial one is.

Revision ID: 2026_11_29_e_standing_in_order
Revises: 2026_11_29_d_add_amended_hash
Create Date: 2026-11-29 14:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_29_e_standing_in_order'
down_revision = '2026_11_29_d_add_amended_hash'
branch_labels = None
depends_on = None


def upgrade():
    standing = sa.text('last_version IS NULL')
    op.drop_index('ix_clause_texts_standing', 'clause_texts')
    op.create_index(
        'ix_clause_texts_standing', 'clause_texts', ['draft_id', 'language', 'position', 'depth'],
        postgresql_where=standing, sqlite_where=standing,
    )


def downgrade():
    op.drop_index('ix_clause_texts_standing', 'clause_texts')
    op.create_index(
        'ix_clause_texts_standing', 'clause_texts', ['draft_id', 'language', 'last_version', 'position', 'depth']
    )
