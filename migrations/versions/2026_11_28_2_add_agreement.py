"""add agreement

Nothing has written positions before: their table is made anew.

Revision ID: 2026_11_28_2_add_agreement
Revises: 2026_11_28_extend_amending
Create Date: 2026-11-28 03:37:03.164825

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_28_2_add_agreement'
down_revision = '2026_11_28_extend_amending'
branch_labels = None
depends_on = None

ADDED = (
    ('drafts', 'scale JSON'),
    ('drafts', 'days_off JSON'),
    ('memberships', "part VARCHAR(12) NOT NULL DEFAULT 'head' CONSTRAINT ck_memberships_part_known "
                    "CHECK (part IN ('head', 'authorised', 'member'))"),
)


def upgrade():
    op.create_table('calls',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('rule', sa.String(length=20), nullable=False),
    sa.Column('share_numerator', sa.Integer(), nullable=False),
    sa.Column('share_denominator', sa.Integer(), nullable=False),
    sa.Column('share_exceeded', sa.Boolean(), nullable=False),
    sa.Column('of_seats', sa.Boolean(), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.Column('opened_by', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deadline', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirm_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.Integer(), nullable=True),
    sa.CheckConstraint("rule <> 'silence' OR deadline IS NOT NULL", name=op.f('ck_calls_silence_until')),
    sa.CheckConstraint("rule IN ('consensus', 'minus_one', 'silence', 'majority')", name=op.f('ck_calls_rule_known')),
    sa.CheckConstraint('share_denominator > 0 AND share_numerator > 0', name=op.f('ck_calls_share_positive')),
    sa.ForeignKeyConstraint(['closed_by'], ['users.id'], name=op.f('fk_calls_closed_by')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_calls_draft_id')),
    sa.ForeignKeyConstraint(['opened_by'], ['users.id'], name=op.f('fk_calls_opened_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calls')),
    sa.UniqueConstraint('draft_id', 'number', name=op.f('uq_calls_draft_id_number'))
    )
    op.create_table('packages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_packages_author_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_packages_draft_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_packages'))
    )
    with op.batch_alter_table('packages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_packages_draft_id'), ['draft_id'], unique=False)

    op.create_table('call_items',
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.String(length=40), nullable=True),
    sa.Column('amendment_id', sa.Integer(), nullable=True),
    sa.Column('text_sha256', sa.String(length=64), nullable=False),
    sa.Column('result', sa.String(length=20), nullable=True),
    sa.CheckConstraint('(clause_id IS NULL) <> (amendment_id IS NULL)', name=op.f('ck_call_items_about_one_thing')),
    sa.ForeignKeyConstraint(['amendment_id'], ['amendments.id'], name=op.f('fk_call_items_amendment_id')),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_call_items_call_id')),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_call_items_clause_id')),
    sa.PrimaryKeyConstraint('call_id', 'ordinal', name=op.f('pk_call_items'))
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
    sa.CheckConstraint("kind IN ('reservation', 'explanation')", name=op.f('ck_explanations_kind_known')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_explanations_author_id')),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_explanations_clause_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_explanations_draft_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_explanations_institution_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_explanations'))
    )
    with op.batch_alter_table('explanations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_explanations_draft_id'), ['draft_id'], unique=False)

    op.create_table('package_clauses',
    sa.Column('package_id', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_package_clauses_clause_id')),
    sa.ForeignKeyConstraint(['package_id'], ['packages.id'], name=op.f('fk_package_clauses_package_id')),
    sa.PrimaryKeyConstraint('package_id', 'clause_id', name=op.f('pk_package_clauses'))
    )
    op.create_table('receipts',
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_receipts_call_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_receipts_institution_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_receipts_user_id')),
    sa.PrimaryKeyConstraint('call_id', 'institution_id', name=op.f('pk_receipts'))
    )
    op.create_table('reopenings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('institution_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_reopenings_author_id')),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_reopenings_clause_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_reopenings_draft_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_reopenings_institution_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reopenings'))
    )
    with op.batch_alter_table('reopenings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reopenings_draft_id'), ['draft_id'], unique=False)

    for table, column in ADDED:
        op.execute(f'ALTER TABLE {table} ADD COLUMN {column}')
    op.drop_table('positions')
    op.create_table('positions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(length=20), nullable=False),
    sa.Column('clause_id', sa.String(length=40), nullable=True),
    sa.Column('amendment_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text_sha256', sa.String(length=64), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('entered_for', sa.Boolean(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=True),
    sa.Column('step', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('confirm_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("about IN ('clause', 'below', 'version', 'amendment')", name=op.f('ck_positions_about_known')),
    sa.CheckConstraint("(about IN ('clause', 'below')) = (clause_id IS NOT NULL)", name=op.f('ck_positions_about_a_clause')),
    sa.CheckConstraint("(about = 'amendment') = (amendment_id IS NOT NULL)", name=op.f('ck_positions_about_an_amendment')),
    sa.CheckConstraint('step IS NULL OR step BETWEEN 1 AND 9', name=op.f('ck_positions_step_on_scale')),
    sa.ForeignKeyConstraint(['amendment_id'], ['amendments.id'], name=op.f('fk_positions_amendment_id')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_positions_author_id')),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_positions_call_id')),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_positions_clause_id')),
    sa.ForeignKeyConstraint(['confirmed_by'], ['users.id'], name=op.f('fk_positions_confirmed_by')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_positions_draft_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_positions_institution_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_positions'))
    )
    op.create_index('ix_positions_draft', 'positions', ['draft_id', 'id'])
    op.create_index('ix_positions_clause', 'positions', ['clause_id', 'institution_id'])
    op.create_index('ix_positions_amendment', 'positions', ['amendment_id', 'institution_id'])
    op.create_table('objection_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('position_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('reply', 'change')", name=op.f('ck_objection_answers_kind_known')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_objection_answers_author_id')),
    sa.ForeignKeyConstraint(['position_id'], ['positions.id'], name=op.f('fk_objection_answers_position_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection_answers'))
    )
    with op.batch_alter_table('objection_answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objection_answers_position_id'), ['position_id'], unique=False)



def downgrade():
    with op.batch_alter_table('objection_answers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_objection_answers_position_id'))

    op.drop_table('objection_answers')
    op.drop_table('positions')
    op.create_table('positions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.String(length=40), nullable=True),
    sa.Column('amendment_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text_sha256', sa.String(length=64), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('stance', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(clause_id IS NULL) <> (amendment_id IS NULL)', name=op.f('ck_positions_about_one_thing')),
    sa.CheckConstraint('stance BETWEEN 1 AND 9', name=op.f('ck_positions_stance_on_scale')),
    sa.ForeignKeyConstraint(['amendment_id'], ['amendments.id'], name=op.f('fk_positions_amendment_id')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_positions_author_id')),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_positions_clause_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_positions_draft_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_positions_institution_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_positions'))
    )
    op.create_index('ix_positions_clause', 'positions', ['clause_id', 'institution_id'])
    op.create_index('ix_positions_amendment', 'positions', ['amendment_id', 'institution_id'])
    with op.batch_alter_table('memberships', schema=None) as batch_op:  # a later migration may have copied the table
        batch_op.drop_constraint(op.f('ck_memberships_part_known'), type_='check')
    for table, column in ADDED:
        op.execute(f'ALTER TABLE {table} DROP COLUMN {column.split()[0]}')
    with op.batch_alter_table('reopenings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reopenings_draft_id'))

    op.drop_table('reopenings')
    op.drop_table('receipts')
    op.drop_table('package_clauses')
    with op.batch_alter_table('explanations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_explanations_draft_id'))

    op.drop_table('explanations')
    op.drop_table('call_items')
    with op.batch_alter_table('packages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_packages_draft_id'))

    op.drop_table('packages')
    op.drop_table('calls')
