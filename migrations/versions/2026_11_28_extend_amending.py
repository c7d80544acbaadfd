"""extend amending

Revision ID: 2026_11_28_extend_amending
Revises: 2026_11_24_2_add_search
Create Date: 2026-11-28 03:16:03.982061

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_28_extend_amending'
down_revision = '2026_11_24_2_add_search'
branch_labels = None
depends_on = None

ADDED = (
    # Columns bring their constraint along: SQLite cannot add one to a table that stands.
    ('amendments', "kind VARCHAR(20) NOT NULL DEFAULT 'amendment' CONSTRAINT ck_amendments_kind_known "
                   "CHECK (kind IN ('amendment', 'counter_text'))"),
    ('amendments', 'revision INTEGER NOT NULL DEFAULT 1 CONSTRAINT ck_amendments_revision_from_one CHECK (revision >= 1)'),
    ('amendments', 'partly_since INTEGER'),
    ('versions', 'revokes INTEGER CONSTRAINT ck_versions_revokes_a_version CHECK (revokes IS NULL OR revokes >= 1)'),
)


def upgrade():
    op.create_table('benches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('base_version', sa.Integer(), nullable=False),
    sa.Column('chosen', sa.JSON(), nullable=False),
    sa.Column('settlements', sa.JSON(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('renumber', sa.Boolean(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('issued_version', sa.Integer(), nullable=True),
    sa.CheckConstraint('revision >= 1', name=op.f('ck_benches_revision_from_one')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_benches_draft_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_benches_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_benches'))
    )
    with op.batch_alter_table('benches', schema=None) as batch_op:
        batch_op.create_index('ix_benches_open', ['draft_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.create_table('unsent_texts',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_unsent_texts_draft_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_unsent_texts_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'draft_id', 'place', name=op.f('pk_unsent_texts'))
    )
    op.create_table('amendment_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('from_id', sa.Integer(), nullable=False),
    sa.Column('to_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=20), nullable=True),
    sa.Column('answer_reason', sa.Text(), nullable=False),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("answer IS NULL OR answer IN ('accepted', 'declined')", name=op.f('ck_amendment_links_answer_known')),
    sa.CheckConstraint("kind IN ('depends_on', 'conflicts_with', 'bridges', 'amends')", name=op.f('ck_amendment_links_kind_known')),
    sa.CheckConstraint('from_id <> to_id', name=op.f('ck_amendment_links_not_with_itself')),
    sa.ForeignKeyConstraint(['answered_by'], ['users.id'], name=op.f('fk_amendment_links_answered_by')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_amendment_links_author_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_amendment_links_draft_id')),
    sa.ForeignKeyConstraint(['from_id'], ['amendments.id'], name=op.f('fk_amendment_links_from_id')),
    sa.ForeignKeyConstraint(['to_id'], ['amendments.id'], name=op.f('fk_amendment_links_to_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_amendment_links'))
    )
    with op.batch_alter_table('amendment_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_amendment_links_draft_id'), ['draft_id'], unique=False)
        batch_op.create_index('ix_amendment_links_from_id', ['from_id'], unique=False)
        batch_op.create_index('ix_amendment_links_to_id', ['to_id'], unique=False)

    op.create_table('fates',
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('amendment_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('state_before', sa.String(length=20), nullable=False),
    sa.Column('carried_before', sa.String(length=20), nullable=True),
    sa.Column('base_before', sa.Integer(), nullable=False),
    sa.Column('partly_before', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['amendment_id'], ['amendments.id'], name=op.f('fk_fates_amendment_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_fates_draft_id')),
    sa.PrimaryKeyConstraint('draft_id', 'version', 'amendment_id', name=op.f('pk_fates'))
    )
    op.create_table('kept_brackets',
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.String(length=40), nullable=True),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('base', sa.Text(), nullable=False),
    sa.Column('sides', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_kept_brackets_clause_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_kept_brackets_draft_id')),
    sa.PrimaryKeyConstraint('draft_id', 'version', 'ordinal', name=op.f('pk_kept_brackets'))
    )
    op.create_table('sponsorships',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('amendment_id', sa.Integer(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('answer', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('invited_by', sa.Integer(), nullable=True),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("answer IN ('invited', 'accepted', 'declined')", name=op.f('ck_sponsorships_answer_known')),
    sa.ForeignKeyConstraint(['amendment_id'], ['amendments.id'], name=op.f('fk_sponsorships_amendment_id')),
    sa.ForeignKeyConstraint(['answered_by'], ['users.id'], name=op.f('fk_sponsorships_answered_by')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_sponsorships_institution_id')),
    sa.ForeignKeyConstraint(['invited_by'], ['users.id'], name=op.f('fk_sponsorships_invited_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sponsorships')),
    sa.UniqueConstraint('amendment_id', 'institution_id', name=op.f('uq_sponsorships_amendment_id_institution_id'))
    )
    for table, column in ADDED:
        op.execute(f'ALTER TABLE {table} ADD COLUMN {column}')
    _know_kinds_of_edits("'replace_words', 'restate', 'insert', 'delete', 'move', 'relabel', 'respace'")



def downgrade():
    op.execute("DELETE FROM edits WHERE kind = 'respace'")
    _know_kinds_of_edits("'replace_words', 'restate', 'insert', 'delete', 'move', 'relabel'")
    triggers = _without_triggers()
    for table, column in reversed(ADDED):
        op.execute(f'ALTER TABLE {table} DROP COLUMN {column.split()[0]}')
    for trigger in triggers:
        op.get_bind().exec_driver_sql(trigger)

    op.drop_table('sponsorships')
    op.drop_table('kept_brackets')
    op.drop_table('fates')
    with op.batch_alter_table('amendment_links', schema=None) as batch_op:
        batch_op.drop_index('ix_amendment_links_to_id')
        batch_op.drop_index('ix_amendment_links_from_id')
        batch_op.drop_index(batch_op.f('ix_amendment_links_draft_id'))

    op.drop_table('amendment_links')
    op.drop_table('unsent_texts')
    with op.batch_alter_table('benches', schema=None) as batch_op:
        batch_op.drop_index('ix_benches_open', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.drop_table('benches')


def _know_kinds_of_edits(kinds):
    """Another list of kinds. SQLite copies the table for it."""
    triggers = _without_triggers()
    with op.batch_alter_table('edits', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_edits_kind_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_edits_kind_known'), f'kind IN ({kinds})')
    for trigger in triggers:
        op.get_bind().exec_driver_sql(trigger)


def _without_triggers():
    """Take the triggers of the search index away on SQLite, where they would not survive the copying of a table; what
    makes them again."""
    bind = op.get_bind()
    if bind.dialect.name != 'sqlite':
        return []
    found = bind.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _sql in found:
        op.execute(f'DROP TRIGGER {name}')
    return [sql for _name, sql in found]
