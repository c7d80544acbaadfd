"""add search

The index of words is written by the database itself: triggers on clause texts, comments, amendments and their edits,
inside the transaction of whoever writes. SQLite keeps it in two FTS5 tables (English is stemmed), PostgreSQL in one
table with a tsvector. An entry's id is four times the row's id, plus 0 for a clause text, 1 for a comment, 2 for an
amendment. A later migration that copies one of these tables (batch mode on SQLite) must make its triggers anew;
tests/store/test_search.py tells when they are missing.

Whoever commented on a clause or proposed to it before follows it from now on.

Revision ID: 2026_11_24_2_add_search
Revises: 2026_11_24_extend_discussion
Create Date: 2026-11-24 11:05:12.410366

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '2026_11_24_2_add_search'
down_revision = '2026_11_24_extend_discussion'
branch_labels = None
depends_on = None

TEXT = "SELECT id * 4, body FROM clause_texts WHERE id = {row} AND kind <> 'front_matter' AND body <> ''"
COMMENT = "SELECT id * 4 + 1, body FROM comments WHERE id = {row} AND withdrawn_at IS NULL"
AMENDMENT = """SELECT id * 4 + 2, title || {newline} || rationale || {newline} || coalesce(({edits}), '')
FROM amendments WHERE id = {row} AND state <> 'draft'"""
SOURCES = (
    # table, column with the row's id, entry's last digit, what is read, columns whose change is followed
    ('clause_texts', 'id', 0, TEXT, 'body, kind, language'),
    ('comments', 'id', 1, COMMENT, 'body, withdrawn_at, language'),
    ('amendments', 'id', 2, AMENDMENT, 'title, rationale, base_version, state, language'),
    ('edits', 'amendment_id', 2, AMENDMENT, 'base_version, new'),
)
EVENTS = (('insert', 'new'), ('update', 'new'), ('delete', 'old'))
TOUCH = (
    'UPDATE clause_texts SET body = body',
    'UPDATE comments SET body = body',
    'UPDATE amendments SET title = title',
)
FOLLOW = (
    """INSERT INTO follows (user_id, draft_id, clause_id, created_at)
    SELECT author_id, draft_id, clause_id, min(created_at) FROM comments
    WHERE author_id IS NOT NULL AND clause_id IS NOT NULL GROUP BY author_id, draft_id, clause_id""",
    """INSERT INTO follows (user_id, draft_id, clause_id, created_at)
    SELECT a.author_id, a.draft_id, coalesce(e.clause_id, e.anchor_id), min(a.created_at)
    FROM amendments a JOIN edits e ON e.amendment_id = a.id
    WHERE a.author_id IS NOT NULL AND coalesce(e.clause_id, e.anchor_id) IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM follows f WHERE f.user_id = a.author_id AND f.draft_id = a.draft_id
                    AND f.clause_id = coalesce(e.clause_id, e.anchor_id))
    GROUP BY a.author_id, a.draft_id, coalesce(e.clause_id, e.anchor_id)""",
)


def upgrade():
    with op.batch_alter_table('clause_texts', schema=None) as batch_op:
        batch_op.create_index('ix_clause_texts_standing', ['draft_id', 'language', 'last_version', 'position', 'depth'])
    statements = _sqlite() if op.get_bind().dialect.name == 'sqlite' else _postgresql()
    for statement in (*statements, *TOUCH, *FOLLOW):
        op.get_bind().exec_driver_sql(statement)


def downgrade():
    postgresql = op.get_bind().dialect.name == 'postgresql'
    for table, *_ in SOURCES:
        for event, _row in EVENTS:
            op.execute(f'DROP TRIGGER search_{table}_{event}' + (f' ON {table}' if postgresql else ''))
    if postgresql:
        for table, *_ in SOURCES:
            op.execute(f'DROP FUNCTION search_{table}()')
        op.execute('DROP TABLE search_entries')
        op.execute('DROP FUNCTION search_configuration(text)')
        op.execute('DROP FUNCTION search_plain(text)')
    else:
        op.execute('DROP TABLE search_stemmed')
        op.execute('DROP TABLE search_plain')
    with op.batch_alter_table('clause_texts', schema=None) as batch_op:
        batch_op.drop_index('ix_clause_texts_standing')


def _sqlite():
    edits = """SELECT group_concat(e.new, char(10)) FROM (SELECT new FROM edits
    WHERE edits.amendment_id = amendments.id AND edits.base_version = amendments.base_version ORDER BY ordinal) e"""
    yield """CREATE VIRTUAL TABLE search_stemmed USING fts5(words, tokenize = "porter unicode61 remove_diacritics 0")"""
    yield """CREATE VIRTUAL TABLE search_plain USING fts5(words, tokenize = "unicode61 remove_diacritics 0")"""
    for table, key, digit, reading, columns in SOURCES:
        source = 'amendments' if table == 'edits' else table
        for event, row in EVENTS:
            entry = f'{row}.{key} * 4 + {digit}'
            read = reading.format(row=f'{row}.{key}', newline='char(10)', edits=edits)
            body = [] if (table, event) == ('clause_texts', 'insert') else [
                f'DELETE FROM {index} WHERE rowid = {entry}' for index in ('search_stemmed', 'search_plain')]
            if event != 'delete' or table == 'edits':
                body += [f"INSERT INTO search_stemmed (rowid, words) {read} AND {source}.language = 'en'",
                         f"INSERT INTO search_plain (rowid, words) {read} AND {source}.language <> 'en'"]
            of = f'UPDATE OF {columns}' if event == 'update' else event.upper()
            yield (f'CREATE TRIGGER search_{table}_{event} AFTER {of} ON {table} BEGIN\n'
                   + ''.join(f'{one};\n' for one in body) + 'END')


def _postgresql():
    edits = """SELECT string_agg(e.new, chr(10) ORDER BY e.ordinal) FROM edits e
    WHERE e.amendment_id = amendments.id AND e.base_version = amendments.base_version"""
    # Signs become spaces, sign by sign, so that words are the same as those of FTS5 and keep their places.
    yield r"""CREATE FUNCTION search_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT translate(words, '.,/@:;_-–—−‑''’<>&%%#~?=+\*^|`"()[]{}!$', repeat(' ', 60)) $$"""
    yield """CREATE FUNCTION search_configuration(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE language WHEN 'en' THEN 'pg_catalog.english'::regconfig WHEN 'ru' THEN 'pg_catalog.russian'::regconfig
    ELSE 'pg_catalog.simple'::regconfig END $$"""
    yield """CREATE TABLE search_entries (id bigint PRIMARY KEY, language varchar(8) NOT NULL, words text NOT NULL,
    vector tsvector NOT NULL)"""
    yield 'CREATE INDEX ix_search_entries_vector ON search_entries USING gin (vector)'
    for table, key, digit, reading, columns in SOURCES:
        source = 'amendments' if table == 'edits' else table
        found = reading.format(row=f'changed.{key}', newline='chr(10)', edits=edits)
        found = found.replace(' FROM ' + source, ', language FROM ' + source, 1).replace(
            '\nFROM ' + source, ', language\nFROM ' + source, 1)
        yield f"""CREATE FUNCTION search_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE changed {table};
        BEGIN
            IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
            IF TG_OP <> 'INSERT' OR {digit} = 2 THEN
                DELETE FROM search_entries WHERE id = changed.{key}::bigint * 4 + {digit};
            END IF;
            INSERT INTO search_entries (id, words, language, vector)
            SELECT entry.id, entry.words, entry.language,
                   to_tsvector(search_configuration(entry.language), search_plain(left(entry.words, 250000)))
            FROM ({found}) AS entry (id, words, language);
            RETURN NULL;
        END $$"""
        for event, _row in EVENTS:
            of = f'UPDATE OF {columns}' if event == 'update' else event.upper()
            yield (f'CREATE TRIGGER search_{table}_{event} AFTER {of} ON {table} '
                   f'FOR EACH ROW EXECUTE FUNCTION search_{table}()')
