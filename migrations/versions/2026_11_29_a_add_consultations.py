"""add consultations

Public consultations on publications: what readers say on a published text, and what they are answered.

Revision ID: 2026_11_29_add_consultations
Revises: 2026_11_28_9_add_people
Create Date: 2026-11-29 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_29_add_consultations'
down_revision = '2026_11_28_9_add_people'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('consultations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('ends_when_superseded', sa.Boolean(), nullable=False),
    sa.Column('opened_by', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_consultations_days_in_order')),
    sa.ForeignKeyConstraint(['opened_by'], ['users.id'], name=op.f('fk_consultations_opened_by')),
    sa.ForeignKeyConstraint(['publication_id'], ['publications.id'], name=op.f('fk_consultations_publication_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultations')),
    sa.UniqueConstraint('publication_id', name=op.f('uq_consultations_publication_id'))
    )
    op.create_table('consultation_replies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_consultation_replies_consultation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_replies'))
    )
    with op.batch_alter_table('consultation_replies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_replies_consultation_id'), ['consultation_id'], unique=False)

    op.create_table('contributions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('clause_id', sa.String(length=40), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('shown_name', sa.String(length=80), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('reader_key', sa.String(length=64), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('confirm_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('reason_words', sa.Text(), nullable=False),
    sa.Column('reply_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'refused') = (reason <> '')", name=op.f('ck_contributions_refused_with_reason')),
    sa.CheckConstraint("(state = 'unconfirmed') = (number IS NULL)", name=op.f('ck_contributions_arrived_with_number')),
    sa.CheckConstraint("(state = 'unconfirmed') = (token_hash IS NOT NULL)", name=op.f('ck_contributions_unconfirmed_with_token')),
    sa.CheckConstraint("state IN ('accepted', 'refused') OR reply_id IS NULL", name=op.f('ck_contributions_decided_before_reply')),
    sa.CheckConstraint("state IN ('unconfirmed', 'waiting') OR reader_key = ''", name=op.f('ck_contributions_decided_without_reader')),
    sa.CheckConstraint("state IN ('unconfirmed', 'waiting', 'accepted', 'refused')", name=op.f('ck_contributions_state_known')),
    sa.CheckConstraint('(token_hash IS NULL) = (confirm_until IS NULL)', name=op.f('ck_contributions_token_runs_out')),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_contributions_clause_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_contributions_consultation_id')),
    sa.ForeignKeyConstraint(['reply_id'], ['consultation_replies.id'], name=op.f('fk_contributions_reply_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contributions')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_contributions_consultation_id_number')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_contributions_token_hash'))
    )
    with op.batch_alter_table('contributions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contributions_confirm_until'), ['confirm_until'], unique=False)
        batch_op.create_index('ix_contributions_listed', ['consultation_id', 'state', 'clause_id', 'number'], unique=False)
        batch_op.create_index(batch_op.f('ix_contributions_reader_key'), ['reader_key'], unique=False)



def downgrade():
    with op.batch_alter_table('contributions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contributions_reader_key'))
        batch_op.drop_index('ix_contributions_listed')
        batch_op.drop_index(batch_op.f('ix_contributions_confirm_until'))

    op.drop_table('contributions')
    with op.batch_alter_table('consultation_replies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultation_replies_consultation_id'))

    op.drop_table('consultation_replies')
    op.drop_table('consultations')
