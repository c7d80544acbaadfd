"""add record notice

On PostgreSQL the record says by itself that it has something new; on SQLite readers count the changes of the file.

Revision ID: 2026_11_28_5_add_record_notice
Revises: 2026_11_28_4_add_discarding
Create Date: 2026-11-28 12:26:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_28_5_add_record_notice'
down_revision = '2026_11_28_4_add_discarding'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('presences',
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_presences_draft_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_presences_user_id')),
    sa.PrimaryKeyConstraint('draft_id', 'user_id', name=op.f('pk_presences'))
    )
    if op.get_bind().dialect.name != 'postgresql':
        return
    op.execute("""
        CREATE FUNCTION tell_of_event() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('kelishim_record', NEW.draft_id::text);
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER tell_of_event AFTER INSERT ON events
        FOR EACH ROW EXECUTE FUNCTION tell_of_event()
    """)


def downgrade():
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("DROP TRIGGER tell_of_event ON events")
        op.execute("DROP FUNCTION tell_of_event()")
    op.drop_table('presences')
