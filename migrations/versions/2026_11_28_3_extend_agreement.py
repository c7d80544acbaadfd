"""extend agreement

Nothing has written answers to objections, packages or explanations before: their tables are made anew.

Revision ID: 2026_11_28_3_extend_agreement
Revises: 2026_11_28_2_add_agreement
Create Date: 2026-11-28 08:34:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_28_3_extend_agreement'
down_revision = '2026_11_28_2_add_agreement'
branch_labels = None
depends_on = None


def upgrade():
    _remake(extended=True)


def downgrade():
    _remake(extended=False)


def _remake(extended):
    for table in ('package_clauses', 'packages', 'explanations', 'objection_answers'):
        op.drop_table(table)

    op.create_table('packages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    *((
        sa.Column('removed_by', sa.Integer(), nullable=True),
        sa.Column('removed_reason', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['removed_by'], ['users.id'], name=op.f('fk_packages_removed_by')),
    ) if extended else ()),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_packages_author_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_packages_draft_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_packages'))
    )
    op.create_index(op.f('ix_packages_draft_id'), 'packages', ['draft_id'])
    op.create_table('package_clauses',
    sa.Column('package_id', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_package_clauses_clause_id')),
    sa.ForeignKeyConstraint(['package_id'], ['packages.id'], name=op.f('fk_package_clauses_package_id')),
    sa.PrimaryKeyConstraint('package_id', 'clause_id', name=op.f('pk_package_clauses'))
    )
    op.create_table('explanations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.String(length=40), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    *((
        sa.Column('text_sha256', sa.String(length=64), nullable=False),
        sa.Column('entered_for', sa.Boolean(), nullable=False),
        sa.Column('withdrawn_by', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['withdrawn_by'], ['users.id'], name=op.f('fk_explanations_withdrawn_by')),
    ) if extended else ()),
    sa.CheckConstraint("kind IN ('reservation', 'explanation')", name=op.f('ck_explanations_kind_known')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_explanations_author_id')),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_explanations_clause_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_explanations_draft_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_explanations_institution_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_explanations'))
    )
    op.create_index(op.f('ix_explanations_draft_id'), 'explanations', ['draft_id'])
    if extended:
        op.create_index(op.f('ix_explanations_clause_id'), 'explanations', ['clause_id'])
    op.create_table('objection_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('position_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    *((
        sa.Column('amendment_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=True),
        sa.Column('maintained_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('maintained_by', sa.Integer(), nullable=True),
        sa.CheckConstraint("(kind = 'change') = (amendment_id IS NOT NULL OR version IS NOT NULL)", name=op.f('ck_objection_answers_change_is_named')),
        sa.ForeignKeyConstraint(['amendment_id'], ['amendments.id'], name=op.f('fk_objection_answers_amendment_id')),
        sa.ForeignKeyConstraint(['maintained_by'], ['users.id'], name=op.f('fk_objection_answers_maintained_by')),
    ) if extended else ()),
    sa.CheckConstraint("kind IN ('reply', 'change')", name=op.f('ck_objection_answers_kind_known')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_objection_answers_author_id')),
    sa.ForeignKeyConstraint(['position_id'], ['positions.id'], name=op.f('fk_objection_answers_position_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection_answers'))
    )
    op.create_index(op.f('ix_objection_answers_position_id'), 'objection_answers', ['position_id'])
