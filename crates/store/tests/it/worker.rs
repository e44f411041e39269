//! Work in the background: whom it acts for, and what it may see.

use crate::support::{Log, TestDb, event, on_each, organization_id, user, user_id};
use clerk::webhooks::EventData;
use std::sync::Arc;
use store::Survey;
use tracing::Level;

#[tokio::test]
async fn it_is_logged_once_with_its_reason_and_whom_it_acts_for() {
    on_each(|db: Arc<TestDb>| async move {
        let told = event("msg_1", 0, EventData::UserCreated(user("ada", 1)));
        let lines = Log::of(Level::INFO, async {
            db.store.identity().apply_event(&told).await.unwrap();
        })
        .await;
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("msg_1"), "{lines:?}");
        assert!(lines[0].contains("user=\"user_ada\""), "{lines:?}");
        assert!(!lines[0].contains("ada@"), "{lines:?}");

        let lines = Log::of(Level::INFO, async {
            let reading = user("ada", 2);
            let identity = db.store.identity();
            identity.sync_user(&reading, &[], 2).await.unwrap();
            db.store.survey("a test").users(None).await.unwrap();
        })
        .await;
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].contains("user=\"user_ada\""), "{lines:?}");
        assert!(lines[1].contains("a test"), "{lines:?}");
    })
    .await;
}

#[tokio::test]
async fn a_survey_lists_everybody_in_pages() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let survey = db.store.survey("a test");
        let users = survey.users(None).await.unwrap();
        let names = ["ada", "gus", "max", "nora"].map(user_id);
        assert_eq!(
            users.iter().map(|known| &known.id).collect::<Vec<_>>(),
            names.each_ref()
        );
        let rest = survey.users(Some(&names[1])).await.unwrap();
        assert_eq!(rest, users[2..]);
        assert_eq!(survey.users(Some(&names[3])).await.unwrap(), []);

        let organizations = survey.organizations(None).await.unwrap();
        let slugs = ["acme", "globex"].map(organization_id);
        assert_eq!(
            organizations
                .iter()
                .map(|known| &known.id)
                .collect::<Vec<_>>(),
            slugs.each_ref()
        );
        let rest = survey.organizations(Some(&slugs[0])).await.unwrap();
        assert_eq!(rest, organizations[1..]);

        let memberships = survey.memberships(None).await.unwrap();
        let pairs: Vec<_> = memberships
            .iter()
            .map(|known| (known.organization_id.as_str(), known.user_id.as_str()))
            .collect();
        let expected = [
            ("org_acme", "user_ada"),
            ("org_acme", "user_max"),
            ("org_globex", "user_ada"),
            ("org_globex", "user_gus"),
        ];
        assert_eq!(pairs, expected);
        for (at, known) in memberships.iter().enumerate() {
            let after = Some((&known.organization_id, &known.user_id));
            let rest = survey.memberships(after).await.unwrap();
            assert_eq!(rest, memberships[at + 1..]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_of_a_survey_is_limited() {
    on_each(|db: Arc<TestDb>| async move {
        let admin = db.admin().await;
        let rows: Vec<String> = (0..=Survey::PAGE)
            .map(|number| format!("('user_{number:04}', 0, 0)"))
            .collect();
        let insert = format!(
            "INSERT INTO users (id, created_at, updated_at) VALUES {}",
            rows.join(", ")
        );
        sea_orm::ConnectionTrait::execute_unprepared(&admin, &insert)
            .await
            .unwrap();
        admin.close().await.unwrap();
        let survey = db.store.survey("a test");
        let page = survey.users(None).await.unwrap();
        assert_eq!(page.len() as u64, Survey::PAGE);
        let last = page.last().map(|known| &known.id);
        assert_eq!(survey.users(last).await.unwrap().len(), 1);
    })
    .await;
}
