"""add people

Accounts with addresses and second factors, sign-ins, invitations, guests, the outbox, notices; authors who are not stored.

Revision ID: 2026_11_28_9_add_people
Revises: 2026_11_28_8_add_export_jobs
Create Date: 2026-11-28 18:41:50.878891

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_28_9_add_people'
down_revision = '2026_11_28_8_add_export_jobs'
branch_labels = None
depends_on = None


ADDED = (
    ('amendments', 'receipt_hash VARCHAR(64)'),
    ('comments', 'receipt_hash VARCHAR(64)'),
    ('sittings', "attribution VARCHAR(20) CONSTRAINT ck_sittings_attribution_known"
        " CHECK (attribution IS NULL OR attribution IN ('named', 'institution_only', 'unattributed'))"),
    ('users', "kind VARCHAR(10) NOT NULL DEFAULT 'person' CONSTRAINT ck_users_kind_known CHECK (kind IN ('person', 'guest'))"),
    ('users', 'is_administrator BOOLEAN NOT NULL DEFAULT FALSE'),
    ('users', 'language VARCHAR(8)'),
    ('users', 'email VARCHAR(254)'),
    ('users', 'email_key VARCHAR(254) CONSTRAINT ck_users_email_with_key CHECK ((email IS NULL) = (email_key IS NULL))'),
    ('users', 'email_confirmed_at TIMESTAMP WITH TIME ZONE'),
    ('users', 'totp_secret VARCHAR(64)'),
    ('users', 'totp_confirmed_at TIMESTAMP WITH TIME ZONE CONSTRAINT ck_users_totp_with_secret'
        ' CHECK (totp_confirmed_at IS NULL OR totp_secret IS NOT NULL)'),
    ('users', 'handle VARCHAR(86)'),
)


def upgrade():
    op.create_table('attempts',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count >= 1', name=op.f('ck_attempts_count_from_one')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_attempts'))
    )
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempts_since'), ['since'], unique=False)

    op.create_table('letters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('unsubscribe', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'sent', 'given_up')", name=op.f('ck_letters_state_known')),
    sa.CheckConstraint('tries >= 0', name=op.f('ck_letters_tries_not_negative')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letters'))
    )
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.create_index('ix_letters_due', ['state', 'due_at'], unique=False)

    op.create_table('settings',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_settings'))
    )
    op.create_table('feeds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_feeds_draft_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_feeds_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feeds')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_feeds_token_hash')),
    sa.UniqueConstraint('user_id', 'draft_id', name=op.f('uq_feeds_user_id_draft_id'))
    )
    op.create_table('guest_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_guest_links_draft_id')),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_guest_links_made_by')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_guest_links_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guest_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_guest_links_token_hash')),
    sa.UniqueConstraint('user_id', name=op.f('uq_guest_links_user_id'))
    )
    with op.batch_alter_table('guest_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guest_links_draft_id'), ['draft_id'], unique=False)

    op.create_table('invitations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=True),
    sa.Column('full_name', sa.Text(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=True),
    sa.Column('part', sa.String(length=12), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('used_by', sa.Integer(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("part IN ('head', 'authorised', 'member')", name=op.f('ck_invitations_part_known')),
    sa.CheckConstraint("role <> 'representative' OR institution_id IS NOT NULL", name=op.f('ck_invitations_representative_of')),
    sa.CheckConstraint("role IN ('observer', 'commenter', 'representative', 'facilitator', 'administrator')", name=op.f('ck_invitations_role_known')),
    sa.CheckConstraint('(used_at IS NULL) = (used_by IS NULL)', name=op.f('ck_invitations_used_by_somebody')),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_invitations_draft_id')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_invitations_institution_id')),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_invitations_made_by')),
    sa.ForeignKeyConstraint(['used_by'], ['users.id'], name=op.f('fk_invitations_used_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_invitations_code_hash')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitations_token_hash'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitations_draft_id'), ['draft_id'], unique=False)

    op.create_table('notice_wishes',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('frequency', sa.String(length=10), nullable=False),
    sa.Column('stop_hash', sa.String(length=64), nullable=True),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("frequency IN ('instant', 'daily', 'never')", name=op.f('ck_notice_wishes_frequency_known')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notice_wishes_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_notice_wishes')),
    sa.UniqueConstraint('stop_hash', name=op.f('uq_notice_wishes_stop_hash'))
    )
    op.create_table('notified',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('event_number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_notified_draft_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notified_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'draft_id', name=op.f('pk_notified'))
    )
    op.create_table('outside_identities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('issuer', sa.Text(), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_outside_identities_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_identities')),
    sa.UniqueConstraint('issuer', 'subject', name=op.f('uq_outside_identities_issuer_subject'))
    )
    with op.batch_alter_table('outside_identities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outside_identities_user_id'), ['user_id'], unique=False)

    op.create_table('passkeys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('credential_id', sa.String(length=1400), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('transports', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_passkeys_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkeys')),
    sa.UniqueConstraint('credential_id', name=op.f('uq_passkeys_credential_id'))
    )
    with op.batch_alter_table('passkeys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passkeys_user_id'), ['user_id'], unique=False)

    op.create_table('recovery_codes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_recovery_codes_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_codes')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_recovery_codes_code_hash'))
    )
    with op.batch_alter_table('recovery_codes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_codes_user_id'), ['user_id'], unique=False)

    op.create_table('sign_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('method', sa.String(length=12), nullable=False),
    sa.Column('device', sa.String(length=120), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("method IN ('password', 'totp', 'passkey', 'recovery', 'provider', 'invitation', 'guest')", name=op.f('ck_sign_ins_method_known')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_sign_ins_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_ins_token_hash'))
    )
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_ins_user_id'), ['user_id'], unique=False)

    op.create_table('ways_back',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_ways_back_made_by')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_ways_back_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ways_back')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_ways_back_code_hash')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_ways_back_token_hash'))
    )
    with op.batch_alter_table('ways_back', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ways_back_user_id'), ['user_id'], unique=False)

    for table, column in ADDED:
        op.execute(f'ALTER TABLE {table} ADD COLUMN {_as_spelt_here(column)}')
    for column in ('email_key', 'handle'):
        op.create_index(op.f(f'ix_users_{column}'), 'users', [column], unique=True)
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(op.f('ck_memberships_role_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_memberships_role_known'), "role IN ('observer', 'commenter', 'representative', 'facilitator', 'administrator')")


def downgrade():
    op.execute("UPDATE memberships SET role = 'observer' WHERE role = 'commenter'")
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.drop_column('ends_at')
        batch_op.drop_constraint(op.f('ck_memberships_role_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_memberships_role_known'), "role IN ('observer', 'representative', 'facilitator', 'administrator')")
    for column in ('email_key', 'handle'):
        op.drop_index(op.f(f'ix_users_{column}'), 'users')
    triggers = _without_triggers()
    for table, column in reversed(ADDED):
        op.execute(f'ALTER TABLE {table} DROP COLUMN {column.split()[0]}')
    for trigger in triggers:
        op.get_bind().exec_driver_sql(trigger)

    with op.batch_alter_table('ways_back', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ways_back_user_id'))

    op.drop_table('ways_back')
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_ins_user_id'))

    op.drop_table('sign_ins')
    with op.batch_alter_table('recovery_codes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recovery_codes_user_id'))

    op.drop_table('recovery_codes')
    with op.batch_alter_table('passkeys', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passkeys_user_id'))

    op.drop_table('passkeys')
    with op.batch_alter_table('outside_identities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outside_identities_user_id'))

    op.drop_table('outside_identities')
    op.drop_table('notified')
    op.drop_table('notice_wishes')
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitations_draft_id'))

    op.drop_table('invitations')
    with op.batch_alter_table('guest_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guest_links_draft_id'))

    op.drop_table('guest_links')
    op.drop_table('feeds')
    op.drop_table('settings')
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.drop_index('ix_letters_due')

    op.drop_table('letters')
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attempts_since'))

    op.drop_table('attempts')


def _as_spelt_here(column):
    return column.replace('TIMESTAMP WITH TIME ZONE', 'DATETIME') if op.get_bind().dialect.name == 'sqlite' else column


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
