//! `tenantry audit verify`, as it is run.

use std::process::{Command, Output};

use sea_orm_migration::sea_orm::{ConnectionTrait as _, Database};

use crate::support::{
    TestServer,
    databases::{Kind, kinds},
};

/// The program beside the running server.
fn verify(server: &TestServer) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tenantry"))
        .args(["audit", "verify"])
        .env_clear()
        .envs(&server.variables)
        .output()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_tells_what_was_altered() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        for slug in ["acme", "globex"] {
            let email = format!("admin@{slug}.test");
            let admin = server.admin(&email, slug).await;
            let path = format!("/app/{slug}/export");
            // The organization, its admin, and this.
            let exported = server.post_as(&admin, &path, &[]).await;
            assert!(exported.status().is_success());
        }
        let output = verify(&server);
        let report = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{report}");
        assert_eq!(report.matches("  3 entries  ").count(), 2, "{report}");
        assert_eq!(report.matches("  ok\n").count(), 2, "{report}");
        if kind == Kind::Sqlite {
            let file = server.data.path().join("tenantry.sqlite");
            let url = format!("sqlite:{}", file.display());
            let db = Database::connect(url).await.unwrap();
            let acme = "(SELECT id FROM organizations WHERE slug = 'acme')";
            db.execute_unprepared(&format!(
                "DROP TRIGGER audit_events_stay_as_they_are; \
                 UPDATE audit_events SET actor_id = 'nobody', ip = NULL, user_agent = NULL, \
                 origin_salt = NULL WHERE organization_id = {acme}"
            ))
            .await
            .unwrap();
            db.close().await.unwrap();
            let output = verify(&server);
            assert!(!output.status.success());
            let report = String::from_utf8(output.stdout).unwrap();
            assert_eq!(report.matches("entry 1 was altered").count(), 1, "{report}");
            assert_eq!(report.matches("  ok\n").count(), 1, "{report}");
        }
    }
}

#[tokio::test]
async fn an_admin_looks_through_the_log_and_takes_it_along() {
    for kind in kinds() {
        let server = TestServer::start_without_webhooks(kind).await;
        let ada = server.admin("ada@acme.test", "acme").await;
        let gus = server.admin("gus@globex.test", "globex").await;
        server.project(&ada, "acme", "<b>Bold & brave").await;
        server.project(&gus, "globex", "Secrets").await;

        let page = server.get_as(&ada, "/app/acme/settings/audit").await;
        let page = page.text().await.unwrap();
        assert!(page.contains("name: &lt;b&gt;Bold &amp; brave"), "{page}");
        assert!(page.contains("member.joined") && !page.contains("Secrets"));
        let mine = format!("actor={}&action=project.created", ada.user.as_str());
        let filtered = server
            .get_as(&ada, &format!("/app/acme/settings/audit?{mine}"))
            .await;
        let filtered = filtered.text().await.unwrap();
        assert_eq!(filtered.matches("class=\"audit-entry\"").count(), 1);
        let link = format!(
            "/app/acme/settings/audit.csv?{}",
            mine.replace('&', "&amp;")
        );
        assert!(filtered.contains(&link), "{filtered}");

        let table = server
            .get_as(&ada, &format!("/app/acme/settings/audit.csv?{mine}"))
            .await;
        assert_eq!(table.headers()["content-type"], "text/csv; charset=utf-8");
        let table = table.text().await.unwrap();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 2, "{table}");
        assert!(lines[0].starts_with("number,time,actor_kind,"));
        assert!(
            lines[1].contains("\"{\"\"name\"\":\"\"<b>Bold & brave\"\"}\""),
            "{table}"
        );
    }
}
