"""add publication files

Files are kept under their SHA-256. What was published before gets its title page and its Markdown file from the version
it issued; a text whose SHA-256 is not the one that was published stops the migration.

Revision ID: 2026_11_28_7_add_files
Revises: 2026_11_28_6_add_sessions
Create Date: 2026-11-28 15:30:00.000000

"""
import hashlib

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '2026_11_28_7_add_files'  # (at most 32 characters)
down_revision = '2026_11_28_6_add_sessions'
branch_labels = None
depends_on = None

PIECE_BYTES = 1024 * 1024
MARKDOWN = 'text/markdown; charset=utf-8'


def upgrade():
    op.create_table('files',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('byte_count', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(length=120), nullable=False),
    sa.CheckConstraint('byte_count >= 0', name=op.f('ck_files_byte_count_from_none')),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_files'))
    )
    op.create_table('file_pieces',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['files.sha256'], name=op.f('fk_file_pieces_sha256')),
    sa.PrimaryKeyConstraint('sha256', 'position', name=op.f('pk_file_pieces'))
    )
    with op.batch_alter_table('publications', schema=None) as batch_op:
        batch_op.add_column(sa.Column('visibility', sa.String(length=10), nullable=False, server_default='public'))
        batch_op.add_column(sa.Column('token', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('former', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('agreement', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_because', sa.Text(), nullable=False, server_default=''))
        batch_op.drop_constraint('uq_publications_version_id_language', type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_publications_token'), ['token'])
        batch_op.create_foreign_key(batch_op.f('fk_publications_withdrawn_by'), 'users', ['withdrawn_by'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_publications_visibility_known'), "visibility IN ('public', 'link', 'members')")
        batch_op.create_check_constraint(batch_op.f('ck_publications_link_with_token'), "visibility != 'link' OR token IS NOT NULL")
        batch_op.create_check_constraint(batch_op.f('ck_publications_former_before'), 'former < number')
        batch_op.create_check_constraint(batch_op.f('ck_publications_withdrawn_with_reason'), "withdrawn_at IS NULL OR withdrawn_because != ''")
        batch_op.create_index(batch_op.f('ix_publications_version_id'), ['version_id'], unique=False)

    op.create_table('publication_texts',
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('issuer', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['publication_id'], ['publications.id'], name=op.f('fk_publication_texts_publication_id')),
    sa.PrimaryKeyConstraint('publication_id', 'language', name=op.f('pk_publication_texts'))
    )
    op.create_table('publication_files',
    sa.Column('publication_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('format', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['publication_id'], ['publications.id'], name=op.f('fk_publication_files_publication_id')),
    sa.ForeignKeyConstraint(['sha256'], ['files.sha256'], name=op.f('fk_publication_files_sha256')),
    sa.PrimaryKeyConstraint('publication_id', 'file_name', name=op.f('pk_publication_files'))
    )
    with op.batch_alter_table('publication_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publication_files_sha256'), ['sha256'], unique=False)

    _keep_what_was_published()


def downgrade():
    with op.batch_alter_table('publication_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_publication_files_sha256'))

    op.drop_table('publication_files')
    op.drop_table('publication_texts')
    _leave_one_of_each_version()
    with op.batch_alter_table('publications', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_publications_version_id'))
        batch_op.drop_constraint(batch_op.f('ck_publications_withdrawn_with_reason'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_publications_former_before'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_publications_link_with_token'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_publications_visibility_known'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_publications_withdrawn_by'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_publications_token'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_publications_version_id_language'), ['version_id', 'language'])
        batch_op.drop_column('withdrawn_because')
        batch_op.drop_column('withdrawn_by')
        batch_op.drop_column('withdrawn_at')
        batch_op.drop_column('agreement')
        batch_op.drop_column('former')
        batch_op.drop_column('token')
        batch_op.drop_column('visibility')

    op.drop_table('file_pieces')
    op.drop_table('files')


def _keep_what_was_published():
    connection = op.get_bind()
    rows = connection.execute(sa.text(
        'SELECT p.id, p.draft_id, p.number, p.language, p.sha256, v.number AS version, d.slug, d.title '
        'FROM publications p JOIN versions v ON v.id = p.version_id JOIN drafts d ON d.id = p.draft_id ORDER BY p.id'
    )).all()
    for row in rows:
        clauses = connection.execute(sa.text(
            'SELECT lead, body, tail FROM clause_texts WHERE draft_id = :draft AND language = :language '
            'AND first_version <= :version AND (last_version IS NULL OR last_version >= :version) ORDER BY position'
        ), {'draft': row.draft_id, 'language': row.language, 'version': row.version})
        source = ''.join(lead + body + tail for lead, body, tail in clauses).encode('utf-8')
        if hashlib.sha256(source).hexdigest() != row.sha256:
            raise RuntimeError(f'The text of publication {row.number} of {row.slug} is not the one that was published.')
        _keep(connection, row.sha256, source)
        connection.execute(sa.text(
            'INSERT INTO publication_texts (publication_id, language, position, title, kind, issuer, place, note) '
            "VALUES (:id, :language, 0, :title, '', '', '', '')"
        ), {'id': row.id, 'language': row.language, 'title': row.title})
        connection.execute(sa.text(
            'INSERT INTO publication_files (publication_id, file_name, language, format, position, sha256) '
            "VALUES (:id, :file_name, :language, 'markdown', 0, :sha256)"
        ), {'id': row.id, 'file_name': f'{row.slug}-{row.number}.{row.language}.md', 'language': row.language,
            'sha256': row.sha256})


def _keep(connection, sha256, source):
    if connection.execute(sa.text('SELECT 1 FROM files WHERE sha256 = :sha256'), {'sha256': sha256}).first():
        return
    connection.execute(sa.text(
        'INSERT INTO files (sha256, byte_count, media_type) VALUES (:sha256, :byte_count, :media_type)'
    ), {'sha256': sha256, 'byte_count': len(source), 'media_type': MARKDOWN})
    for position, start in enumerate(range(0, len(source), PIECE_BYTES)):
        connection.execute(sa.text(
            'INSERT INTO file_pieces (sha256, position, data) VALUES (:sha256, :position, :data)'
        ), {'sha256': sha256, 'position': position, 'data': source[start:start + PIECE_BYTES]})


def _leave_one_of_each_version():
    """A version could be published once in a language; of several publications the first is left."""
    op.execute('DELETE FROM publications WHERE id NOT IN '
               '(SELECT first.id FROM (SELECT min(id) AS id FROM publications GROUP BY version_id, language) AS first)')
