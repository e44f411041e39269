//! Everything that an organization owns, in pieces: what its admins can take along. Which
//! tables, says the catalog.
//!
//! A piece is read in a scope of its own, so that a slow download holds no transaction, and
//! who is removed meanwhile gets no further. What changes between two pieces is in one of them.

mod person;
mod row;

pub use person::PersonExport;

use crate::{
    Action, StoreError, Tenant, TenantMut,
    audit::{self, Change, Difference},
    catalog::{CATALOG, Export, Table},
    scope::Scope,
};
use row::Row;
use sea_orm::{
    ConnectionTrait, ExprTrait, QueryResult, StatementBuilder, Value,
    sea_query::{Alias, Asterisk, Expr, Order, Query, SelectStatement},
};

/// The most rows in one piece.
const BATCH: u64 = 500;

/// What stands next. The default is the beginning.
#[derive(Debug, Clone, Default)]
pub struct ExportPlace {
    /// The place among the tables that are exported.
    table: usize,
    /// The key of the last row read of it, without its owner.
    after: Vec<Value>,
}

/// One piece of one table.
#[derive(Debug)]
pub struct ExportPiece {
    /// The table. All pieces of one table come one after the other.
    pub table: &'static str,
    /// One JSON object a line, in the order of the table's key. Ids are as Clerk writes them or
    /// UUIDs with hyphens, times unix milliseconds, other bytes hexadecimal.
    pub lines: String,
    /// How many lines.
    pub rows: usize,
    /// What stands next; none after the last piece.
    pub next: Option<ExportPlace>,
}

impl Tenant {
    /// The piece of the organization's export that stands at `place`.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn export_piece(&self, place: &ExportPlace) -> Result<ExportPiece, StoreError> {
        self.0.require(Action::OrganizationExport)?;
        let table = exported().nth(place.table).ok_or(StoreError::NotFound)?;
        let query = rows_of(&self.0, table, &place.after);
        let statement = StatementBuilder::build(&query, &self.0.transaction.get_database_backend());
        let rows = self.0.transaction.query_all_raw(statement).await?;
        let after = last_key(&rows, keyset(table))?;
        let place = match after.is_empty() {
            false => place.table,
            true => place.table + 1,
        };
        Ok(ExportPiece {
            table: table.name,
            lines: json_lines(&rows)?,
            rows: rows.len(),
            next: (place < exported().count()).then_some(ExportPlace {
                table: place,
                after,
            }),
        })
    }

    /// How many rows the organization's export has now.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn export_rows(&self) -> Result<u64, StoreError> {
        self.0.require(Action::OrganizationExport)?;
        let transaction = &self.0.transaction;
        let mut total = 0;
        for table in exported() {
            let mut count = Query::select();
            count
                .expr_as(Expr::col(Asterisk).count(), "rows")
                .from(Alias::new(table.name));
            limit(&mut count, &self.0, table);
            let statement = StatementBuilder::build(&count, &transaction.get_database_backend());
            if let Some(row) = transaction.query_one_raw(statement).await? {
                total += u64::try_from(row.try_get::<i64>("", "rows")?).unwrap_or(0);
            }
        }
        Ok(total)
    }
}

impl TenantMut {
    /// Notes in the audit log that the organization's data are being taken along.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn note_export(&self) -> Result<(), StoreError> {
        self.0.require(Action::OrganizationExport)?;
        audit::record(
            &self.0,
            Change::OrganizationExported,
            self.0.organization_id(),
            self.0.inner.clock.now_ms(),
            Difference::default(),
        )
        .await
    }
}

fn exported() -> impl Iterator<Item = &'static Table> {
    CATALOG
        .iter()
        .filter(|table| !matches!(table.export, Export::Nothing(_)))
}

/// The next rows of `table` that are the organization's, by key.
fn rows_of(scope: &Scope, table: &Table, after: &[Value]) -> SelectStatement {
    let mut query = rows_after(table, keyset(table), after);
    limit(&mut query, scope, table);
    query
}

/// Only what is the organization's.
fn limit(query: &mut SelectStatement, scope: &Scope, table: &Table) {
    query.and_where(match table.owner() {
        Some(owner) => column(table, owner).eq(scope.organization_id()),
        // Members are in no organization's table of their own.
        None => column(table, "id").in_subquery(members(scope)),
    });
}

/// The next rows of `table` by the columns of `key`; all of them are the table's, unless a
/// condition is added.
fn rows_after(table: &Table, key: &[&'static str], after: &[Value]) -> SelectStatement {
    let name = Alias::new(table.name);
    let mut query = Query::select();
    query.column((name.clone(), Asterisk)).from(name.clone());
    if !after.is_empty() {
        let key = Expr::tuple(key.iter().map(|key| column(table, key)));
        query.and_where(key.gt(Expr::tuple(after.iter().cloned().map(Expr::value))));
    }
    for key in key {
        query.order_by((name.clone(), Alias::new(*key)), Order::Asc);
    }
    query.limit(BATCH);
    query
}

fn column(table: &Table, column: &'static str) -> Expr {
    Expr::col((Alias::new(table.name), Alias::new(column)))
}

fn members(scope: &Scope) -> SelectStatement {
    let column = |name| (Alias::new("memberships"), Alias::new(name));
    let mut query = Query::select();
    query
        .column(column("user_id"))
        .from(Alias::new("memberships"))
        .and_where(Expr::col(column("organization_id")).eq(scope.organization_id()));
    query
}

/// The columns that tell an organization's rows apart.
fn keyset(table: &Table) -> &'static [&'static str] {
    match table.owner() {
        Some(_) => &table.key[1..],
        None => table.key,
    }
}

/// The key of the last row, if there may be more; else nothing.
fn last_key(rows: &[QueryResult], key: &[&str]) -> Result<Vec<Value>, StoreError> {
    let full = u64::try_from(rows.len()).is_ok_and(|rows| rows == BATCH);
    match rows.last().filter(|_| full) {
        Some(last) => {
            let key = key.iter().map(|column| Row(last).value(column));
            Ok(key.collect::<Result<_, _>>()?)
        }
        None => Ok(Vec::new()),
    }
}

fn json_lines(rows: &[QueryResult]) -> Result<String, StoreError> {
    let mut lines = String::new();
    for row in rows {
        lines.push_str(&Row(row).json()?.to_string());
        lines.push('\n');
    }
    Ok(lines)
}
