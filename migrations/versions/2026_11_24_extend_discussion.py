"""extend discussion

Revision ID: 2026_11_24_extend_discussion
Revises: 2026_11_23_create_first_tables
Create Date: 2026-11-24 10:54:59.036802

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_24_extend_discussion'
down_revision = '2026_11_23_create_first_tables'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('visits',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('event_number', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('event_number >= 0', name=op.f('ck_visits_event_number_not_negative')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_visits_draft_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_visits_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'draft_id', name=op.f('pk_visits'))
    )
    op.create_table('follows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.String(length=40), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_follows_clause_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_follows_draft_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_follows_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follows')),
    sa.UniqueConstraint('user_id', 'draft_id', 'clause_id', name=op.f('uq_follows_user_id_draft_id_clause_id'))
    )
    op.create_table('comment_wordings',
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('quote', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('number >= 1', name=op.f('ck_comment_wordings_number_from_one')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_comment_wordings_comment_id')),
    sa.PrimaryKeyConstraint('comment_id', 'number', name=op.f('pk_comment_wordings'))
    )
    op.create_table('mentions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('institution_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(user_id IS NULL) <> (institution_id IS NULL)', name=op.f('ck_mentions_names_one')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_mentions_comment_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_mentions_institution_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_mentions_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentions')),
    sa.UniqueConstraint('comment_id', 'user_id', 'institution_id', name=op.f('uq_mentions_comment_id_user_id_institution_id'))
    )
    with op.batch_alter_table('mentions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentions_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mentions_institution_id'), ['institution_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mentions_user_id'), ['user_id'], unique=False)

    op.create_table('resolutions',
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('institution_id', sa.Integer(), nullable=True),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_resolutions_comment_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_resolutions_institution_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_resolutions_user_id')),
    sa.PrimaryKeyConstraint('comment_id', name=op.f('pk_resolutions'))
    )


def downgrade():
    op.drop_table('resolutions')
    with op.batch_alter_table('mentions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentions_user_id'))
        batch_op.drop_index(batch_op.f('ix_mentions_institution_id'))
        batch_op.drop_index(batch_op.f('ix_mentions_comment_id'))

    op.drop_table('mentions')
    op.drop_table('comment_wordings')
    op.drop_table('follows')
    op.drop_table('visits')
