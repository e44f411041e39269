//! PostgreSQL's catalog, compared with what is written here: forced row-level security on
//! every table, and one policy each, of these very expressions.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use store::catalog::{CATALOG, Kind};

/// Table, USING, WITH CHECK. `$organization` and `$user` stand for the settings.
const POLICIES: [(&str, &str, &str); 14] = [
    (
        "audit_events",
        "((organization_id = $organization) OR ((actor_id = $user) AND ($organization IS NULL)))",
        "(organization_id = $organization)",
    ),
    (
        "audit_heads",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    (
        "memberships",
        "((organization_id = $organization) OR (user_id = $user) OR $survey)",
        "(organization_id = $organization)",
    ),
    (
        "organizations",
        "((id = $organization) OR ($look AND (id IN (SELECT memberships.organization_id \
         FROM memberships WHERE (memberships.user_id = $user)))) OR $survey)",
        "(id = $organization)",
    ),
    (
        "projects",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    (
        "checklist_items",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    (
        "comments",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    (
        "labels",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    (
        "mentions",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    (
        "search_documents",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    (
        "task_labels",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    (
        "task_numbers",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    (
        "tasks",
        "(organization_id = $organization)",
        "(organization_id = $organization)",
    ),
    (
        "users",
        "((id = $user) OR ($look AND (id IN (SELECT memberships.user_id FROM memberships \
         WHERE (memberships.organization_id = $organization)))) OR $survey)",
        "(id = $user)",
    ),
];

/// What the policies call. `$worker` stands for the worker's role.
const FUNCTIONS: [(&str, &str); 3] = [
    ("acts_as_worker", "(CURRENT_USER = '$worker'::name)"),
    (
        "is_survey",
        "(acts_as_worker() AND (current_setting('transaction_read_only') = 'on') \
         AND (NULLIF(current_setting('app.organization_id', true), '') IS NULL) \
         AND (NULLIF(current_setting('app.user_id', true), '') IS NULL))",
    ),
    (
        "may_only_look",
        "((NOT acts_as_worker()) OR (current_setting('transaction_read_only') = 'on'))",
    ),
];

/// What the catalog says that it should not: tables without (forced) row-level security,
/// policies that are missing, too many, or of another expression, and changed functions.
pub(crate) async fn complaints(admin: &impl ConnectionTrait, worker: &str) -> Vec<String> {
    let rows = |sql: &str| admin.query_all_raw(Statement::from_string(DbBackend::Postgres, sql));
    let text = |row: &QueryResult, column: &str| row.try_get::<String>("", column).unwrap();
    let mut complaints = Vec::new();
    let tables = rows(
        "SELECT c.relname::text AS name, c.relrowsecurity AS enabled, \
                c.relforcerowsecurity AS forced \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind IN ('r', 'p', 'f', 'm', 'v') AND c.relpersistence <> 't' \
           AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1",
    );
    for row in tables.await.unwrap() {
        let name = text(&row, "name");
        let listed = CATALOG.iter().find(|table| table.name == name);
        if listed.is_some_and(|table| matches!(table.kind, Kind::Bookkeeping { .. })) {
            continue;
        }
        for (column, what) in [("enabled", "not enabled"), ("forced", "not forced")] {
            if !row.try_get::<bool>("", column).unwrap() {
                complaints.push(format!("{name}: row-level security is {what}"));
            }
        }
        if !POLICIES.iter().any(|(table, ..)| *table == name) {
            complaints.push(format!("{name}: no policy is expected"));
        }
    }
    let policies = rows(
        "SELECT tablename::text AS t, cmd, coalesce(qual, '') AS q, \
                coalesce(with_check, '') AS c, permissive, roles::text AS roles \
         FROM pg_policies ORDER BY 1, 2",
    );
    let found: Vec<[String; 6]> = policies
        .await
        .unwrap()
        .iter()
        .map(|row| {
            [
                text(row, "t"),
                text(row, "cmd"),
                text(row, "permissive"),
                text(row, "roles"),
                normal(&text(row, "q")),
                normal(&text(row, "c")),
            ]
        })
        .collect();
    let expected = POLICIES.map(|(table, using, check)| {
        [
            table.to_owned(),
            "ALL".to_owned(),
            "PERMISSIVE".to_owned(),
            "{public}".to_owned(),
            normal(using),
            normal(check),
        ]
    });
    complaints.extend(differences("policy", &found, &expected));
    let functions = rows(
        "SELECT proname::text AS name, \
                coalesce(pg_get_function_sqlbody(p.oid), 'other: ' || prosrc) AS body, \
                prosecdef AS definer \
         FROM pg_proc p WHERE pronamespace = current_schema()::regnamespace ORDER BY 1",
    );
    let found: Vec<[String; 2]> = functions
        .await
        .unwrap()
        .iter()
        .map(|row| {
            assert!(!row.try_get::<bool>("", "definer").unwrap());
            let body = text(row, "body");
            [text(row, "name"), normal(body.trim_start_matches("RETURN"))]
        })
        .collect();
    let expected =
        FUNCTIONS.map(|(name, body)| [name.to_owned(), normal(&body.replace("$worker", worker))]);
    complaints.extend(differences("function", &found, &expected));
    complaints
}

/// What was found and not expected, or expected and not found exactly once.
fn differences<T: PartialEq + std::fmt::Debug>(
    what: &str,
    found: &[T],
    expected: &[T],
) -> Vec<String> {
    let unexpected = found
        .iter()
        .filter(|one| !expected.contains(one))
        .map(|one| format!("unexpected {what}: {one:?}"));
    let missing = expected
        .iter()
        .filter(|one| found.iter().filter(|other| other == one).count() != 1)
        .map(|one| format!("missing or repeated {what}: {one:?}"));
    unexpected.chain(missing).collect()
}

/// An expression without white space and PostgreSQL's own decorations.
fn normal(expression: &str) -> String {
    let setting = |name: &str| format!("(SELECT NULLIF(current_setting('app.{name}', true), ''))");
    expression
        .replace("$organization", &setting("organization_id"))
        .replace("$user", &setting("user_id"))
        .replace("$look", "(SELECT may_only_look())")
        .replace("$survey", "(SELECT is_survey())")
        .replace("::text", "")
        .replace("AS \"nullif\"", "")
        .replace("AS may_only_look", "")
        .replace("AS is_survey", "")
        .split_whitespace()
        .collect()
}
