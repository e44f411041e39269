//! Were any one policy dropped or weakened, the wrong SQL would show it: each is damaged in
//! turn, and the same probes have to be surprised.

use super::probes::{PROTECTED, populate, surprises};
use crate::support::{TestDb, on_postgres};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::sync::Arc;

#[tokio::test]
async fn no_policy_can_be_dropped_or_weakened_unnoticed() {
    on_postgres(|db: Arc<TestDb>| async move {
        populate(&db).await;
        let admin = db.admin().await;
        let policies = "SELECT tablename::text AS t, policyname::text AS name, qual, with_check \
                        FROM pg_policies ORDER BY 1, 2";
        let policies = admin
            .query_all_raw(Statement::from_string(DbBackend::Postgres, policies))
            .await
            .unwrap();
        // As many as tables: none is left out.
        assert_eq!(policies.len(), PROTECTED.len());
        for policy in policies {
            let text = |column: &str| policy.try_get::<String>("", column).unwrap();
            let (table, name) = (text("t"), text("name"));
            let (using, check) = (text("qual"), text("with_check"));
            let drop = format!("DROP POLICY {name} ON {table}");
            let create = format!(
                "CREATE POLICY {name} ON {table} FOR ALL USING ({using}) WITH CHECK ({check})"
            );
            let alter = |part: &str| format!("ALTER POLICY {name} ON {table} {part}");
            for (damage, repair) in [
                (drop, create),
                (alter("USING (true)"), alter(&format!("USING ({using})"))),
                (
                    alter("WITH CHECK (true)"),
                    alter(&format!("WITH CHECK ({check})")),
                ),
                (
                    format!("CREATE POLICY second ON {table} FOR SELECT USING (true)"),
                    format!("DROP POLICY second ON {table}"),
                ),
                (
                    format!("CREATE POLICY second ON {table} FOR INSERT WITH CHECK (true)"),
                    format!("DROP POLICY second ON {table}"),
                ),
                (
                    format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"),
                    format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"),
                ),
                (
                    format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"),
                    format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY"),
                ),
            ] {
                admin.execute_unprepared(&damage).await.unwrap();
                assert_ne!(surprises(&db).await, Vec::<String>::new(), "{damage}");
                admin.execute_unprepared(&repair).await.unwrap();
            }
        }
        // All repairs were whole.
        assert_eq!(surprises(&db).await, Vec::<String>::new());
        admin.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn no_function_of_a_policy_can_be_weakened_unnoticed() {
    on_postgres(|db: Arc<TestDb>| async move {
        populate(&db).await;
        let admin = db.admin().await;
        for function in ["acts_as_worker", "may_only_look", "is_survey"] {
            let definition =
                format!("SELECT pg_get_functiondef('{function}()'::regprocedure) AS d");
            let definition = admin
                .query_one_raw(Statement::from_string(DbBackend::Postgres, definition))
                .await
                .unwrap()
                .unwrap();
            let repair: String = definition.try_get("", "d").unwrap();
            for answer in [true, false] {
                let damage = format!(
                    "CREATE OR REPLACE FUNCTION {function}() RETURNS boolean \
                     LANGUAGE sql STABLE PARALLEL SAFE RETURN {answer}"
                );
                admin.execute_unprepared(&damage).await.unwrap();
                assert_ne!(surprises(&db).await, Vec::<String>::new(), "{damage}");
                admin.execute_unprepared(&repair).await.unwrap();
            }
        }
        assert_eq!(surprises(&db).await, Vec::<String>::new());
        admin.close().await.unwrap();
    })
    .await;
}
