//! The schema as the database itself describes it, alike for both kinds.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use std::collections::BTreeMap;

/// A table that really is there.
#[derive(Debug, Default)]
pub struct RealTable {
    pub columns: Vec<String>,
    /// The primary key's columns, in order.
    pub key: Vec<String>,
    /// The columns of each index in order, those of keys and constraints included.
    pub indexes: Vec<Vec<String>>,
    pub references: Vec<Reference>,
    /// Whether a trigger keeps rows with their organization. Only SQLite needs one.
    pub keeps_organization: bool,
}

/// A foreign key.
#[derive(Debug, Default)]
pub struct Reference {
    /// The table referred to.
    pub target: String,
    /// The referring columns, in order.
    pub columns: Vec<String>,
    /// Whether rows go with what they refer to.
    pub cascades: bool,
}

/// All tables by name, the database's own left out.
pub async fn read(db: &impl ConnectionTrait) -> BTreeMap<String, RealTable> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => POSTGRES,
        _ => SQLITE,
    };
    let rows = Statement::from_string(db.get_database_backend(), sql);
    let mut tables: BTreeMap<String, RealTable> = BTreeMap::new();
    // Rows of one index or reference follow each other.
    let mut last = (String::new(), String::new());
    for row in db.query_all_raw(rows).await.unwrap() {
        let table = tables.entry(text(&row, "t")).or_default();
        let (what, name, column) = (text(&row, "what"), text(&row, "name"), text(&row, "c"));
        let begins = last != (text(&row, "t") + &what, name.clone());
        last = (text(&row, "t") + &what, name);
        match what.as_str() {
            "column" => table.columns.push(column),
            "key" => table.key.push(column),
            "index" => {
                if begins {
                    table.indexes.push(Vec::new());
                }
                table.indexes.last_mut().unwrap().push(column);
            }
            "reference" => {
                if begins {
                    table.references.push(Reference {
                        target: text(&row, "target"),
                        cascades: text(&row, "action") == "CASCADE",
                        columns: Vec::new(),
                    });
                }
                table.references.last_mut().unwrap().columns.push(column);
            }
            "trigger" => table.keeps_organization = true,
            what => panic!("{what}"),
        }
    }
    tables
}

/// SQLite's tables that it keeps in tables of its own: full-text indexes.
pub async fn virtual_tables(db: &impl ConnectionTrait) -> Vec<String> {
    if db.get_database_backend() == DbBackend::Postgres {
        return Vec::new();
    }
    let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual'";
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql));
    let rows = rows.await.unwrap();
    rows.iter().map(|row| text(row, "name")).collect()
}

fn text(row: &QueryResult, column: &str) -> String {
    row.try_get("", column).unwrap()
}

const SQLITE: &str = "\
    WITH tables AS ( \
        SELECT name AS t FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
            AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    ) \
    SELECT t, 'column' AS what, '' AS name, c.cid AS at, c.name AS c, '' AS target, '' AS action \
        FROM tables, pragma_table_info(t) c \
    UNION ALL SELECT t, 'key', '', c.pk, c.name, '', '' \
        FROM tables, pragma_table_info(t) c WHERE c.pk > 0 \
    UNION ALL SELECT t, 'index', i.name, c.seqno, coalesce(c.name, '(expression)'), '', '' \
        FROM tables, pragma_index_list(t) i, pragma_index_info(i.name) c \
    UNION ALL SELECT t, 'reference', CAST(f.id AS TEXT), f.seq, f.\"from\", f.\"table\", f.on_delete \
        FROM tables, pragma_foreign_key_list(t) f \
    UNION ALL SELECT t, 'trigger', '', 0, '', '', '' FROM tables JOIN sqlite_schema s \
        ON s.type = 'trigger' AND s.tbl_name = t AND s.sql LIKE '%RAISE(ABORT%' \
        AND (s.sql LIKE '%BEFORE UPDATE ON%' OR s.sql LIKE '%BEFORE UPDATE OF organization_id ON%') \
    ORDER BY t, what, name, at";

const POSTGRES: &str = "\
    WITH tables AS ( \
        SELECT c.oid, c.relname::text AS t FROM pg_class c \
        JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE c.relkind IN ('r', 'p') \
          AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') \
    ), \
    keys AS ( \
        SELECT t, i.indrelid, i.indexrelid, i.indisprimary, k.at::integer AS at, \
               pg_get_indexdef(i.indexrelid, k.at::integer, true) AS c \
        FROM tables JOIN pg_index i ON i.indrelid = tables.oid, \
             generate_series(1, i.indnkeyatts) AS k(at) \
    ) \
    SELECT t, 'column' AS what, '' AS name, attnum::integer AS at, attname::text AS c, \
           '' AS target, '' AS action \
        FROM tables JOIN pg_attribute ON attrelid = oid WHERE attnum > 0 AND NOT attisdropped \
    UNION ALL SELECT t, 'key', '', at, c, '', '' FROM keys WHERE indisprimary \
    UNION ALL SELECT t, 'index', indexrelid::text, at, c, '', '' FROM keys \
    UNION ALL SELECT t, 'reference', f.oid::text, k.at::integer, a.attname::text, \
           r.relname::text, CASE f.confdeltype WHEN 'c' THEN 'CASCADE' ELSE '' END \
        FROM tables JOIN pg_constraint f ON f.conrelid = tables.oid AND f.contype = 'f' \
        JOIN pg_class r ON r.oid = f.confrelid, \
        unnest(f.conkey) WITH ORDINALITY AS k(attnum, at) \
        JOIN pg_attribute a ON a.attnum = k.attnum WHERE a.attrelid = f.conrelid \
    ORDER BY t, what, name, at";
