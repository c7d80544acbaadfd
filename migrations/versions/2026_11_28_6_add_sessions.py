"""add sessions

Revision ID: 2026_11_28_6_add_sessions
Revises: 2026_11_28_5_add_record_notice
Create Date: 2026-11-28 11:53:25.812483

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_28_6_add_sessions'
down_revision = '2026_11_28_5_add_record_notice'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('sittings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('planned_for', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('called_off_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('first_event', sa.Integer(), nullable=True),
    sa.Column('last_event', sa.Integer(), nullable=True),
    sa.CheckConstraint('closed_at IS NULL OR opened_at IS NOT NULL', name=op.f('ck_sittings_closed_after_opened')),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_sittings_created_by')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_sittings_draft_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sittings')),
    sa.UniqueConstraint('draft_id', 'number', name=op.f('uq_sittings_draft_id_number'))
    )
    with op.batch_alter_table('sittings', schema=None) as batch_op:
        batch_op.create_index('ix_sittings_open', ['draft_id'], unique=True, sqlite_where=sa.text('opened_at IS NOT NULL AND closed_at IS NULL'), postgresql_where=sa.text('opened_at IS NOT NULL AND closed_at IS NULL'))

    op.create_table('agenda_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sitting_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('clause_id', sa.String(length=40), nullable=True),
    sa.Column('amendment_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('reading', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(kind = 'amendment') = (amendment_id IS NOT NULL)", name=op.f('ck_agenda_items_amendment_named')),
    sa.CheckConstraint("(kind = 'clause') = (clause_id IS NOT NULL)", name=op.f('ck_agenda_items_clause_named')),
    sa.CheckConstraint("kind IN ('clause', 'amendment', 'matter')", name=op.f('ck_agenda_items_kind_known')),
    sa.CheckConstraint('minutes IS NULL OR minutes BETWEEN 1 AND 600', name=op.f('ck_agenda_items_minutes_of_a_day')),
    sa.CheckConstraint('reading IN (1, 2)', name=op.f('ck_agenda_items_reading_first_or_second')),
    sa.ForeignKeyConstraint(['amendment_id'], ['amendments.id'], name=op.f('fk_agenda_items_amendment_id')),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_agenda_items_clause_id')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sittings.id'], name=op.f('fk_agenda_items_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_items')),
    sa.UniqueConstraint('sitting_id', 'number', name=op.f('uq_agenda_items_sitting_id_number'))
    )
    op.create_table('attendances',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sitting_id', sa.Integer(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('consented_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_attendances_institution_id')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sittings.id'], name=op.f('fk_attendances_sitting_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_attendances_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendances'))
    )
    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendances_sitting_id'), ['sitting_id'], unique=False)

    op.create_table('parked_matters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sitting_id', sa.Integer(), nullable=True),
    sa.Column('clause_id', sa.String(length=40), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('owner_words', sa.Text(), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('parked_by', sa.Integer(), nullable=True),
    sa.Column('parked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.Integer(), nullable=True),
    sa.Column('settled_words', sa.Text(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_parked_matters_clause_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_parked_matters_draft_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['institutions.id'], name=op.f('fk_parked_matters_owner_id')),
    sa.ForeignKeyConstraint(['parked_by'], ['users.id'], name=op.f('fk_parked_matters_parked_by')),
    sa.ForeignKeyConstraint(['settled_by'], ['users.id'], name=op.f('fk_parked_matters_settled_by')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sittings.id'], name=op.f('fk_parked_matters_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parked_matters')),
    sa.UniqueConstraint('draft_id', 'number', name=op.f('uq_parked_matters_draft_id_number'))
    )
    op.create_table('records',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('sitting_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('issued_by', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('discarded_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(kind = 'session') = (sitting_id IS NOT NULL)", name=op.f('ck_records_session_named')),
    sa.CheckConstraint("kind IN ('session', 'workshop', 'communique')", name=op.f('ck_records_kind_known')),
    sa.CheckConstraint('(issued_at IS NULL) = (sha256 IS NULL)', name=op.f('ck_records_issued_with_fingerprint')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_records_draft_id')),
    sa.ForeignKeyConstraint(['issued_by'], ['users.id'], name=op.f('fk_records_issued_by')),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_records_made_by')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sittings.id'], name=op.f('fk_records_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_records')),
    sa.UniqueConstraint('draft_id', 'number', name=op.f('uq_records_draft_id_number'))
    )
    op.create_table('small_groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sitting_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('task', sa.Text(), nullable=False),
    sa.Column('clauses', sa.JSON(), nullable=False),
    sa.Column('members', sa.JSON(), nullable=False),
    sa.Column('rapporteur_id', sa.Integer(), nullable=True),
    sa.Column('formed_by', sa.Integer(), nullable=True),
    sa.Column('formed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('report', sa.Text(), nullable=False),
    sa.Column('amendments', sa.JSON(), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dissolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_small_groups_draft_id')),
    sa.ForeignKeyConstraint(['formed_by'], ['users.id'], name=op.f('fk_small_groups_formed_by')),
    sa.ForeignKeyConstraint(['rapporteur_id'], ['institutions.id'], name=op.f('fk_small_groups_rapporteur_id')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sittings.id'], name=op.f('fk_small_groups_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_small_groups')),
    sa.UniqueConstraint('draft_id', 'number', name=op.f('uq_small_groups_draft_id_number'))
    )


def downgrade():
    op.drop_table('small_groups')
    op.drop_table('records')
    op.drop_table('parked_matters')
    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendances_sitting_id'))

    op.drop_table('attendances')
    op.drop_table('agenda_items')
    with op.batch_alter_table('sittings', schema=None) as batch_op:
        batch_op.drop_index('ix_sittings_open', sqlite_where=sa.text('opened_at IS NOT NULL AND closed_at IS NULL'), postgresql_where=sa.text('opened_at IS NOT NULL AND closed_at IS NULL'))

    op.drop_table('sittings')
