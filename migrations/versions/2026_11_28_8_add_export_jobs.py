"""add export jobs

Files made of versions are kept under the key of what they were made of; those that take long are made by jobs.

Revision ID: 2026_11_28_8_add_export_jobs
Revises: 2026_11_28_7_add_files
Create Date: 2026-11-28 15:40:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_28_8_add_export_jobs'
down_revision = '2026_11_28_7_add_files'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('export_jobs',
    sa.Column('id', sa.String(length=43), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('format', sa.String(length=40), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('doing', sa.String(length=60), nullable=False),
    sa.Column('worker', sa.String(length=43), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('heard_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.CheckConstraint("(state = 'done') = (sha256 IS NOT NULL)", name=op.f('ck_export_jobs_done_with_file')),
    sa.CheckConstraint("state <> 'failed' OR problem <> ''", name=op.f('ck_export_jobs_failed_with_problem')),
    sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f('ck_export_jobs_state_known')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_export_jobs_draft_id')),
    sa.ForeignKeyConstraint(['sha256'], ['files.sha256'], name=op.f('fk_export_jobs_sha256')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_export_jobs_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export_jobs'))
    )
    with op.batch_alter_table('export_jobs', schema=None) as batch_op:
        batch_op.create_index('ix_export_jobs_of_person', ['user_id', 'draft_id'], unique=False)
        batch_op.create_index('ix_export_jobs_open', ['state', 'asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_export_jobs_sha256'), ['sha256'], unique=False)

    op.create_table('exported_files',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.String(length=120), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_exported_files_draft_id')),
    sa.ForeignKeyConstraint(['sha256'], ['files.sha256'], name=op.f('fk_exported_files_sha256')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_exported_files'))
    )
    with op.batch_alter_table('exported_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exported_files_draft_id'), ['draft_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exported_files_fetched_at'), ['fetched_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_exported_files_sha256'), ['sha256'], unique=False)


def downgrade():
    op.drop_table('exported_files')
    op.drop_table('export_jobs')
