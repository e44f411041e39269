//! The one place where the two databases search differently.

use super::words::Wanted;
use crate::{StoreError, scope::Scope};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value, prelude::Uuid};

/// A document that has all the words: one of the three is set.
#[derive(FromQueryResult)]
pub(super) struct Match {
    pub(super) project_id: Option<Uuid>,
    pub(super) task_id: Option<Uuid>,
    pub(super) comment_id: Option<Uuid>,
}

/// The index is asked for documents that have the organization among their words, too, so that it
/// need not read through those of others.
const SQLITE: &str = r#"
SELECT "search_documents"."project_id", "search_documents"."task_id",
       "search_documents"."comment_id"
FROM "search_index" JOIN "search_documents"
    ON "search_documents"."organization_id" = "search_index"."organization_id"
    AND "search_documents"."id" = "search_index"."id"
WHERE "search_index" MATCH ? AND "search_index"."organization_id" = ?
    AND "search_documents"."organization_id" = ?
ORDER BY "search_index"."rank", "search_documents"."id" DESC
LIMIT ?"#;

/// The weights of `ts_rank` are those of D, C, B and A: body 0.1, title 1.
const POSTGRES: &str = r#"
SELECT "search_documents"."project_id", "search_documents"."task_id",
       "search_documents"."comment_id"
FROM "search_documents"
WHERE "search_documents"."organization_id" = $1
    AND "search_documents"."words" @@ to_tsquery('simple', $2)
ORDER BY ts_rank('{0, 0, 0.1, 1}', "search_documents"."words", to_tsquery('simple', $2)) DESC,
    "search_documents"."id" DESC
LIMIT $3"#;

/// The best documents.
pub(super) async fn documents(
    scope: &Scope,
    wanted: &Wanted,
    limit: u64,
) -> Result<Vec<Match>, StoreError> {
    let organization = scope.organization_id();
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let backend = scope.transaction.get_database_backend();
    let (sql, values): (_, Vec<Value>) = match backend {
        DbBackend::Postgres => (
            POSTGRES,
            vec![organization.into(), tsquery(wanted).into(), limit.into()],
        ),
        _ => (
            SQLITE,
            vec![
                fts5(organization, wanted).into(),
                organization.into(),
                organization.into(),
                limit.into(),
            ],
        ),
    };
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let rows = scope.transaction.query_all_raw(statement).await?;
    let matches: Result<_, _> = rows
        .iter()
        .map(|row| Match::from_query_result(row, ""))
        .collect();
    Ok(matches?)
}

/// `'fix':* & 'log':*`. The words are letters and digits alone: nothing in them is an operator.
fn tsquery(wanted: &Wanted) -> String {
    let words: Vec<String> = wanted.iter().map(|word| format!("'{word}':*")).collect();
    words.join(" & ")
}

/// `organization_id : "org_1" AND {title body} : ("fix" * AND "log" *)`
fn fts5(organization: &str, wanted: &Wanted) -> String {
    let words: Vec<String> = wanted.iter().map(|word| format!("\"{word}\" *")).collect();
    let organization = organization.replace('"', "\"\"");
    let words = words.join(" AND ");
    format!("organization_id : \"{organization}\" AND {{title body}} : ({words})")
}
